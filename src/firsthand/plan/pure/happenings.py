"""Planned events as the forecast wants them: of one kind the days it was, how long it works, and its shape.

A kind is learnt over the years: occurrences are laid upon each other at the day that says most, the first of the
letters, the last of a deadline. A coming one for which the planner gives a factor stands alone: it is believed.
The shapes are of our own making, from what insurers tell of their autumns; they count only until there is a past.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from firsthand.plan.pure.forecast import Event

MOST = 60  # days, of pure.forecast.Event
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Shape:
    """`by_end`: laid upon each other at the last day. `before`, `after`: days on which it is felt beyond its own."""

    by_end: bool = False
    before: int = 0
    after: int = 0


SHAPES: dict[str, Shape] = {
    "letters": Shape(after=9),  # they lie on the kitchen table, then people call
    "announcement": Shape(after=5),
    "deadline": Shape(by_end=True, after=1),
    "invoices": Shape(after=4),
    "other": Shape(),
}


@dataclass(frozen=True)
class Occurrence:
    """One event as a planner typed it. `factor`: times the usual day, on the fullest day."""

    kind: str
    name: str
    first: date
    last: date
    factor: float | None = None

    @property
    def days(self) -> int:
        return min((self.last - self.first).days + 1, MOST)

    @property
    def group(self) -> str:
        """What is learnt together; of “something else” only what has one name."""
        return self.name.casefold() if self.kind == "other" else self.kind


def events(occurrences: Sequence[Occurrence], today: date) -> list[Event]:
    """`today`: occurrences that begin later, with a factor, are taken as the planner says."""
    alone = [one for one in occurrences if one.factor is not None and one.first >= today]
    learnt = sorted((one for one in occurrences if one not in alone), key=lambda one: one.group)
    found = [_said(one) for one in dict.fromkeys(alone)]
    for group, some in groupby(learnt, key=lambda one: one.group):
        found.append(_learnt(group, list(some)))
    return found


def _learnt(group: str, occurrences: Sequence[Occurrence]) -> Event:
    shape = SHAPES[occurrences[0].kind]
    longest = max(one.days for one in occurrences) - 1
    before = min(MOST, shape.before + (longest if shape.by_end else 0))
    after = min(MOST, shape.after + (0 if shape.by_end else longest))
    factors = [one.factor for one in occurrences if one.factor]
    peak = sum(factors) / len(factors) if factors else 1.0
    dates = tuple(sorted({_anchor(one) for one in occurrences}))
    return Event(group, dates, before, after, _factors(shape, before, after, peak))


def _said(one: Occurrence) -> Event:
    shape = SHAPES[one.kind]
    before = min(MOST, shape.before + (one.days - 1 if shape.by_end else 0))
    after = min(MOST, shape.after + (0 if shape.by_end else one.days - 1))
    name = f"{one.group} {one.first.isoformat()}"
    return Event(
        name, (_anchor(one),), before, after, _factors(shape, before, after, max(one.factor or 0, 0.05))
    )


def _anchor(one: Occurrence) -> date:
    return one.last if SHAPES[one.kind].by_end else one.first


def _factors(shape: Shape, before: int, after: int, peak: float) -> tuple[float, ...]:
    """Up to the fullest day and down again, one factor for each day from `before` to `after`.

    A deadline rises to its last day; all else is fullest on its second day, and what comes after fades.
    """
    if peak == 1.0:
        return ()
    full = before if shape.by_end else before + min(1, after)
    length = before + 1 + after
    rise = max(full, 1)
    fade = max(length - full, 2)
    shares = [
        1 - 0.8 * (full - at) / rise if at <= full else max(0.05, 1 - (at - full) / fade)
        for at in range(length)
    ]
    return tuple(max(0.01, 1 + (peak - 1) * share) for share in shares)
