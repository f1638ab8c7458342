"""One interval that goes on for ever, simulated: how good so many helpers and specialists are.

The same callers also meet a room without questions, whose answer Erlang knows exactly. By how much the simulation
misses it there (these callers happened to be many, or to talk long) is taken off: a control variate, which spares
three of four callers.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import Any

from firsthand.plan.pure.need import layers, rooms
from firsthand.plan.pure.need.question import Aim, Room, Staff
from firsthand.plan.pure.simulation import runs

RUNS = 8
# Calls to simulate, of all runs together: so many for each Erlang, within limits. Then one helper more or less is
# told apart about as surely in small rooms as in large ones.
FOR_EACH_ERLANG, FEWEST, MOST = 900, 8_000, 60_000
_FILLS = 3600.0  # seconds until an empty room is as full as it will be, several times a call


@dataclass
class Steady:
    """Rooms with one set of times; what was simulated is kept. All candidates get the same callers."""

    room: Room
    aim: Aim
    seed: int
    threads: int | None = None
    calls: float = 1.0  # so many times the usual number
    known: dict[tuple[float, Staff], float] = field(default_factory=dict)
    luck: dict[float, float] = field(default_factory=dict)

    def __post_init__(self) -> None:
        room, target = self.room, self.aim.target
        first = layers.numbers(room.helper_aht, room.consult_share, room.consult, room.finish, room.patience)
        last = layers.limits(target.service_level, target.asa, target.abandonment, target.occupancy)
        self.numbers: Any = layers.room_of(first, self.aim.within, last)

    def margin(self, arrivals: float, staff: Staff) -> float:
        """How far the target is met with these calls a second; 0 or more if it is."""
        if arrivals not in self.luck:
            self.luck[arrivals] = self._luck(arrivals)
        if (arrivals, staff) not in self.known:
            found = self._simulated(self.room, self.numbers, arrivals, staff)
            self.known[arrivals, staff] = found - self.luck[arrivals]
        return self.known[arrivals, staff]

    def _luck(self, arrivals: float) -> float:
        """By how much these callers seem better served than they should be, where that is known."""
        room = self.room
        if room.variability != 1.0:
            return 0.0
        time = room.helper_aht + room.consult_share * (room.consult + room.finish)
        plain = Room(time, time, patience=room.patience)
        numbers = self.numbers.copy()
        numbers[:4] = time, 0.0, room.consult, 0.0
        helpers = max(1, math.ceil(layers.fewest(numbers, 1, arrivals)))
        exact = layers.margin(numbers, helpers, 1, arrivals)
        return self._simulated(plain, numbers, arrivals, Staff(helpers, 0)) - float(exact)

    def _simulated(self, room: Room, numbers: Any, arrivals: float, staff: Staff) -> float:
        calls = min(MOST, max(FEWEST, FOR_EACH_ERLANG * arrivals * room.helper_aht))
        length = self.calls * calls / RUNS / arrivals
        part = rooms.Part("", room, (arrivals, arrivals), (staff, staff))
        made = rooms.scenario([part], (min(_FILLS, length), length), self.aim, warm_up=1)
        # Other callers for another number of them: what is interpolated shall not err to the same side.
        seed = (self.seed * 1_000_003 + round(arrivals * 1e9)) % 2**62
        found = runs.run(made, RUNS, seed, self.threads)
        counts, groups = found.by_type[:, 0, 1], found.by_group[:, :, 1]
        arrived = max(1.0, counts["arrived"].sum())
        busy = groups["busy"].sum(axis=0) / groups["staffed"].sum(axis=0).clip(1.0)
        return float(
            layers.margin_of(
                numbers,
                counts["in_target"].sum() / arrived,
                (counts["wait"] + counts["wait_lost"]).sum() / arrived,
                counts["abandoned"].sum() / arrived,
                busy.max(),
            )
        )

    def just_enough(self, arrivals: float, specialists: int, guess: float) -> float:
        """How many helpers are just enough, as if they could be halved (`layers.fewest`); infinite if none are.

        From the guess up or down, one by one: it is seldom off by more than two.
        """
        above = max(1, math.ceil(guess - 1e-9))
        most = 2 * above + 20

        def good(helpers: int) -> float:
            return self.margin(arrivals, Staff(helpers, specialists))

        step = 1
        while good(above) < 0:
            if above >= most:
                return math.inf
            above, step = min(most, above + step), 2 * step
        below, step = above - 1, 1
        while below > 0 and good(below) >= 0:
            above, below, step = below, max(0, below - step), 2 * step
        while above - below > 1:
            middle = (above + below) // 2
            above, below = (middle, below) if good(middle) >= 0 else (above, middle)
        if below == 0:
            return 1.0  # somebody must be there
        less, enough = good(below), good(above)
        return below - less / (enough - less)
