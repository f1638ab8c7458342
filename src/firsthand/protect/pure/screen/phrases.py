"""Finds the phrases of the lexicon in the words of a text."""

from collections.abc import Iterator, Sequence
from functools import reduce
from operator import or_

from firsthand.protect.pure.screen.clauses import sentences
from firsthand.protect.pure.screen.lexicon import Bits, Known, Rule
from firsthand.protect.pure.screen.words import HARD, NONE, Words

Hit = tuple[Rule, int, int]
WINDOW = 7  # words to either side in which "a & b" finds its other half


def phrases(words: Words, known: Sequence[Known]) -> list[Hit]:
    """Every rule that fits, with its first and its last word."""
    hits = [(rule, at, at) for at, one in enumerate(known) if one.single for rule in one.single]
    breaks = words.breaks
    ends = iter(sentences(breaks))
    behind, present = 0, 0
    for at in [at for at, one in enumerate(known) if one.wanted]:
        if at >= behind:
            # No rule reaches over the end of a sentence: what is not in this one fits nowhere in it.
            while at >= behind:
                begin, behind = behind, next(ends)
            present = reduce(or_, [one.bits for one in known[begin:behind]])
        one = known[at]
        if one.wanted & present:
            hits += _longer(one, at, present, breaks, known)
    return hits


def _longer(one: Known, at: int, present: Bits, breaks: list[int], known: Sequence[Known]) -> Iterator[Hit]:
    """`present`: what the words of the sentence are."""
    for beside, rules in one.longer.items():
        if not beside & present:
            continue
        for rule in rules:
            if rule.others & present == rule.others:
                place = (_anyhow if rule.anyhow else _in_order)(rule, at, breaks, known)
                if place:
                    yield rule, place[0], place[1]


def _in_order(rule: Rule, at: int, breaks: list[int], known: Sequence[Known]) -> tuple[int, int] | None:
    parts, anchor = rule.parts, rule.anchor
    last = at
    for element, gap in parts[anchor + 1 :]:
        last = _next(element, gap, last, breaks, known)
        if last < 0:
            return None
    first = at
    for index in range(anchor - 1, -1, -1):
        first = _before(parts[index][0], parts[index + 1][1], first, breaks, known)
        if first < 0:
            return None
    return first, last


def _next(element: int, gap: int, at: int, breaks: list[int], known: Sequence[Known]) -> int:
    limit = HARD if gap else NONE + 1
    for place in range(at + 1, min(at + gap + 2, len(known))):
        if breaks[place] >= limit:
            return -1
        if element in known[place].elements:
            return place
    return -1


def _before(element: int, gap: int, at: int, breaks: list[int], known: Sequence[Known]) -> int:
    limit = HARD if gap else NONE + 1
    for place in range(at - 1, max(at - gap - 2, -1), -1):
        if breaks[place + 1] >= limit:
            return -1
        if element in known[place].elements:
            return place
    return -1


def _anyhow(rule: Rule, at: int, breaks: list[int], known: Sequence[Known]) -> tuple[int, int] | None:
    first = last = at
    for index, (element, _) in enumerate(rule.parts):
        if index == rule.anchor:
            continue
        place = _near(element, at, breaks, known)
        if place < 0:
            return None
        first, last = min(first, place), max(last, place)
    return first, last


def _near(element: int, at: int, breaks: list[int], known: Sequence[Known]) -> int:
    """The nearest word of the sentence that fits, after it or before it."""
    for place in range(at + 1, min(at + WINDOW + 1, len(known))):
        if breaks[place] >= HARD:
            break
        if element in known[place].elements:
            return place
    for place in range(at - 1, max(at - WINDOW - 1, -1), -1):
        if breaks[place + 1] >= HARD:
            break
        if element in known[place].elements:
            return place
    return -1
