"""The need of days and weeks: per interval and stream the fewest helpers and specialists that are enough."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from firsthand.plan.pure import erlang
from firsthand.plan.pure.erlang_many import fewest_many
from firsthand.plan.pure.need import days, reasons
from firsthand.plan.pure.need.grid import Grid, Option, staff, whole
from firsthand.plan.pure.need.question import Aim, Calls, Room, Staff, Stream
from firsthand.plan.pure.simulation.estimates import Estimate

DAYS = 200  # times that a day is played to see whether the need is enough
ROUNDS = 3  # of adding where it was not

Told = Callable[[int, int], None]  # done, of all


@dataclass(frozen=True)
class Need:
    """One interval. `low` and `high`: for the few calls and for the many (`Calls.low`, `Calls.high`)."""

    calls: Calls
    erlang_c: int | None  # advisors who ask nobody, callers who wait for ever
    erlang_a: int | None  # … callers who give up
    helpers: int
    specialists: int
    low: Staff
    high: Staff
    rostered: Staff  # so that with breaks and shrinkage so many are there
    service_level: Estimate  # of the day as it passes, with this staff and the middle calls
    reason: str  # why it differs from Erlang: a code of `reasons.REASONS`, or empty
    steps: tuple[tuple[str, int], ...]  # every reason's share: from Erlang C to the helpers
    options: tuple[Trade, ...]  # other numbers of specialists, and what they would cost or spare

    @property
    def staff(self) -> Staff:
        return Staff(self.helpers, self.specialists)


@dataclass(frozen=True)
class Trade:
    """With so many specialists so many helpers are needed for the few, the middle, the many calls; None: no number
    is enough.
    """

    specialists: int
    low: int | None
    middle: int | None
    high: int | None


def of(
    streams: Sequence[Stream],
    aim: Aim,
    *,
    seed: int = 1,
    threads: int | None = None,
    told: Told | None = None,
) -> dict[str, list[list[Need]]]:
    """The need of each stream by day and interval. All streams have the same days and intervals.

    Helpers and specialists are searched together, for intervals as if they went on for ever; then each day is played
    as a whole, and where what waits from the interval before makes it too few, one is added. Raises `ValueError`.
    """
    _check(streams)
    count = len(streams[0].days) if streams else 0
    grids = {stream.name: Grid(stream.room, aim, seed, threads) for stream in streams}
    found: dict[str, list[list[Need]]] = {stream.name: [] for stream in streams}
    for day in range(count):
        rough = [
            [_rough(grids[one.name], one, day, calls) for calls in one.days[day].calls] for one in streams
        ]
        for stream, needs in zip(
            streams, _enough(streams, day, rough, aim, seed=seed, threads=threads), strict=True
        ):
            found[stream.name].append(needs)
        if told:
            told(day + 1, count)
    return found


def interval(
    room: Room, calls: float, aim: Aim, *, seed: int = 1, threads: int | None = None
) -> list[Option]:
    """For one interval alone, simulated at this very number of calls: the best choice, then its neighbours."""
    if room.closed:
        return [Option(0, float(_closed(room, calls, aim)))]
    return Grid(room, aim, seed, threads, exact=True, calls=3).options(calls)


@dataclass(frozen=True)
class _Rough:
    """An interval alone."""

    room: Room
    calls: Calls
    low: list[Option]
    middle: list[Option]
    high: list[Option]


def _rough(grid: Grid, stream: Stream, day: int, calls: Calls) -> _Rough:
    left = stream.room.learning.left(stream.days[day].shifts)
    room = stream.room.when(left)

    def options(number: float) -> list[Option]:
        if room.closed:
            return [Option(0, float(_closed(room, number, grid.aim)))]
        return grid.options(number, left)

    return _Rough(room, calls, options(calls.low), options(calls.middle), options(calls.high))


def _closed(room: Room, calls: float, aim: Aim) -> int:
    """Erlang's own room."""
    return int(fewest_many(aim.target, calls / aim.length, room.helper_aht, aim.within, room.patience))


def _enough(
    streams: Sequence[Stream], day: int, rough: Sequence[Sequence[_Rough]], aim: Aim, *,
    seed: int, threads: int | None,
) -> list[list[Need]]:  # fmt: skip
    """The day played as a whole, with one helper more where the target is surely missed."""
    chosen = [[staff(one.middle[0]) for one in row] for row in rough]
    carried = [[0] * len(row) for row in rough]
    for turn in range(ROUNDS + 1):
        played = days.play(
            streams, day, chosen, aim, days=DAYS, seed=seed, busy=False, absent=False, threads=threads
        )
        outcomes = [played.outcome(at) for at in range(len(streams))]
        missed = [
            (at, number)
            for at, outcome in enumerate(outcomes)
            for number in _missed(outcome, aim.target)
            if rough[at][number].calls.middle > 0
        ]
        if not missed or turn == ROUNDS:
            break
        for at, number in missed:
            there = chosen[at][number]
            chosen[at][number] = there._replace(helpers=there.helpers + 1)
            carried[at][number] += 1
    return [
        [
            _need(one, aim, chosen[at][n], carried[at][n], _nth(outcomes[at].service_level, n))
            for n, one in enumerate(row)
        ]
        for at, row in enumerate(rough)
    ]


def _missed(outcome: days.Outcome, target: erlang.Target) -> list[int]:
    """Intervals that miss the target even at the better end of what the simulation leaves open."""
    bad = np.zeros(len(outcome.asa.mean), bool)
    with np.errstate(invalid="ignore"):
        if target.service_level is not None:
            bad |= outcome.service_level.high < target.service_level
        if target.asa is not None:
            bad |= outcome.asa.low > target.asa
        if target.abandonment is not None:
            bad |= outcome.abandonment.low > target.abandonment
    return [int(n) for n in np.flatnonzero(bad)]


def _need(one: _Rough, aim: Aim, there: Staff, carried: int, level: Estimate) -> Need:
    steps = reasons.steps(one.room, aim, one.calls.middle, there.helpers, carried=carried)
    c, a = reasons.classical(one.room, aim, one.calls.middle)
    few, many = staff(one.low[0]), staff(one.high[0])
    return Need(
        calls=one.calls,
        erlang_c=c,
        erlang_a=a,
        helpers=there.helpers,
        specialists=there.specialists,
        low=Staff(min(few.helpers + carried, there.helpers), min(few.specialists, there.specialists)),
        high=Staff(max(many.helpers + carried, there.helpers), max(many.specialists, there.specialists)),
        rostered=Staff(*(erlang.rostered(n, one.room.absent) for n in there)),
        service_level=level,
        reason=reasons.reason(one.room, steps),
        steps=steps,
        options=_trades(one, carried),
    )


def _trades(one: _Rough, carried: int) -> tuple[Trade, ...]:
    by = [
        {o.specialists: whole(o.helpers) + carried for o in part} for part in (one.low, one.middle, one.high)
    ]
    return tuple(Trade(n, *(part.get(n) for part in by)) for n in sorted(set().union(*by)))


def _nth(estimate: Estimate, at: int) -> Estimate:
    return Estimate(*(float(value[at]) for value in estimate))


def _check(streams: Sequence[Stream]) -> None:
    names = [stream.name for stream in streams]
    if len(set(names)) < len(names):
        raise ValueError("two streams have the same name")
    shapes = {tuple(len(day.calls) for day in stream.days) for stream in streams}
    if len(shapes) > 1:
        raise ValueError("all streams need the same days with the same intervals")
