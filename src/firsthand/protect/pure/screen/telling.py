"""What the clauses of a text confide: the lists say which words to look at, the sense of the clause decides."""

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

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
ENOUGH = -1.2
PLAINLY = -2.6  # where the lists know a word or a phrase of the clause, and for the name of a medicine
ALONE = -5.0  # where they know one, and nothing of the service stands in the clause or in so short a text
NEVER = 1000.0
SHORT = 8  # words
FEW = 2
SECOND = 0.0  # for another kind in the same clause that has a word of its own there
FRAMED = FRAME | GENERAL


class Told(NamedTuple):
    clause: Clause
    scores: tuple[int, ...]  # of each kind as in `sense.KINDS`, "nothing" first

    def margin(self, kind: Category) -> int:
        """What speaks for it against "nothing"."""
        return self.scores[sense.LANES[kind]] - self.scores[0]


def told(split: Words, folded: str, known: Sequence[Known], weights: sense.Weights) -> Iterator[Span]:
    hits = list(phrases.phrases(split, known))
    cut = clauses(split.breaks)
    inside = inside_of(cut, hits, len(split.said)) if hits else {}
    scale, tops = weights.scale, sense.TOPS
    unlisted, listed = sense.bar(ENOUGH * scale), sense.bar(ALONE * scale)
    for at, added in enumerate(judged(split, folded, known, cut, inside, weights=weights)):
        mine = inside.get(at)
        # Most clauses tell nothing: no kind is over its bar, and the numbers need not be parted.
        if (added + (unlisted if mine is None else listed)) & tops:
            yield from _told(split, known, Told(cut[at], sense.parted(added)), mine or (), scale)


def _told(split: Words, known: Sequence[Known], one: Told, hits: Sequence[Hit], scale: int) -> Iterator[Span]:
    """What a clause tells that may tell something."""
    begin, behind, _ = one.clause
    best = max(one.scores[1:]) - one.scores[0]
    mine = [hit for hit in hits if not hit[0].calm and begin <= hit[1] and hit[2] < behind]
    if mine and best >= PLAINLY * scale:
        yield from _medicines(split, mine)
    if best >= _enough(known, one.clause, mine) * scale:
        yield from _spans(split, known, one, mine, scale)


def _enough(known: Sequence[Known], clause: Clause, hits: Sequence[Hit]) -> float:
    if not any(not rule.weak and rule.category is not Category.MEDICATION for rule, _, _ in hits):
        # "Termin am 12.3.": two words and a date tell nothing by themselves.
        said = [one.short for one in known[clause.begin : clause.behind]]
        dated = said.count(DIGITS)
        return NEVER if dated and len(said) - dated <= FEW else ENOUGH
    bare = len(known) <= SHORT or not any(one.flags & FRAMED for one in known[clause.begin : clause.behind])
    return ALONE if bare else PLAINLY


def judged(
    split: Words,
    folded: str,
    known: Sequence[Known],
    cut: Sequence[Clause],
    inside: dict[int, list[Hit]],
    *,
    weights: sense.Weights,
) -> list[sense.Lanes]:
    """What speaks for each kind in every clause."""
    own, around, crowd = _by_themselves(split, folded, known, cut, weights)
    for at, hits in inside.items():
        here, there = weights.all_of(frozenset([hit[0].heard for hit in hits]))
        own[at] += here
        around[at] += there
        crowd[cut[at].sentence] += there
    # The other clauses of the sentence count too: all of them without this one.
    return [
        here + crowd[clause.sentence] - there for clause, here, there in zip(cut, own, around, strict=True)
    ]


def _by_themselves(
    split: Words, folded: str, known: Sequence[Known], cut: Sequence[Clause], weights: sense.Weights
) -> tuple[list[sense.Lanes], list[sense.Lanes], list[sense.Lanes]]:
    """What the words and the place of each clause weigh in it and beside it, and the latter by sentence."""
    mine = [one.own for one in known]
    pairs = [one.after.get(other.short, 0) if one.after else 0 for one, other in pairwise(known)]
    beside = [one.around for one in known]
    own, around = list[int](), list[int]()
    crowd = [0] * (cut[-1].sentence + 1 if cut else 0)
    starts, ends, placed = split.starts, split.ends, weights.placed
    last = len(starts)
    after = ""
    for begin, behind, sentence in cut:
        before, after = after, folded[ends[behind - 1] : starts[behind]] if behind < last else ""
        count = behind - begin
        place = placed.get((count, before, after)) or weights.place(count, before, after)
        total = sum(mine[begin:behind], known[begin].opening + place[0])
        own.append(sum(pairs[begin : behind - 1], total) if count > 1 else total)
        total = sum(beside[begin:behind], place[1])
        around.append(total)
        crowd[sentence] += total
    return own, around, crowd


def inside_of(cut: Sequence[Clause], hits: Sequence[Hit], count: int) -> dict[int, list[Hit]]:
    """The rules that fit in each clause: where they begin, and where they end if that is another."""
    found: dict[int, list[Hit]] = {}
    places = [0] * count
    for number, (first, behind, _) in enumerate(cut):
        places[first:behind] = [number] * (behind - first)
    for hit in hits:
        begin, end = places[hit[1]], places[hit[2]]
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
    split: Words, known: Sequence[Known], one: Told, hits: Sequence[Hit], scale: int
) -> Iterator[Span]:
    """The clause as what it tells most, and what else it tells in plain words."""
    lane = one.scores.index(max(one.scores[1:]), 1)
    kind = sense.CATEGORIES[lane - 1]
    told: dict[Category, tuple[int, int]] = {}  # the words that tell it
    for rule, first, last in hits:
        other = rule.category
        if other is kind or (not rule.weak and one.margin(other) >= SECOND * scale):
            before = told.get(other, (first, last))
            told[other] = min(first, before[0]), max(last, before[1])
    told.pop(Category.MEDICATION, None)
    if kind not in told:
        at = _loudest(known, one.clause, lane)
        told[kind] = at, at
    for category, (first, last) in told.items():
        yield _clause(split, one.clause, first, last, category)


def _loudest(known: Sequence[Known], clause: Clause, lane: int) -> int:
    """The word that speaks most for it."""
    speaks = [_speaks(one.own, lane) for one in known[clause.begin : clause.behind]]
    return clause.begin + speaks.index(max(speaks))


@lru_cache(maxsize=20_000)
def _speaks(own: sense.Lanes, lane: int) -> int:
    weights = sense.parted(own)
    return weights[lane] - weights[0]


def _clause(split: Words, clause: Clause, first: int, last: int, kind: Category) -> Span:
    whole = spans.trimmed_clause(split, clause.begin, clause.behind - 1, first, last)
    return _span(split, whole, (first, last), kind)


def _span(split: Words, whole: tuple[int, int], core: tuple[int, int], kind: Category) -> Span:
    """From first and last words to letters."""
    (begin, end), (first, last) = whole, core
    return Span(split.starts[begin], split.ends[end], kind, (split.starts[first], split.ends[last]))
