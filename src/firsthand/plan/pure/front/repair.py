"""Somebody is ill at 07:10: who comes instead, with as few people disturbed as possible, and what each way costs.

Each gap gets its ways: somebody comes in addition, somebody moves here from another shift, somebody moves and a
second person takes that shift, or the gap stays. The cheapest is taken, each person disturbed priced at `disturbed`;
what already began is left as it is.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from firsthand.plan.pure.front import local
from firsthand.plan.pure.front.problem import Problem, Roster, Shift

MOST = 6  # ways told for each gap
DISTURBED = 10
_MOVERS = 12  # whose old shift is offered to a second person


@dataclass(frozen=True)
class Change:
    """One person's: a shift taken (`after`), given up (`before`), or both: moved."""

    person: int
    before: Shift | None
    after: Shift | None


@dataclass(frozen=True)
class Way:
    """How a gap can be filled, and by how much the roster's cost changes against leaving it open."""

    changes: tuple[Change, ...]
    cost: int

    @property
    def people(self) -> int:
        return len({change.person for change in self.changes})


@dataclass(frozen=True)
class Gap:
    shift: Shift  # that falls out
    ways: tuple[Way, ...]  # best first, with the one that changes nothing
    taken: Way


@dataclass(frozen=True)
class Repair:
    problem: Problem  # with the new absences
    roster: Roster
    gaps: tuple[Gap, ...]

    @property
    def changes(self) -> tuple[Change, ...]:
        return tuple(change for gap in self.gaps for change in gap.taken.changes)

    @property
    def disturbed(self) -> frozenset[int]:
        return frozenset(change.person for change in self.changes)


def repair(
    problem: Problem,
    roster: Roster,
    *,
    gone: Iterable[tuple[int, int]],
    frozen_before: int = 0,
    disturbed: int = DISTURBED,
) -> Repair:
    """`gone`: (person, half-day) that fall out. No shift before half-day `frozen_before` changes otherwise.

    Somebody who misses the training sits in another session if there is a seat; shifts before it fall out too."""
    gone = sorted(set(gone))
    absent = _absent(problem, gone)
    kept, lost = _without(absent, roster, gone, frozen_before)
    local_ = local.Local(absent, kept)
    gaps = []
    for shift in sorted(lost, key=lambda one: (one.half_day, one.room, one.person)):
        ways = sorted(
            _ways(local_, shift, frozen_before, {person for person, _ in gone}),
            key=lambda way: (way.cost + disturbed * way.people, way.people, _settled(way)),
        )
        taken = ways[0]
        gaps.append(Gap(shift, _told(ways, taken), taken))
        for change in taken.changes:
            local_.change(change.before, change.after)
    return Repair(absent, local_.roster(), tuple(gaps))


def _settled(way: Way) -> list[tuple[int, int, int]]:
    """An order for ways that cost the same."""
    return [
        (*change.after[:2], change.before.half_day if change.before else -1)
        for change in way.changes
        if change.after
    ]


def _told(ways: list[Way], taken: Way) -> tuple[Way, ...]:
    told = [taken, *[way for way in ways if way != taken][: MOST - 1]]
    nothing = next(way for way in ways if not way.changes)
    return tuple(told if nothing in told else [*told[:-1], nothing])


def _absent(problem: Problem, gone: Sequence[tuple[int, int]]) -> Problem:
    people = list(problem.people)
    for person, half_day in gone:
        blocked = people[person].blocked | {half_day}
        people[person] = dataclasses.replace(people[person], blocked=blocked)
    locks = tuple(lock for lock in problem.locks if (lock.person, lock.half_day) not in set(gone))
    return dataclasses.replace(problem, people=tuple(people), locks=locks)


def _without(
    problem: Problem, roster: Roster, gone: Sequence[tuple[int, int]], now: int
) -> tuple[Roster, list[Shift]]:
    out = set(gone)
    lost = [shift for shift in roster.shifts if (shift.person, shift.half_day) in out]
    training = set(roster.training)
    for person, number in roster.training:
        if not any((person, half_day) in out for half_day in problem.halves_of(number)):
            continue
        training.discard((person, number))
        mine = [shift for shift in roster.shifts if shift.person == person and shift not in lost]
        another = _another(problem, training, person, now, min((one.half_day for one in mine), default=0))
        day = problem.sessions[another].day if another is not None else len(problem.dates)
        if another is not None:
            training.add((person, another))
        lost.extend(shift for shift in mine if problem.day_of(shift.half_day) <= day)
    return Roster(roster.shifts - frozenset(lost), frozenset(training)), lost


def _another(
    problem: Problem, training: set[tuple[int, int]], person: int, now: int, first: int
) -> int | None:
    """A session still to come with a seat left: the last before the first shift, or the earliest there is."""
    taken = [number for _, number in training]
    fit = [
        number
        for number, session in enumerate(problem.sessions)
        if problem.halves_of(number)[0] >= now
        and problem.can_train(person, number)
        and taken.count(number) < session.seats
    ]
    before = [number for number in fit if problem.sessions[number].day < problem.day_of(first)]
    if before:
        return max(before, key=lambda number: problem.sessions[number].day)
    return min(fit, key=lambda number: problem.sessions[number].day, default=None)


def _ways(here: local.Local, gap: Shift, now: int, ill: set[int]) -> Iterator[Way]:
    yield Way((), 0)
    if gap.half_day < now:
        return
    moves: list[tuple[int, Shift, Shift]] = []
    best = 0
    levels = here.problem.people[gap.person].levels
    for person, one in enumerate(here.problem.people):
        if person == gap.person or person in ill or not (levels & one.levels):
            continue
        shift = Shift(person, gap.half_day, gap.room)
        if not here.open_to(shift):
            continue  # most of a thousand people: not worth a closer look
        if here.fits(None, shift):
            cost = here.delta(None, shift)
            best = min(best, cost)
            yield Way((Change(person, None, shift),), cost)
        for old in here.shifts(person):
            if old.half_day >= now and old != shift and here.fits(old, shift):
                cost = here.delta(old, shift)
                best = min(best, cost)
                yield Way((Change(person, old, shift),), cost)
                moves.append((cost, old, shift))
    if best > -DISTURBED:  # nobody can come alone without harm
        yield from _chains(here, sorted(moves)[:_MOVERS], ill)


def _chains(here: local.Local, moves: Iterable[tuple[int, Shift, Shift]], ill: set[int]) -> Iterator[Way]:
    """One moves, a second person takes the shift that is left."""
    for cost, old, shift in moves:
        here.change(old, shift)
        second = [
            (here.delta(None, taken), taken)
            for person, one in enumerate(here.problem.people)
            if person != old.person and person not in ill and here.problem.speaks(person, old.room)
            if one.levels & here.problem.people[old.person].levels and old.half_day not in one.blocked
            if here.allowed(None, taken := Shift(person, old.half_day, old.room))
        ]
        here.change(shift, old)
        if second:
            more, taken = min(second)
            yield Way((Change(old.person, old, shift), Change(taken.person, None, taken)), cost + more)
