"""Holidays and planned events: what a named day did to the volume before, and what it will do.

All in logarithms of daily totals. An effect is how far a day lay from what its surroundings would have given
(levels.decompose, with the event's days left out). Effects of several days are estimated together by ridge
regression: towards the planner's own factor where one is given, a holiday towards what holidays do in general,
days of one event towards each other (a premium letter's wave is smooth). Billing days as regressors:
S. Aldor-Noiman, P. Feigin, A. Mandelbaum, Annals of Applied Statistics 3 (2009) 1403.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from firsthand.plan.pure.forecast.history import Floats

NOISE = 0.15  # of one day's logarithm around its surroundings, at least
_NAMED = 0.35  # how far a holiday may lie from what holidays do in general, a day of an event from the planner's factor
_WIDE = 1.5  # how far anything may lie from nothing
_SMOOTH = 0.25  # from one day of an event to the next
_CLOSED = 0.03  # of the usual volume: nobody was there
_SURE = 4  # holidays that tell what the house does on holidays
HOLIDAY, AFTER, BEFORE = "holiday", "after a holiday", "before a holiday"


@dataclass(frozen=True)
class Event:
    """`dates`: when it was and will be. It works from `before` days before to `after` days after (calendar
    days). `factors`: what the planner expects of each of these days, 1.0 = nothing; one number = all days.
    Past occurrences, if there are any, count for more than the factors."""

    name: str
    dates: tuple[date, ...]
    before: int = 0
    after: int = 0
    factors: tuple[float, ...] = ()

    def __post_init__(self) -> None:
        if not 0 <= self.before <= 60 or not 0 <= self.after <= 60:
            raise ValueError(f"{self.name}: an event works for at most 60 days before and after")
        if len(self.factors) not in (0, 1, self.length) or any(not 0 < one < 100 for one in self.factors):
            raise ValueError(
                f"{self.name}: give one factor, or {self.length} (one for each day), above 0 and below 100"
            )

    @property
    def length(self) -> int:
        return self.before + 1 + self.after

    @cached_property
    def expected(self) -> Floats:
        """(length,) logarithms of the planner's factors."""
        return np.broadcast_to(np.log(np.array(self.factors or (1.0,), float)), (self.length,))


@dataclass(frozen=True)
class Calendar:
    """What is known of days beforehand."""

    holidays: Mapping[date, str]
    events: Sequence[Event] = ()
    closed: frozenset[date] = frozenset()


@dataclass(frozen=True)
class Effect:
    """What an event did on a day: `factor` as learnt (or as given, if `seen` is 0)."""

    name: str
    offset: int
    factor: float
    seen: int


class Regressors:
    """One column for each thing a day can be: a holiday, this holiday, the fifth day after the letters."""

    def __init__(self, calendar: Calendar, first: date, days: int, opening: Sequence[bool]) -> None:
        self.first, self.days = first, days
        self.columns: dict[tuple[str, int], Floats] = {}
        self.expected: dict[tuple[str, int], float] = {}
        self.off = np.zeros(days, bool)  # holidays: their own days tell nothing about others
        for event in calendar.events:
            self._event(event)
        for day, name in calendar.holidays.items():
            self._holiday(day, name, opening)

    def _event(self, event: Event) -> None:
        for offset in range(-event.before, event.after + 1):
            key = (event.name, offset)
            self.expected[key] = float(event.expected[offset + event.before])
            self.columns[key] = np.zeros(self.days)
            for day in event.dates:
                self._mark(key, self._at(day) + offset)

    def _holiday(self, day: date, name: str, opening: Sequence[bool]) -> None:
        at = self._at(day)
        if not -7 <= at < self.days + 7 or not opening[day.weekday()]:
            return
        self._mark((HOLIDAY, 0), at)
        self._mark((f"{HOLIDAY}: {name}", 0), at)
        if 0 <= at < self.days:
            self.off[at] = True
        for key, step in (((AFTER, 0), 1), ((BEFORE, 0), -1)):
            near = next((one for one in range(1, 4) if opening[(day.weekday() + one * step) % 7]), 1)
            self._mark(key, at + near * step)

    def _mark(self, key: tuple[str, int], at: int) -> None:
        column = self.columns.setdefault(key, np.zeros(self.days))
        self.expected.setdefault(key, 0.0)
        if 0 <= at < self.days:
            column[at] = 1

    def _at(self, day: date) -> int:
        return (day - self.first).days

    @property
    def touched(self) -> NDArray[np.bool_]:
        """(days,) whether anything is special."""
        return np.asarray(sum(self.columns.values(), np.zeros(self.days)) > 0)

    def effects(self, apart: Floats, noise: float) -> tuple[Floats, list[Effect]]:
        """`apart`: (known days,) how far each lay from its surroundings, NaN = unknown. → (days,) the sum of
        what is special about each day, past and future; and the list of what was learnt."""
        if not self.columns:
            return np.zeros(self.days), []
        keys = list(self.columns)
        table = np.stack([self.columns[key] for key in keys], axis=1)
        prior = np.array([self.expected[key] for key in keys])
        use = ~np.isnan(apart) & table[: len(apart)].any(1)
        past, seen = table[: len(apart)][use], apart[use] - table[: len(apart)][use] @ prior
        weight = 1 / max(noise, NOISE) ** 2
        left = weight * past.T @ past + self._penalty(keys)
        learnt = prior + np.linalg.solve(left, weight * past.T @ seen)
        times = past.sum(0).astype(int)
        listed = [
            Effect(name, offset, float(np.exp(value)), int(count))
            for (name, offset), value, count in zip(keys, learnt, times, strict=True)
        ]
        return table @ learnt, listed

    def _penalty(self, keys: list[tuple[str, int]]) -> Floats:
        """What stands for "nothing unusual is known": small steps, towards what was expected."""
        own = [_NAMED if name.startswith(f"{HOLIDAY}: ") else _WIDE for name, _ in keys]
        penalty = np.diag(1 / np.array(own) ** 2)
        for one, (name, offset) in enumerate(keys):
            if (name, offset + 1) in self.columns:
                two = keys.index((name, offset + 1))
                for row, column, sign in ((one, one, 1), (two, two, 1), (one, two, -1), (two, one, -1)):
                    penalty[row, column] += sign / _SMOOTH**2
        return penalty


def shut(calendar: Calendar, first: date, totals: Floats, usual: Floats) -> frozenset[date]:
    """Days in which nobody will be there: those said to be closed; a holiday if the house was closed on its last
    occurrence; any holiday if it was closed on each of at least _SURE. `totals`, `usual`: (known days,) what was
    and what would have been."""
    was: dict[str, bool] = {}
    for day, name in sorted(calendar.holidays.items()):
        at = (day - first).days
        if 0 <= at < len(totals) and not np.isnan(usual[at]):
            was[name] = bool(np.isnan(totals[at]) or totals[at] < _CLOSED * usual[at])
    always = len(was) >= _SURE and all(was.values())
    return calendar.closed | {day for day, name in calendar.holidays.items() if was.get(name, always)}
