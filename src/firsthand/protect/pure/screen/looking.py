"""One pass over a text: numbers where digits stand, then every word once."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import accumulate

from firsthand.protect.pure.categories import CONFIDED, Category
from firsthand.protect.pure.screen import addresses, dates, mails, names, numbers, phrases, spans, tone
from firsthand.protect.pure.screen.fold import Folded, fold
from firsthand.protect.pure.screen.found import Span
from firsthand.protect.pure.screen.lexicon import Lexicon, load
from firsthand.protect.pure.screen.roles import BESIDE, FRAME, GENERAL, TITLE
from firsthand.protect.pure.screen.words import HARD, Words, words

_DIGIT = re.compile(r"\d")
Own = Sequence[tuple[Category, "re.Pattern[str]"]]


def look(text: str, *, lang: str, own: Own = (), known: Sequence[str] = ()) -> list[Span]:
    """Everything that gives somebody away, with offsets in the text as given."""
    folded = fold(text)
    original = text if folded.places is None else "".join(text[at] for at in folded.places[:-1])
    taken = _exact(original, folded.text, lang, own)
    split = words(folded.text, original)
    lexicon = load()
    element = lexicon.elements
    elements = [element(word) for word in split.said]
    flags = names.flagged(split.said)
    small = original[1:].islower()
    telling = [not lexicon.alone.isdisjoint(fitted) for fitted in elements]
    as_text = names.Text(original, split, flags, telling, small)
    found = [*taken, *names.known_names(folded.text, known)]
    found += _outside(taken, addresses.addresses(as_text))
    found += _outside(found, names.names(as_text))
    told = _told(split, elements, flags, lexicon, lang)
    found += told
    found += _sounding(split, flags, elements, lexicon, sorted(span.core for span in told))
    return _placed(folded, spans.trimmed(folded.text, spans.settled(found)))


def _exact(original: str, folded: str, lang: str, own: Own) -> list[Span]:
    found = list(numbers.own_numbers(original, own)) if own else []
    if "@" in folded or "(at)" in folded or "[at]" in folded:
        found += _outside(found, mails.mails(folded))
    if _DIGIT.search(folded):
        found += _outside(found, numbers.numbers(original, folded, lang))
        found += _outside(found, dates.written_dates(folded))
    return found


def _outside(taken: list[Span], found: Iterator[Span]) -> list[Span]:
    """Those that touch no place that is taken."""
    if not taken:
        return list(found)
    places = sorted((one.start, one.end) for one in taken)
    starts = [start for start, _ in places]
    reach = list(accumulate((end for _, end in places), max))
    kept = []
    for span in found:
        before = bisect_left(starts, span.end) - 1
        if before < 0 or reach[before] <= span.start:
            kept.append(span)
    return kept


def _told(
    split: Words, elements: list[tuple[int, ...]], flags: list[int], lexicon: Lexicon, lang: str
) -> list[Span]:
    """What the words tell, without what the service's own words explain."""
    hits = list(phrases.phrases(split, elements, lexicon, lang))
    if not hits:
        return []
    calm = {(rule.category, at) for rule, first, last in hits if rule.calm for at in range(first, last + 1)}
    sentences = _sentences(split, flags)
    stops = [
        bool(flag & FRAME) or (len(word) > 2 and word.isdigit())
        for flag, word in zip(flags, split.said, strict=True)
    ]
    found = set()
    for rule, first, last in hits:
        if rule.calm or (first == last and sentences[first]):
            continue
        if all((rule.category, at) in calm for at in range(first, last + 1)):
            continue
        found.add((first, last, rule.category))
    return [_spanned(split, stops, *one) for one in sorted(found)]


def _hints(elements: list[tuple[int, ...]], lexicon: Lexicon) -> list[Category]:
    """What the words of a sentence hint at, of each word that hints at few things."""
    hints, made = lexicon.hints, list[Category]()
    for fitted in elements:
        kinds = {kind for element in fitted for kind in hints.get(element, ())}
        if len(kinds) <= 2:
            made += sorted(kinds & CONFIDED)
    return made


def _sounding(
    split: Words,
    flags: list[int],
    elements: list[tuple[int, ...]],
    lexicon: Lexicon,
    told: list[tuple[int, int]],
) -> list[Span]:
    """Sentences without a word of the lexicon that sound private all the same."""
    found = []
    listening = tone.tone()
    begin, next_told = 0, 0
    for at in range(1, len(flags) + 1):
        if at < len(flags) and split.breaks[at] < HARD:
            continue
        start, end = split.starts[begin], split.ends[at - 1]
        while next_told < len(told) and told[next_told][1] <= start:
            next_told += 1
        if next_told >= len(told) or told[next_told][0] >= end:
            said = split.said[begin:at]
            if listening.private(said) and not any(flag & GENERAL for flag in flags[begin:at]):
                category = listening.about(said, _hints(elements[begin:at], lexicon))
                found.append(Span(start, end, category, (start, end)))
        begin = at
    return found


def _spanned(split: Words, stops: list[bool], first: int, last: int, category: Category) -> Span:
    begin, end = spans.widened(split, stops, first, last, over=category is not Category.MEDICATION)
    core = split.starts[first], split.ends[last]
    return Span(split.starts[begin], split.ends[end], category, core)


def _sentences(split: Words, flags: list[int]) -> list[bool]:
    """For every word whether its sentence asks about the thing as such ("Merkblatt Schwangerschaft")
    and names nobody.
    """
    found: list[bool] = []
    begin = 0
    for at in range(1, len(flags) + 1):
        if at == len(flags) or split.breaks[at] == HARD:
            sentence = flags[begin:at]
            general = any(flag & GENERAL for flag in sentence)
            found += [general and not any(flag & (BESIDE | TITLE) for flag in sentence)] * len(sentence)
            begin = at
    return found


def _placed(folded: Folded, found: list[Span]) -> list[Span]:
    if folded.places is None:
        return found
    return [
        Span(*folded.original(span.start, span.end), span.category, folded.original(*span.core))
        for span in found
    ]
