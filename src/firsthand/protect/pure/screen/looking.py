"""One pass over a text: numbers where digits stand, then every word once."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from itertools import accumulate

from firsthand.protect.pure.categories import Category
from firsthand.protect.pure.screen import addresses, dates, mails, names, numbers, spans, telling
from firsthand.protect.pure.screen.fold import Folded, fold
from firsthand.protect.pure.screen.found import Span
from firsthand.protect.pure.screen.lexicon import Known, load
from firsthand.protect.pure.screen.words import Words, words

Own = Sequence[tuple[Category, "re.Pattern[str]"]]


def look(text: str, *, lang: str, own: Own = (), known: Sequence[str] = ()) -> list[Span]:
    """Everything that gives somebody away, with offsets in the text as given."""
    folded = fold(text)
    original = text if folded.places is None else "".join(text[at] for at in folded.places[:-1])
    split = words(folded.text, original)
    lexicon = load()
    said = lexicon.known(split.said, lang)
    found = certain(original, folded.text, lang, split, said, own=own, known=known)
    found += telling.told(split, without(split, said, found, lexicon.somebody), lexicon.weights)
    return _placed(folded, spans.trimmed(folded.text, spans.settled(found)))


def certain(
    original: str,
    folded: str,
    lang: str,
    split: Words,
    said: list[Known],
    *,
    own: Own = (),
    known: Sequence[str] = (),
) -> list[Span]:
    """Who it is: numbers, names and addresses."""
    # Most words are none of these: what stands out is looked for once.
    rare = [at for at, one in enumerate(said) if one.rare]
    taken = _exact(original, folded, lang, split, said, rare=rare, own=own)
    as_text = names.Text(original, split, said, rare, original[1:].islower())
    found = [*taken, *names.known_names(folded, known)] if known else taken.copy()
    found += _outside(taken, addresses.addresses(as_text))
    found += _outside(found, names.names(as_text))
    return found


def _exact(
    original: str, folded: str, lang: str, split: Words, said: list[Known], *, rare: list[int], own: Own
) -> list[Span]:
    found = list(numbers.own_numbers(original, own)) if own else []
    if "@" in folded or "(at)" in folded or "[at]" in folded:
        found += _outside(found, mails.mails(folded))
    digits = [at for at in rare if said[at].digit]
    if digits:
        found += _outside(found, numbers.numbers(original, folded, split, digits, lang))
        if any(said[at].born for at in rare):
            found += _outside(found, dates.written_dates(folded))
    return found


def _outside(taken: list[Span], made: Iterable[Span]) -> list[Span]:
    """Those that touch no place that is taken."""
    found = list(made)
    if not taken or not found:
        return found
    places = sorted((one.start, one.end) for one in taken)
    starts = [start for start, _ in places]
    reach = list(accumulate((end for _, end in places), max))
    kept = []
    for span in found:
        before = bisect_left(starts, span.end) - 1
        if before < 0 or reach[before] <= span.start:
            kept.append(span)
    return kept


def without(split: Words, known: list[Known], found: Sequence[Span], somebody: Known) -> list[Known]:
    """The words, but for those that say who: of a clause it matters that somebody is named, not who."""
    if not found:
        return known
    said = known.copy()
    for span in found:
        for at in range(bisect_right(split.ends, span.start), bisect_left(split.starts, span.end)):
            said[at] = somebody
    return said


def _placed(folded: Folded, found: list[Span]) -> list[Span]:
    if folded.places is None:
        return found
    return [
        Span(*folded.original(span.start, span.end), span.category, folded.original(*span.core))
        for span in found
    ]
