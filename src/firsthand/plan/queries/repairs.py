"""Somebody cannot come: who could instead, and whom it would disturb."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from firsthand.people.models import Person
from firsthand.plan.models import Assignment, Room, Roster, Shift
from firsthand.plan.pure.front import repair as pure
from firsthand.plan.queries.puzzle import Puzzle, now_half_day, puzzle


@dataclass(frozen=True)
class Move:
    """One colleague: from here to there. `before` None: comes in addition."""

    person: Person
    before: tuple[Shift, Room] | None
    after: tuple[Shift, Room] | None


@dataclass(frozen=True)
class Way:
    """`key` finds it again when it is chosen; `cost`: against leaving the place empty, below 0: better."""

    moves: Sequence[Move]
    cost: int

    @property
    def key(self) -> str:
        return ".".join(f"{move.person.pk}-{_key(move.before)}-{_key(move.after)}" for move in self.moves)


@dataclass(frozen=True)
class Gap:
    shift: Shift
    room: Room
    ways: Sequence[Way]


@dataclass(frozen=True)
class Proposal:
    person: Person
    gone: Sequence[Assignment]
    gaps: Sequence[Gap]

    @cached_property
    def disturbed(self) -> int:
        return len({move.person.pk for gap in self.gaps for move in gap.ways[0].moves})


def _key(place: tuple[Shift, Room] | None) -> str:
    return f"{place[0].pk}:{place[1].pk}" if place else ""


def proposal(roster: Roster, person: Person, gone: Iterable[Assignment]) -> Proposal:
    """`gone`: this colleague's half-days that fall out. Under a second for a thousand people."""
    falls_out = [one for one in gone if one.person_id == person.pk]
    made = puzzle(roster.week, roster.need, locked=roster)
    there = made.read(Assignment.objects.filter(roster=roster))
    number = made.people.get(person.pk)
    lost = (
        [(number, half_day) for one in falls_out for half_day in _half_days(made, one)]
        if number is not None
        else []
    )
    found = pure.repair(made.problem, there, gone=lost, frozen_before=now_half_day(made))
    gaps = [
        Gap(*_place(made, gap.shift.half_day, gap.shift.room), [_way(made, way) for way in gap.ways])
        for gap in found.gaps
    ]
    return Proposal(person, falls_out, gaps)


def _half_days(made: Puzzle, one: Assignment) -> list[int]:
    if one.shift_id is not None:
        return [made.half_days[one.shift_id]]
    numbers = [number for number, session in enumerate(made.sessions) if session.pk == one.training_id]
    return [half_day for number in numbers for half_day in made.problem.halves_of(number)]


def _way(made: Puzzle, way: pure.Way) -> Way:
    moves = [
        Move(
            made.person_at(change.person),
            _place(made, change.before.half_day, change.before.room) if change.before else None,
            _place(made, change.after.half_day, change.after.room) if change.after else None,
        )
        for change in way.changes
    ]
    return Way(moves, way.cost)


def _place(made: Puzzle, half_day: int, room: int) -> tuple[Shift, Room]:
    shift = made.shift_at(half_day)
    if shift is None:
        raise LookupError("the engine fills only half-days that are worked")
    return shift, made.rooms[room]
