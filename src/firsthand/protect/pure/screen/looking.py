"""One pass over a text: numbers where digits stand, then every word once."""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import accumulate, pairwise

from firsthand.protect.pure.categories import CONFIDED, Category
from firsthand.protect.pure.screen import addresses, dates, mails, names, numbers, phrases, spans, tone
from firsthand.protect.pure.screen.fold import Folded, fold
from firsthand.protect.pure.screen.found import Span
from firsthand.protect.pure.screen.lexicon import Known, Rule, load
from firsthand.protect.pure.screen.roles import BESIDE, GENERAL, TITLE
from firsthand.protect.pure.screen.words import HARD, NONE, Words, words

_DIGIT = re.compile(r"\d")
# Told in the service's own words ("kann die Prämien nicht zahlen"): such a word is no end of them.
_IN_OUR_WORDS = frozenset({Category.DEBT, Category.WORKPLACE, Category.SEPARATION, Category.RESIDENCE})
# What is often only the frame of something graver: told in one clause with that, it is that.
_FRAMES = {Category.DEATH: 1, Category.SEPARATION: 2, Category.FAMILY: 3}
Told = tuple[int, int, Category]  # first and last word, and what they tell
Own = Sequence[tuple[Category, "re.Pattern[str]"]]


def look(text: str, *, lang: str, own: Own = (), known: Sequence[str] = ()) -> list[Span]:
    """Everything that gives somebody away, with offsets in the text as given."""
    folded = fold(text)
    original = text if folded.places is None else "".join(text[at] for at in folded.places[:-1])
    split = words(folded.text, original)
    lexicon = load()
    said = lexicon.known(split.said, lang)
    taken = _exact(original, folded.text, lang, own, born=any(one.born for one in said))
    flags = [one.flags for one in said]
    as_text = names.Text(original, split, said, flags, original[1:].islower())
    found = [*taken, *names.known_names(folded.text, known)]
    found += _outside(taken, addresses.addresses(as_text))
    found += _outside(found, names.names(as_text))
    tones = _tones(split.breaks, said, lexicon.tone)
    told = _told(split, said, flags, tones)
    found += told
    found += _sounding(split, said, tones, lexicon.tone, sorted(span.core for span in told))
    return _placed(folded, spans.trimmed(folded.text, spans.settled(found)))


def _exact(original: str, folded: str, lang: str, own: Own, *, born: bool) -> list[Span]:
    found = list(numbers.own_numbers(original, own)) if own else []
    if "@" in folded or "(at)" in folded or "[at]" in folded:
        found += _outside(found, mails.mails(folded))
    if _DIGIT.search(folded):
        found += _outside(found, numbers.numbers(original, folded, lang))
        if born:
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


def _told(split: Words, known: list[Known], flags: list[int], tones: list[float]) -> list[Span]:
    """What the words tell, without what the service's own words explain."""
    hits = list(phrases.phrases(split, known))
    if not hits:
        return []
    calm = {(rule.category, at) for rule, first, last in hits if rule.calm for at in range(first, last + 1)}
    general = _general(split, flags)
    stops = [one.stop for one in known]
    strong, weak = set[Told](), set[Told]()
    for rule, first, last in hits:
        if rule.calm or _service(rule, tones[first]) or (general and first == last and general[first]):
            continue
        if calm and all((rule.category, at) in calm for at in range(first, last + 1)):
            continue
        (weak if rule.weak else strong).add((first, last, rule.category))
    if weak:
        strong |= _believed(split.breaks, strong, weak)
    strong = _graver(split.breaks, strong)
    return [_spanned(split, stops, *one) for one in sorted(strong)]


def _believed(breaks: list[int], strong: set[Told], weak: set[Told]) -> set[Told]:
    """Weak words where their clause tells nothing plainly: those of the kind that it has most of."""
    clauses = list(accumulate(division > NONE for division in breaks))
    plain = {clauses[at] for first, last, _ in strong for at in range(first, last + 1)}
    met: dict[int, Counter[Category]] = {}
    for first, _, kind in sorted(weak):
        met.setdefault(clauses[first], Counter())[kind] += 1
    chosen = {clause: kinds.most_common(1)[0][0] for clause, kinds in met.items() if clause not in plain}
    return {one for one in weak if chosen.get(clauses[one[0]]) == one[2]}


