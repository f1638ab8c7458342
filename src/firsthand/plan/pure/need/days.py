"""A day as it passes, half-hour after half-hour, with the staff that is there: simulated as a whole.

Unlike a half-hour alone, it starts empty, what waits at the end of one half-hour waits at the start of the next, and
a day may be busier than expected in all languages at once.
"""

from __future__ import annotations

import math
import statistics
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from firsthand.plan.pure.need import rooms
from firsthand.plan.pure.need.question import Aim, Calls, Room, Staff, Stream
from firsthand.plan.pure.simulation import estimates, runs
from firsthand.plan.pure.simulation.estimates import Estimate

CONFIDENCE = 0.95
_Z90 = 1.2815515655446004  # the 90 % quantile of a normal distribution
_LEAST_SHAPE = 1.0


@dataclass(frozen=True)
class Outcome:
    """How good one language and level was: by interval (arrays), and the whole day."""

    service_level: Estimate
    asa: Estimate  # mean wait of all calls, seconds
    abandonment: Estimate
    day: dict[str, Estimate]  # the same three for the whole day


@dataclass(frozen=True)
class Played:
    """One day, all streams: runs × intervals of sums, by stream."""

    names: tuple[str, ...]
    arrived: Any  # runs × streams × intervals
    in_target: Any
    waited: Any
    abandoned: Any

    def outcome(self, at: int) -> Outcome:
        n, good = self.arrived[:, at], self.in_target[:, at]
        wait, gone = self.waited[:, at], self.abandoned[:, at]
        return Outcome(
            estimates.of_ratio(good, n, CONFIDENCE),
            estimates.of_ratio(wait, n, CONFIDENCE),
            estimates.of_ratio(gone, n, CONFIDENCE),
            {
                name: estimates.of_ratio(one.sum(axis=1), n.sum(axis=1), CONFIDENCE)
                for name, one in (("service_level", good), ("asa", wait), ("abandonment", gone))
            },
        )


def play(
    streams: Sequence[Stream], day: int, staff: Sequence[Sequence[Staff]], aim: Aim, *,
    days: int, seed: int, busy: bool = True, absent: bool = True, threads: int | None = None,
) -> Played:  # fmt: skip
    """`days` times the same day. `staff` by stream and interval: on the roster if some are `absent` at random (each
    at the room's share), else at the desks. `busy`: the day's calls vary as the quantiles say, else they are the
    middle ones.
    """
    intervals = len(streams[0].days[day].calls)
    parts = [
        rooms.Part(
            stream.name,
            room_on(stream, day),
            [one.middle / aim.length for one in stream.days[day].calls],
            staff[at],
            stream.room.absent if absent else 0.0,
        )
        for at, stream in enumerate(streams)
    ]
    shape = busyness([one for stream in streams for one in stream.days[day].calls]) if busy else 0.0
    made = rooms.scenario(parts, (aim.length,) * intervals, aim, busy_shape=shape)
    found = runs.run(made, days, seed * 10_007 + day, threads).by_type[:, : len(streams)]
    return Played(
        tuple(stream.name for stream in streams),
        found["arrived"],
        found["in_target"],
        found["wait"] + found["wait_lost"],
        found["abandoned"],
    )


def room_on(stream: Stream, day: int) -> Room:
    return stream.room.when(stream.room.learning.left(stream.days[day].shifts))


def busyness(calls: Sequence[Calls]) -> float:
    """The shape of the gamma factor of a day that makes counts vary as these quantiles say; 0 for none.

    The spread of a count is Poisson's own and the factor's: variance = middle + (spread of the factor × middle)².
    """
    spreads = []
    for one in calls:
        if one.middle >= 1:
            variance = ((one.high - one.low) / (2 * _Z90)) ** 2 - one.middle
            spreads.append(math.sqrt(max(0.0, variance)) / one.middle)
    spread = statistics.median(spreads) if spreads else 0.0
    return max(_LEAST_SHAPE, spread**-2) if spread > 1e-3 else 0.0


def difference(one: Played, other: Played, at: int) -> Estimate:
    """By how much the service level of the day changes from one to the other. They met the same callers, so what is
    luck in both is no difference: the interval is narrower than those of the two.
    """
    parts = []
    for played in (one, other):
        good, n = played.in_target[:, at].sum(axis=1), played.arrived[:, at].sum(axis=1)
        ratio = good.mean() / max(n.mean(), 1e-12)
        parts.append((ratio, (good - ratio * n) / max(n.mean(), 1e-12)))
    (before, rest), (after, other_rest) = parts
    found = estimates.of_means(np.asarray(other_rest - rest), CONFIDENCE)
    change = after - before
    half = found.high - found.mean
    return Estimate(change, found.se, change - half, change + half)
