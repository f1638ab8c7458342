"""One roster to be made: who could work when, what is wanted, which rules hold. Frozen; `reading.instance` reads it.

A *cell* is (day, kind, place): an early shift in the German room on day 3. An assignment puts a person into a cell.
Days, kinds, places, skills and people are numbers here (their place in the tuples of the `Instance`); the file and
every report use names. Weights, minutes and counts are whole numbers, so that an objective is exact.
A rule with `weight=None` must hold; with a weight it may be missed at that price per unit.
An empty set of kinds, places or people in a rule means: all of them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property
from typing import Literal, NamedTuple

DAY = 24 * 60
SATURDAY, SUNDAY = 5, 6

Measure = Literal["shifts", "minutes", "days", "weekends"]


class Assignment(NamedTuple):
    person: int
    day: int
    kind: int
    place: int = 0


class Cell(NamedTuple):
    day: int
    kind: int
    place: int = 0


@dataclass(frozen=True)
class Kind:
    """A kind of shift. `start` and `end` are minutes of its day; a night shift ends after 1440."""

    name: str
    start: int
    end: int
    minutes: int  # what counts as work
    not_next_day: frozenset[int] = frozenset()  # kinds that may not follow on the next day
    needs: frozenset[int] = frozenset()  # one of these skills; empty: anybody


@dataclass(frozen=True)
class Place:
    name: str
    needs: frozenset[int] = frozenset()  # one of these skills: a room's language
    kinds: frozenset[int] = frozenset()  # what is worked here


@dataclass(frozen=True)
class Wish:
    """On: to work at least one of these kinds that day. Off: to work none of them, priced for each one worked."""

    day: int
    on: bool
    weight: int
    kinds: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Total:
    """How much a person works in each window of days. A window is a set of days: the whole time, a week, the Fridays.

    `weekends` counts the weekends (Saturday with the Sunday after it) with at least one shift."""

    measure: Measure
    windows: tuple[tuple[int, ...], ...]
    least: int = 0
    most: int | None = None
    kinds: frozenset[int] = frozenset()
    weight: int | None = None


@dataclass(frozen=True)
class Run:
    """How many days in a row. `work`: days with one of `kinds`; `off`: days without.

    A run that touches the first or the last day may be shorter than `least` (it may go on outside); `most` counts
    only the days inside."""

    of: Literal["work", "off"]
    least: int = 1
    most: int | None = None
    kinds: frozenset[int] = frozenset()
    weight: int | None = None  # for each day missing or too many


@dataclass(frozen=True)
class Person:
    name: str
    skills: frozenset[int] = frozenset()
    off: frozenset[int] = frozenset()  # days on which no shift may start
    blocked: frozenset[tuple[int, int]] = frozenset()  # (day, kind)
    wishes: tuple[Wish, ...] = ()
    totals: tuple[Total, ...] = ()
    runs: tuple[Run, ...] = ()


@dataclass(frozen=True)
class Demand:
    """People wanted in these cells together: the sum over days, kinds and places of those with one of `skills`.

    `least` and `most` must hold (a specialist in every room; the seats); between them each one missing from `wanted`
    costs `under`, each one beyond costs `over`."""

    name: str
    days: tuple[int, ...]
    kinds: frozenset[int] = frozenset()
    places: frozenset[int] = frozenset()
    skills: frozenset[int] = frozenset()
    wanted: int = 0
    least: int = 0
    most: int | None = None
    under: int = 0
    over: int = 0


@dataclass(frozen=True)
class First:
    """These people work one of `training` on an earlier day before any of `then`."""

    training: frozenset[int]
    then: frozenset[int]
    people: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Together:
    """The first shift (of `kinds`) of each newcomer is in a cell with a buddy; at most so many newcomers for one."""

    newcomers: frozenset[int]
    buddies: frozenset[int]
    kinds: frozenset[int] = frozenset()
    most_each: int = 1
    weight: int | None = None


@dataclass(frozen=True)
class Fairness:
    """How evenly these shifts are spread over these people.

    `spread`: weight × (most − fewest of any of them); `squares`: weight × the sum of (number − target)²."""

    name: str
    people: frozenset[int]
    days: tuple[int, ...]
    kinds: frozenset[int] = frozenset()
    form: Literal["spread", "squares"] = "spread"
    target: int = 0
    weight: int = 1


@dataclass(frozen=True)
class Lock:
    """Decided already: this person works in this cell, or does not."""

    assignment: Assignment
    works: bool = True


@dataclass(frozen=True)
class Previous:
    """The roster to be changed as little as possible. What cannot be kept (somebody is ill) costs nothing.

    `change` for each shift taken or given, `person` for each person with a change; nothing changes on `frozen` days
    but what cannot be kept."""

    assignments: frozenset[Assignment]
    change: int = 0
    person: int = 0
    frozen: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Instance:
    name: str
    days: int
    kinds: tuple[Kind, ...]
    people: tuple[Person, ...]
    demands: tuple[Demand, ...] = ()
    places: tuple[Place, ...] = (Place(""),)
    skills: tuple[str, ...] = ()
    weekday: int = 0  # of day 0; Monday is 0
    starts_on: date | None = None
    per_day: int = 1  # shifts of a person on a day
    rest: int = 0  # minutes between the shifts of two days
    firsts: tuple[First, ...] = ()
    togethers: tuple[Together, ...] = ()
    fairness: tuple[Fairness, ...] = ()
    locks: tuple[Lock, ...] = field(default=())
    previous: Previous | None = None

    @cached_property
    def successors(self) -> tuple[frozenset[int], ...]:
        """For each kind the kinds that may be worked on the next day."""
        return tuple(
            frozenset(
                after
                for after, then in enumerate(self.kinds)
                if after not in kind.not_next_day and DAY + then.start - kind.end >= self.rest
            )
            for kind in self.kinds
        )

    def overlap(self, one: int, other: int) -> bool:
        """Whether two kinds cannot both be worked on one day by one person."""
        a, b = self.kinds[one], self.kinds[other]
        return one == other or (a.start < b.end and b.start < a.end)

    @cached_property
    def cells(self) -> tuple[tuple[Cell, ...], ...]:
        """For each person the cells open to him or her, in order: skills, absences and locks considered."""
        never = {lock.assignment for lock in self.locks if not lock.works}
        return tuple(tuple(self._cells(number, never)) for number in range(len(self.people)))

    @cached_property
    def open_cells(self) -> tuple[frozenset[tuple[int, ...]], ...]:
        """The same as sets, to ask whether somebody could work there."""
        return tuple(frozenset(cells) for cells in self.cells)

    def _cells(self, number: int, never: set[Assignment]) -> Iterator[Cell]:
        person = self.people[number]
        able = [
            (kind, place)
            for kind, at in enumerate(self.kinds)
            for place, room in enumerate(self.places)
            if (not room.kinds or kind in room.kinds)
            and (not at.needs or at.needs & person.skills)
            and (not room.needs or room.needs & person.skills)
        ]
        for day in range(self.days):
            if day in person.off:
                continue
            for kind, place in able:
                if (day, kind) not in person.blocked and (number, day, kind, place) not in never:
                    yield Cell(day, kind, place)

    @cached_property
    def weekends(self) -> tuple[tuple[int, ...], ...]:
        """The days of each weekend inside the time, one or two."""
        found: dict[int, list[int]] = {}
        for day in range(self.days):
            if (self.weekday + day) % 7 in (SATURDAY, SUNDAY):
                found.setdefault((self.weekday + day) // 7, []).append(day)
        return tuple(tuple(days) for days in found.values())

    def on(self, day: int) -> date | None:
        """The calendar day, if the instance has dates."""
        return self.starts_on + timedelta(days=day) if self.starts_on else None

    def day_name(self, day: int) -> str:
        """As reports call it: the date, or the number of the day from 0."""
        return when.isoformat() if (when := self.on(day)) else str(day)