def _graver(breaks: list[int], told: set[Told]) -> set[Told]:
    """Of two kinds in one clause the one that would hurt more if the wrong person read it."""
    if len({kind for _, _, kind in told}) < 2:
        return told
    clauses = list(accumulate(division > NONE for division in breaks))
    gravest: dict[int, int] = {}
    for first, last, kind in told:
        for clause in range(clauses[first], clauses[last] + 1):
            gravest[clause] = min(gravest.get(clause, len(_FRAMES)), _FRAMES.get(kind, 0))
    return {one for one in told if _FRAMES.get(one[2], 0) <= gravest[clauses[one[0]]]}


def sentences(breaks: Sequence[int]) -> Iterator[tuple[int, int]]:
    """From one end of a sentence to the next: the first word and the word behind the last."""
    begin = 0
    for at, division in enumerate(breaks):
        if division == HARD and at > begin:
            yield begin, at
            begin = at
    if breaks:
        yield begin, len(breaks)


def _tones(breaks: list[int], known: list[Known], listening: tone.Tone) -> list[float]:
    """For every word how likely its sentence is private, as log odds."""
    found: list[float] = []
    count = len(known)
    for begin, behind in sentences(breaks):
        part = known[begin:behind]
        weight = _base(listening, min(behind - begin, tone.LONGEST), begin == 0, behind == count)
        weight += part[0].opening + sum([one.tone for one in part])
        for one, other in pairwise(part):
            if one.after and (pair := one.after.get(other.short)):
                weight += pair
        if behind - begin < tone.SHORTEST:
            weight = max(weight, tone.SERVICE)  # two words sound of nothing
        found += [weight] * (behind - begin)
    return found


@lru_cache(maxsize=64)
def _base(listening: tone.Tone, count: int, first: bool, last: bool) -> float:
    return listening.base(count, first=first, last=last)


def _service(rule: Rule, weight: float) -> bool:
    """A single word, in a sentence that sounds of nothing but service: "Tessera bloccata"."""
    if rule.weak:
        return weight < tone.PRIVATE
    return weight < tone.SERVICE and len(rule.parts) == 1 and rule.category in CONFIDED


def _sounding(
    split: Words, known: list[Known], tones: list[float], listening: tone.Tone, told: list[tuple[int, int]]
) -> Iterator[Span]:
    """Sentences without a word of the lexicon that sound private all the same."""
    next_told = 0
    for begin, behind in sentences(split.breaks):
        start, end = split.starts[begin], split.ends[behind - 1]
        while next_told < len(told) and told[next_told][1] <= start:
            next_told += 1
        if tones[begin] < tone.ENOUGH or behind - begin < tone.SHORTEST:
            continue
        if (next_told < len(told) and told[next_told][0] < end) or any(
            one.flags & GENERAL for one in known[begin:behind]
        ):
            continue
        hints = (kind for one in known[begin:behind] for kind in one.hints)
        yield Span(start, end, listening.about(split.said[begin:behind], hints), (start, end))


def _spanned(split: Words, stops: list[bool], first: int, last: int, category: Category) -> Span:
    ends = [False] * len(stops) if category in _IN_OUR_WORDS else stops
    begin, end = spans.widened(split, ends, first, last, over=category is not Category.MEDICATION)
    core = split.starts[first], split.ends[last]
    return Span(split.starts[begin], split.ends[end], category, core)


def _general(split: Words, flags: list[int]) -> list[bool]:
    """For every word whether its sentence asks about the thing as such ("Merkblatt Schwangerschaft")
    and names nobody; empty if none does.
    """
    found: list[bool] = []
    if not any(flag & GENERAL for flag in flags):
        return found
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
