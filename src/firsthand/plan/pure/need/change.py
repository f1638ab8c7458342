"""What if: the same weeks with fewer people, more calls, letters on another day; the same callers in both."""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from firsthand.plan.pure.need import days
from firsthand.plan.pure.need.days import Outcome
from firsthand.plan.pure.need.question import Aim, Calls, Day, Staff, Stream
from firsthand.plan.pure.simulation.estimates import Estimate

DAYS = 400  # times that each day is played

Rostered = Mapping[str, Sequence[Sequence[Staff]]]  # by stream: days, intervals


@dataclass(frozen=True)
class Change:
    """All that is changed at once. Nothing given changes nothing."""

    helpers: int = 0  # more (below 0: fewer) in every interval, of all streams together, by their size
    specialists: int = 0  # likewise
    arrivals: float = 1.0  # factor on all calls
    aht: float = 1.0  # factor on all times of helpers
    later: int = 0  # days that the calls of the event come later (below 0: earlier)

    def __post_init__(self) -> None:
        for name in ("arrivals", "aht"):
            value = getattr(self, name)
            if not (math.isfinite(value) and value > 0):
                raise ValueError(f"{name}: a factor above 0, not {value}")


@dataclass(frozen=True)
class Compared:
    """One stream on one day, before and after; `difference` of the day's service level, with its own interval."""

    stream: str
    day: int
    before: Outcome
    after: Outcome
    difference: Estimate


def what_if(
    streams: Sequence[Stream], rostered: Rostered, change: Change, aim: Aim, *, day: int | None = None,
    runs: int = DAYS, seed: int = 1, threads: int | None = None,
) -> list[Compared]:  # fmt: skip
    """One day (by its number), or all, as planned and changed. Days vary as the quantiles of the calls say, people
    are away at random as their room says.
    """
    changed = [_changed(stream, change) for stream in streams]
    found = []
    for at in range(len(streams[0].days)) if day is None else (day,):
        before = [rostered[stream.name][at] for stream in streams]
        given = {"days": runs, "seed": seed, "threads": threads}
        planned = days.play(streams, at, before, aim, **given)  # type: ignore[arg-type]
        other = days.play(changed, at, _staffed(before, change), aim, **given)  # type: ignore[arg-type]
        found += [
            Compared(
                stream.name, at, planned.outcome(n), other.outcome(n), days.difference(planned, other, n)
            )
            for n, stream in enumerate(streams)
        ]
    return found


def _changed(stream: Stream, change: Change) -> Stream:
    room = dataclasses.replace(stream.room, helper_aht=stream.room.helper_aht * change.aht)
    count = len(stream.days)
    found = []
    for at, day in enumerate(stream.days):
        source = at - change.later
        event = stream.days[source].calls if 0 <= source < count else None
        calls = tuple(
            _scaled(_moved(one, event[n].event if event else 0.0) if change.later else one, change.arrivals)
            for n, one in enumerate(day.calls)
        )
        found.append(Day(calls, day.shifts))
    return Stream(stream.name, room, tuple(found))


def _moved(calls: Calls, event: float) -> Calls:
    """Other calls of the event than expected; the spread around the middle keeps its share."""
    middle = calls.middle - calls.event + event
    share = middle / calls.middle if calls.middle else 1.0
    low, high = calls.low * share, max(middle, calls.high * share)
    return Calls(min(low, middle), middle, high, event)


def _scaled(calls: Calls, factor: float) -> Calls:
    return Calls(*(one * factor for one in calls))


def _staffed(staff: Sequence[Sequence[Staff]], change: Change) -> list[list[Staff]]:
    """The change spread over the streams, interval by interval."""
    columns = list(zip(*staff, strict=True))
    changed = []
    for column in columns:
        helpers = spread(change.helpers, [one.helpers for one in column])
        specialists = spread(change.specialists, [one.specialists for one in column])
        changed.append([Staff(*pair) for pair in zip(helpers, specialists, strict=True)])
    return [list(row) for row in zip(*changed, strict=True)]


def spread(more: int, there: Sequence[int]) -> list[int]:
    """`there` with so many more or fewer in all, by size, largest remainders first; nobody below 0."""
    total = sum(there)
    if not total or not more:
        return list(there)
    after = max(0, total + more)
    exact = [n * after / total for n in there]
    found = [math.floor(one) for one in exact]
    for at in sorted(range(len(there)), key=lambda at: (found[at] - exact[at], at))[: after - sum(found)]:
        found[at] += 1
    return found
