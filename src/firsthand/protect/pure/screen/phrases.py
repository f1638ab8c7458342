"""Finds the phrases of the lexicon in the words of a text."""

from collections.abc import Iterator

from firsthand.protect.pure.screen.lexicon import Elements, Lexicon, Rule
from firsthand.protect.pure.screen.words import HARD, NONE, Words

WINDOW = 7  # words to either side in which "a & b" finds its other half


def phrases(
    words: Words, elements: list[Elements], lexicon: Lexicon, lang: str
) -> Iterator[tuple[Rule, int, int]]:
    """Every rule that fits, with its first and its last word."""
    rules = lexicon.rules
    present = set().union(*elements)
    for at, fitted in enumerate(elements):
        for element in fitted:
            for rule in rules.get(element, ()):
                if rule.lang and rule.lang != lang:
                    continue
                if len(rule.parts) == 1:
                    yield rule, at, at
                elif not rule.elements <= present:
                    continue
                elif place := (_anyhow if rule.anyhow else _in_order)(rule, at, words.breaks, elements):
                    yield rule, *place


def _in_order(rule: Rule, at: int, breaks: list[int], elements: list[Elements]) -> tuple[int, int] | None:
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


def _next(element: int, gap: int, at: int, breaks: list[int], elements: list[Elements]) -> int:
    limit = HARD if gap else NONE + 1
    for place in range(at + 1, min(at + gap + 2, len(elements))):
        if breaks[place] >= limit:
            return -1
        if element in elements[place]:
            return place
    return -1


def _before(element: int, gap: int, at: int, breaks: list[int], elements: list[Elements]) -> int:
    limit = HARD if gap else NONE + 1
    for place in range(at - 1, max(at - gap - 2, -1), -1):
        if breaks[place + 1] >= limit:
            return -1
        if element in elements[place]:
            return place
    return -1


def _anyhow(rule: Rule, at: int, breaks: list[int], elements: list[Elements]) -> tuple[int, int] | None:
    first = last = at
    for index, (element, _) in enumerate(rule.parts):
        if index == rule.anchor:
            continue
        place = _near(element, at, breaks, elements)
        if place < 0:
            return None
        first, last = min(first, place), max(last, place)
    return first, last


def _near(element: int, at: int, breaks: list[int], elements: list[Elements]) -> int:
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
