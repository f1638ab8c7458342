"""What the clauses of a text confide: the lists say which words to look at, the sense of the clause decides."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import pairwise

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
ENOUGH = 0.0  # likelier than not
PLAINLY = -2.0  # where the lists know a word or a phrase of the clause, and for the name of a medicine
ALONE = -5.0  # where they know one, and nothing of the service stands in the clause or in so short a text
NEVER = 1000.0
SHORT = 8  # words that are no numbers
FEW = 2
SECOND = 0.0  # for another kind in the same clause that has a word of its own there
FRAMED = FRAME | GENERAL
Scores = tuple[int, ...]  # of each kind as in `sense.KINDS`, "nothing" first


def told(split: Words, known: Sequence[Known], weights: sense.Weights) -> list[Span]:
    hits = phrases.phrases(split, known)
    cut = clauses(split.breaks)
    inside = inside_of(cut, hits) if hits else {}
    scale, tops = weights.scale, sense.TOPS
    unlisted, listed = sense.bar(ENOUGH * scale), sense.bar(ALONE * scale)
    found: list[Span] = []
    for at, added in enumerate(judged(split.gaps, known, cut, inside, weights)):
        mine = inside.get(at)
        # Most clauses tell nothing: no kind is over its bar, and the numbers need not be parted.
        if (added + (unlisted if mine is None else listed)) & tops:
            found += _told(split, known, cut[at], sense.parted(added), mine or (), scale=scale)
    return found


def _told(
    split: Words, known: Sequence[Known], clause: Clause, scores: Scores, hits: Sequence[Hit], *, scale: int
) -> list[Span]:
    """What a clause tells that may tell something."""
    begin, behind, _ = clause
    most = max(scores[1:])
    best = most - scores[0]
    mine = [hit for hit in hits if begin <= hit[1] and hit[2] < behind and not hit[0].calm]
    found = list(_medicines(split, mine)) if mine and best >= PLAINLY * scale else []
    if best >= _enough(known, clause, mine) * scale:
        found += _spans(split, known, clause, scores, mine, scale=scale)
    return found


def _enough(known: Sequence[Known], clause: Clause, hits: Sequence[Hit]) -> float:
    begin, behind, _ = clause
    for rule, _, _ in hits:
        if not rule.weak and rule.category is not Category.MEDICATION:
            short = sum(one.short != DIGITS for one in known) <= SHORT
            bare = short or not any(one.flags & FRAMED for one in known[begin:behind])
            return ALONE if bare else PLAINLY
    # "Termin am 12.3.": two words and a date tell nothing by themselves.
    said = [one.short for one in known[begin:behind]]
    dated = said.count(DIGITS)
    return NEVER if dated and len(said) - dated <= FEW else ENOUGH


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
    # The other clauses of the sentence count too: all of them without this one.
    crowd = [0] * (cut[-1][2] + 1 if cut else 0)
    for (_, _, sentence), here in zip(cut, own, strict=True):
        crowd[sentence] += here
    around = sense.around
    return [
        here + around(crowd[sentence] - here) if crowd[sentence] != here else here
        for (_, _, sentence), here in zip(cut, own, strict=True)
    ]


def _by_themselves(
    gaps: Sequence[str], known: Sequence[Known], cut: Sequence[Clause], weights: sense.Weights
) -> list[sense.Lanes]:
    """What the words and the place of each clause weigh in it and beside it."""
    mine = [one.weighs for one in known]
    pairs = [one.after.get(other.short, 0) if one.after else 0 for one, other in pairwise(known)]
    placed, last = weights.placed, len(known)
    own = list[int]()
    after = ""
    for begin, behind, _ in cut:
        before, after = after, gaps[behind] if behind < last else ""
        count = behind - begin
        place = placed.get((count, before, after))
        if place is None:
            place = weights.place(count, before, after)
        total = sum(mine[begin:behind], known[begin].opening + place)
        own.append(sum(pairs[begin : behind - 1], total) if count > 1 else total)
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


def _medicines(split: Words, hits: Sequence[Hit]) -> Iterator[Span]:
    for rule, first, last in hits:
        if rule.category is Category.MEDICATION and not rule.weak:
            yield _span(split, (first, last), (first, last), Category.MEDICATION)


def _spans(
    split: Words, known: Sequence[Known], clause: Clause, scores: Scores, hits: Sequence[Hit], *, scale: int
) -> Iterator[Span]:
    """The clause as what it tells most, and what else it tells in plain words."""
    lane = scores.index(max(scores[1:]), 1)
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
    for category, (first, last) in told.items():
        yield _clause(split, clause, first, last, category)


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
