"""What the clauses of a text confide: the lists say which words to look at, the sense of the clause decides."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import islice

from firsthand.protect.pure.categories import Category
from firsthand.protect.pure.screen import phrases, sense, spans
from firsthand.protect.pure.screen.clauses import Clause, clauses
from firsthand.protect.pure.screen.features import DIGITS
from firsthand.protect.pure.screen.found import Span
from firsthand.protect.pure.screen.lexicon import Known
from firsthand.protect.pure.screen.phrases import Hit
from firsthand.protect.pure.screen.roles import FRAME, GENERAL
from firsthand.protect.pure.screen.words import Words

# Logarithm of the odds against "nothing" from which on a clause is taken to tell something: what little is lost
# and little cut for nothing, measured on notes that were not learned from (docs/guide/screening.md).
ENOUGH = 0.7  # two to one
PLAINLY = -2.0  # where the lists know a word or a phrase of the clause, and for the name of a medicine
ALONE = -5.0  # where they know one, and nothing of the service stands in the clause or in so short a text
SHORT = 8  # words that are no numbers
FEW = 2
SECOND = 0.0  # for another kind in the same clause that has a word of its own there
# For a clause beside one that tells something, in the same sentence: what is told goes on there ("seit März, und
# zahlt nichts"), unless it speaks of the service again.
ON = -3.0
ON_FRAMED = -1.0
FRAMED = FRAME | GENERAL
Scores = tuple[int, ...]  # of each kind as in `sense.KINDS`, "nothing" first


def told(split: Words, known: Sequence[Known], weights: sense.Weights) -> list[Span]:
    hits = phrases.phrases(split, known)
    cut = clauses(split.breaks)
    inside = inside_of(cut, hits) if hits else {}
    scale, tops = weights.scale, sense.TOPS
    unlisted, listed = sense.bar(ENOUGH * scale), sense.bar(ALONE * scale)
    weighed = judged(split.gaps, known, cut, inside, weights)
    found: dict[int, list[Span]] = {}
    for at, added in enumerate(weighed):
        # Most clauses tell nothing: no kind is over the bar, and the numbers need not be parted.
        if (added + (listed if at in inside else unlisted)) & tops:
            told_here = _told(split, known, cut[at], sense.parted(added), inside.get(at, ()), scale=scale)
            if told_here:
                found[at] = told_here
    made = [span for one in found.values() for span in one]
    if found and len(found) < len(cut):
        made += _going_on(split, known, cut, found, weighed, scale=scale)
    return made


def _going_on(
    split: Words,
    known: Sequence[Known],
    cut: Sequence[Clause],
    found: dict[int, list[Span]],
    weighed: Sequence[sense.Lanes],
    *,
    scale: int,
) -> Iterator[Span]:
    """The clauses before and behind one that tells something, as the kind that it tells."""
    least, framed, tops = sense.bar(ON * scale), sense.bar(ON_FRAMED * scale), sense.TOPS
    for at, told_there in found.items():
        sentence = cut[at][2]
        for beside in (at - 1, at + 1):
            if beside in found or not 0 <= beside < len(cut) or cut[beside][2] != sentence:
                continue
            added = weighed[beside]
            if not (added + least) & tops:
                continue
            begin, behind, _ = clause = cut[beside]
            if (added + framed) & tops or not any(one.flags & FRAMED for one in known[begin:behind]):
                scores = sense.parted(added)
                kind = max([span.category for span in told_there], key=lambda one: scores[sense.LANES[one]])
                yield _clause(split, clause, begin, begin, kind)


def _told(
    split: Words, known: Sequence[Known], clause: Clause, scores: Scores, hits: Sequence[Hit], *, scale: int
) -> list[Span]:
    """What a clause tells that may tell something."""
    begin, behind, _ = clause
    most = max(scores[1:])
    best = (most - scores[0]) / scale
    mine = [hit for hit in hits if begin <= hit[1] and hit[2] < behind and not hit[0].calm]
    if mine and (calm := [hit for hit in hits if hit[0].calm]):
        mine = [hit for hit in mine if not _calmed(hit, calm)]
    found = _medicines(split, mine) if mine and best >= PLAINLY else []
    if _enough(known, clause, mine, best):
        found += _spans(split, known, clause, scores, mine, scale=scale)
    return found


def _enough(known: Sequence[Known], clause: Clause, hits: Sequence[Hit], best: float) -> bool:
    """Whether `best`, the logarithm of the odds, is taken for something told."""
    for rule, _, _ in hits:
        if not rule.weak and rule.category is not Category.MEDICATION:
            return best >= PLAINLY or (best >= ALONE and _bare(known, clause))
    return best >= ENOUGH and not _dated(known, clause)


def _calmed(hit: Hit, calm: Sequence[Hit]) -> bool:
    """Its words are part of what the lists call ordinary: "abhängig vom Einkommen"."""
    rule, first, last = hit
    return any(one.category is rule.category and begin <= last and first <= end for one, begin, end in calm)


def _bare(known: Sequence[Known], clause: Clause) -> bool:
    """Nothing of the service stands in the clause, or hardly a word beside it."""
    begin, behind, _ = clause
    if not any(one.flags & FRAMED for one in known[begin:behind]):
        return True
    # Counted no further than it matters: a long text has many such clauses.
    said = (one for one in known if one.short != DIGITS)
    return len(list(islice(said, SHORT + 1))) <= SHORT


def _dated(known: Sequence[Known], clause: Clause) -> bool:
    """ "Termin am 12.3.": two words and a date tell nothing by themselves."""
    begin, behind, _ = clause
    said = [one.short for one in known[begin:behind]]
    dated = said.count(DIGITS)
    return dated > 0 and len(said) - dated <= FEW


def judged(
    gaps: Sequence[str],
    known: Sequence[Known],
    cut: Sequence[Clause],
    inside: dict[int, list[Hit]],
    weights: sense.Weights,
) -> list[sense.Lanes]:
    """What speaks for each kind in every clause."""
    own = _by_themselves(gaps, known, cut, weights)
    for at, hits in inside.items():
        own[at] += weights.all_of(frozenset([hit[0].heard for hit in hits]))
    return _with_others(own, cut)


def _with_others(own: list[sense.Lanes], cut: Sequence[Clause]) -> list[sense.Lanes]:
    """The other clauses of the sentence count too: all of them without this one."""
    first, count, around = 0, len(cut), sense.around
    for at in range(1, count + 1):
        if at == count or cut[at][2] != cut[first][2]:
            if at - first > 1:
                crowd = sum(own[first:at])
                own[first:at] = [one + around(crowd - one) for one in own[first:at]]
            first = at
    return own


def _by_themselves(
    gaps: Sequence[str], known: Sequence[Known], cut: Sequence[Clause], weights: sense.Weights
) -> list[sense.Lanes]:
    """What the words and the place of each clause weigh in it and beside it."""
    placed, last = weights.placed, len(known)
    own = list[int]()
    after = ""
    for begin, behind, _ in cut:
        before, after = after, gaps[behind] if behind < last else ""
        place = placed.get((behind - begin, before, after))
        if place is None:
            place = weights.place(behind - begin, before, after)
        total = place + known[begin].opening
        pairs = None  # what the word before weighs with the one behind it
        for one in known[begin:behind]:
            total += one.weighs
            if pairs and (pair := pairs.get(one.short)):
                total += pair
            pairs = one.after
        own.append(total)
    return own


def inside_of(cut: Sequence[Clause], hits: Sequence[Hit]) -> dict[int, list[Hit]]:
    """The rules that fit in each clause: where they begin, and where they end if that is another."""
    found: dict[int, list[Hit]] = {}
    begins = [begin for begin, _, _ in cut]
    for hit in hits:
        _, first, last = hit
        begin = end = bisect_right(begins, first) - 1
        if last != first:
            end = bisect_right(begins, last) - 1
        found.setdefault(begin, []).append(hit)
        if end != begin:
            found.setdefault(end, []).append(hit)
    return found


def heard(hits: Iterable[Hit]) -> set[str]:
    """What the rules that fit in a clause count for, each once."""
    return {feature for hit in hits for feature in hit[0].heard}


def _medicines(split: Words, hits: Sequence[Hit]) -> list[Span]:
    return [
        _span(split, (first, last), (first, last), Category.MEDICATION)
        for rule, first, last in hits
        if rule.category is Category.MEDICATION and not rule.weak
    ]


def _spans(
    split: Words, known: Sequence[Known], clause: Clause, scores: Scores, hits: Sequence[Hit], *, scale: int
) -> list[Span]:
    """The clause as what it tells most, and what else it tells in plain words."""
    lane = _lane(scores, hits, scale=scale)
    kind = sense.CATEGORIES[lane - 1]
    least = scores[0] + SECOND * scale
    told: dict[Category, tuple[int, int]] = {}  # the words that tell it
    for rule, first, last in hits:
        other = rule.category
        if other is kind or (not rule.weak and scores[sense.LANES[other]] >= least):
            before = told.get(other, (first, last))
            told[other] = min(first, before[0]), max(last, before[1])
    told.pop(Category.MEDICATION, None)
    if kind not in told:
        at = _loudest(known, clause, lane)
        told[kind] = at, at
    return [_clause(split, clause, first, last, category) for category, (first, last) in told.items()]


def _lane(scores: Scores, hits: Sequence[Hit], *, scale: int) -> int:
    """What a clause tells most; where only the lists speak for it, the most of what they say."""
    best = max(scores[1:])
    if best - scores[0] < ENOUGH * scale:
        said = {sense.LANES[rule.category] for rule, _, _ in hits if not rule.weak}
        said.discard(sense.LANES[Category.MEDICATION])
        if said:
            return max(sorted(said), key=scores.__getitem__)
    return scores.index(best, 1)


def _loudest(known: Sequence[Known], clause: Clause, lane: int) -> int:
    """The word that speaks most for it."""
    begin, behind, _ = clause
    speaks = [_speaks(one.weighs, lane) for one in known[begin:behind]]
    return begin + speaks.index(max(speaks))


@lru_cache(maxsize=20_000)
def _speaks(weighs: sense.Lanes, lane: int) -> int:
    weights = sense.parted(weighs)
    return weights[lane] - weights[0]


def _clause(split: Words, clause: Clause, first: int, last: int, kind: Category) -> Span:
    begin, behind, _ = clause
    return _span(split, spans.trimmed_clause(split, begin, behind - 1, first, last), (first, last), kind)


def _span(split: Words, whole: tuple[int, int], core: tuple[int, int], kind: Category) -> Span:
    """From first and last words to letters."""
    (begin, end), (first, last) = whole, core
    return Span(split.starts[begin], split.ends[end], kind, (split.starts[first], split.ends[last]))
