"""One pass over a text: numbers where digits stand, then every word once."""

import re
from collections.abc import Iterator, Sequence

from firsthand.protect.pure.categories import Category
from firsthand.protect.pure.screen import addresses, dates, mails, names, numbers, phrases, spans
from firsthand.protect.pure.screen.fold import Folded, fold
from firsthand.protect.pure.screen.found import Span
from firsthand.protect.pure.screen.lexicon import Lexicon, load
from firsthand.protect.pure.screen.roles import BESIDE, FRAME, GENERAL, TITLE
from firsthand.protect.pure.screen.words import HARD, Words, words

Own = Sequence[tuple[Category, "re.Pattern[str]"]]


def look(text: str, *, lang: str, own: Own = (), known: Sequence[str] = ()) -> list[Span]:
    """Everything that gives somebody away, with offsets in the text as given."""
    folded = fold(text)
    original = text if folded.places is None else "".join(text[at] for at in folded.places[:-1])
    taken = _exact(original, folded.text, lang, own)
    split = words(folded.text)
    lexicon = load()
    element = lexicon.elements
    elements = [element(word) for word in split.said]
    flags = names.flagged(split.said)
    small = not any(letter.isupper() for letter in original[1:])
    telling = [not lexicon.alone.isdisjoint(fitted) for fitted in elements]
    as_text = names.Text(original, split, flags, telling, small)
    found = [*taken, *names.known_names(folded.text, known)]
    found += _outside(taken, addresses.addresses(as_text))
    found += _outside(found, names.names(as_text))
    found += _told(split, elements, flags, lexicon, lang)
    return _placed(folded, spans.settled(found))


def _exact(original: str, folded: str, lang: str, own: Own) -> list[Span]:
    found = list(numbers.own_numbers(original, own)) if own else []
    if "@" in folded or "(at)" in folded or "[at]" in folded:
        found += _outside(found, mails.mails(folded))
    if any(digit in folded for digit in "0123456789"):
        found += _outside(found, numbers.numbers(original, folded, lang))
        found += _outside(found, dates.written_dates(folded))
    return found


def _outside(taken: list[Span], found: Iterator[Span]) -> list[Span]:
    """Those that touch no place that is taken."""
    if not taken:
        return list(found)
    return [span for span in found if not any(one.start < span.end and span.start < one.end for one in taken)]


def _told(
    split: Words, elements: list[tuple[int, ...]], flags: list[int], lexicon: Lexicon, lang: str
) -> list[Span]:
    """What the words tell, without what the service's own words explain."""
    hits = list(phrases.phrases(split, elements, lexicon, lang))
    if not hits:
        return []
    calm = [(rule.category, first, last) for rule, first, last in hits if rule.calm]
    stops = [
        bool(flag & FRAME) or len(word) > 2 and word.isdigit()
        for flag, word in zip(flags, split.said, strict=True)
    ]
    found = []
    for rule, first, last in hits:
        if first == last and _general(split, flags, first):
            continue
        if rule.calm or any(
            rule.category == kind and low <= first and last <= high for kind, low, high in calm
        ):
            continue
        begin, end = spans.widened(split, stops, first, last, over=rule.category is not Category.MEDICATION)
        core = split.starts[first], split.ends[last]
        found.append(Span(split.starts[begin], split.ends[end], rule.category, core))
    return found


def _general(split: Words, flags: list[int], at: int) -> bool:
    """Whether the sentence asks about the thing as such: "Merkblatt Schwangerschaft", and names nobody."""
    first = last = at
    while first > 0 and split.breaks[first] < HARD:
        first -= 1
    while last + 1 < len(flags) and split.breaks[last + 1] < HARD:
        last += 1
    sentence = flags[first : last + 1]
    return any(flag & GENERAL for flag in sentence) and not any(flag & (BESIDE | TITLE) for flag in sentence)


def _placed(folded: Folded, found: list[Span]) -> list[Span]:
    if folded.places is None:
        return found
    return [
        Span(*folded.original(span.start, span.end), span.category, folded.original(*span.core))
        for span in found
    ]
