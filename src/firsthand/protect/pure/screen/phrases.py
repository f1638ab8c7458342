"""Finds the phrases of the lexicon in the words of a text."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from firsthand.protect.pure.screen.lexicon import Known, Rule
from firsthand.protect.pure.screen.words import HARD, NONE, Words

Hit = tuple[Rule, int, int]
WINDOW = 7  # words to either side in which "a & b" finds its other half


def phrases(words: Words, known: Sequence[Known]) -> Iterator[Hit]:
    """Every rule that fits, with its first and its last word."""
    elements = [one.elements for one in known]
    ends = [at for at, one in enumerate(words.breaks) if one >= HARD and at]
    for begin, behind in pairwise([0, *ends, len(known)]):
        # No rule reaches over the end of a sentence: what is not in this one fits nowhere in it.
        present = frozenset[int]().union(*elements[begin:behind])
        for at in range(begin, behind):
            one = known[at]
            for rule in one.single:
                yield rule, at, at
            if one.longer and not one.wanted.isdisjoint(present):
                for rule in one.longer:
                    if rule.elements <= present:
                        place = (_anyhow if rule.anyhow else _in_order)(rule, at, words.breaks, elements)
                        if place:
                            yield rule, *place


def _in_order(
    rule: Rule, at: int, breaks: list[int], elements: list[frozenset[int]]
) -> tuple[int, int] | None:
    parts, anchor = rule.parts, rule.anchor
    last = at
    for element, gap in parts[anchor + 1 :]:
        last = _next(element, gap, last, breaks, elements)
        if last < 0:
            return None
    first = at
    for index in range(anchor - 1, -1, -1):
        first = _before(parts[index][0], parts[index + 1][1], first, breaks, elements)
        if first < 0:
            return None
    return first, last


def _next(element: int, gap: int, at: int, breaks: list[int], elements: list[frozenset[int]]) -> int:
    limit = HARD if gap else NONE + 1
    for place in range(at + 1, min(at + gap + 2, len(elements))):
        if breaks[place] >= limit:
            return -1
        if element in elements[place]:
            return place
    return -1


def _before(element: int, gap: int, at: int, breaks: list[int], elements: list[frozenset[int]]) -> int:
    limit = HARD if gap else NONE + 1
    for place in range(at - 1, max(at - gap - 2, -1), -1):
        if breaks[place + 1] >= limit:
            return -1
        if element in elements[place]:
            return place
    return -1


def _anyhow(rule: Rule, at: int, breaks: list[int], elements: list[frozenset[int]]) -> tuple[int, int] | None:
    first = last = at
    for index, (element, _) in enumerate(rule.parts):
        if index == rule.anchor:
            continue
        place = _near(element, at, breaks, elements)
        if place < 0:
            return None
        first, last = min(first, place), max(last, place)
    return first, last


def _near(element: int, at: int, breaks: list[int], elements: list[frozenset[int]]) -> int:
    """The nearest word of the sentence that fits, after it or before it."""
    for place in range(at + 1, min(at + WINDOW + 1, len(elements))):
        if breaks[place] >= HARD:
            break
        if element in elements[place]:
            return place
    for place in range(at - 1, max(at - WINDOW - 1, -1), -1):
        if breaks[place + 1] >= HARD:
            break
        if element in elements[place]:
            return place
    return -1
