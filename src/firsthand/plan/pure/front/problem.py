"""A front week as a problem: who could answer when, in which room, after which training, and what it would cost.

A *half-day* is a number: `day * len(halves) + half`, with days counted over the working days of the front week.
People, rooms, sessions are numbers too (their place in the tuples of the `Problem`). Prices are whole numbers, so
that an objective is exact. What is missing (people, an executive, a buddy, a person's fewest shifts) has a price;
everything else (`rules`) must hold.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import NamedTuple

CALLS = "calls"
FRIDAY = 4
_NOTHING: Mapping[int, int] = {}


class Half(NamedTuple):
    """A part of each day; `start` and `end` in minutes."""

    name: str
    start: int
    end: int


HALVES = (Half("morning", 8 * 60, 12 * 60), Half("afternoon", 13 * 60, 17 * 60))


@dataclass(frozen=True)
class Room:
    name: str
    language: str
    seats: int


@dataclass(frozen=True)
class Person:
    """`levels`: what he or she counts as in a room, all at once: calls, or topics. `blocked`: absent half-days.

    `wishes`: the price of each half-day that he or she would rather not work. `trains`: the kinds of session of
    which one comes first, on an earlier day; empty: ready. `barred`: rooms where colleagues' contacts may land."""

    name: str
    languages: frozenset[str]
    levels: frozenset[str] = frozenset({CALLS})
    trains: frozenset[str] = frozenset()
    least: int = 0
    most: int = 6
    a_week: int = 3
    blocked: frozenset[int] = frozenset()
    wishes: Mapping[int, int] = field(default_factory=lambda: _NOTHING)
    barred: frozenset[int] = frozenset()
    executive: bool = False
    buddy: bool = False
    newcomer: bool = False


@dataclass(frozen=True)
class Need:
    """`wanted` people of a level in a room; each one missing costs `under`, each one beyond `over`."""

    half_day: int
    room: int
    level: str
    wanted: int
    under: int = 80
    over: int = 6


@dataclass(frozen=True)
class Session:
    """Training on a day, or on one half of it. Whoever speaks its language may sit in."""

    kind: str
    day: int
    language: str
    seats: int
    half: int | None = None


@dataclass(frozen=True)
class Prices:
    """What may be missed, and what that costs."""

    executive: int = 20  # for a room and week without one
    buddy: int = 20  # for a newcomer's first shift beyond `newcomers_each` for a buddy in that room
    newcomers_each: int = 4
    least: int = 40  # for each shift short of a person's fewest
    friday: int = 2  # for each Friday shift of a person beyond `fridays`
    fridays: int = 2
    half: int = 1  # for each morning (or afternoon) of a person beyond `each_half`
    each_half: int = 4


class Lock(NamedTuple):
    """Decided already: this person is in this room on this half-day, or (None) is free."""

    person: int
    half_day: int
    room: int | None


@dataclass(frozen=True)
class Problem:
    name: str
    dates: tuple[date, ...]  # working days, in order
    rooms: tuple[Room, ...]
    people: tuple[Person, ...]
    needs: tuple[Need, ...]
    sessions: tuple[Session, ...] = ()
    halves: tuple[Half, ...] = HALVES
    a_day: int = 1  # shifts of a person; a training day counts
    rest: int = 11 * 60  # minutes between the shifts of two days
    prices: Prices = Prices()
    locks: tuple[Lock, ...] = ()

    @property
    def half_days(self) -> int:
        return len(self.dates) * len(self.halves)

    def day_of(self, half_day: int) -> int:
        return half_day // len(self.halves)

    def half_of(self, half_day: int) -> int:
        return half_day % len(self.halves)

    def at(self, half_day: int) -> str:
        """As reports call it."""
        return f"{self.dates[self.day_of(half_day)].isoformat()} {self.halves[self.half_of(half_day)].name}"

    @cached_property
    def weeks(self) -> tuple[int, ...]:
        """For each day the number of its calendar week, counted from the first."""
        first = self.dates[0].toordinal() - self.dates[0].weekday() if self.dates else 0
        return tuple((day.toordinal() - first) // 7 for day in self.dates)

    @cached_property
    def fridays(self) -> frozenset[int]:
        return frozenset(number for number, day in enumerate(self.dates) if day.weekday() == FRIDAY)

    def speaks(self, person: int, room: int) -> bool:
        one = self.people[person]
        return self.rooms[room].language in one.languages and room not in one.barred

    def may_follow(self, half_day: int) -> bool:
        """Whether a person may work on this half-day and on the one before."""
        if self.half_of(half_day) > 0:
            return self.a_day > 1
        day = self.day_of(half_day)
        if day == 0 or (self.dates[day] - self.dates[day - 1]).days > 1:
            return True
        return 24 * 60 + self.halves[0].start - self.halves[-1].end >= self.rest

    def halves_of(self, session: int) -> tuple[int, ...]:
        """The half-days that a session fills."""
        one, width = self.sessions[session], len(self.halves)
        halves = range(width) if one.half is None else (one.half,)
        return tuple(one.day * width + half for half in halves)

    def can_train(self, person: int, session: int) -> bool:
        one, at = self.people[person], self.sessions[session]
        return (
            at.kind in one.trains
            and at.language in one.languages
            and not any(half_day in one.blocked for half_day in self.halves_of(session))
        )


class Shift(NamedTuple):
    person: int
    half_day: int
    room: int


@dataclass(frozen=True)
class Roster:
    shifts: frozenset[Shift] = frozenset()
    training: frozenset[tuple[int, int]] = frozenset()  # (person, session)
