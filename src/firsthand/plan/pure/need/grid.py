"""Helpers and specialists together, for any number of calls, from simulations at a few numbers of calls.

How many helpers are just enough beside s specialists is close to what `layers` says. What the simulation says
differs from it by little and smoothly, so it is simulated at numbers of calls a tenth apart (and for helpers on
their first shift, half trained and fully trained), and the difference is interpolated. Where it is not small, with
specialists who hardly keep up, the very number asked for is simulated.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import NamedTuple

from firsthand.plan.pure.need import layers
from firsthand.plan.pure.need.question import Aim, Room, Staff
from firsthand.plan.pure.need.steady import Steady

STEP = 1.2  # between numbers of calls that are simulated
LEVELS = 2  # halves of the excess of a first shift
SMALL = 1.0  # helpers: a difference above this is not interpolated
_MANY = 400  # specialists at most
_TRIED = 12


class Option(NamedTuple):
    """With so many specialists so many helpers are just enough, as if they could be halved."""

    specialists: int
    helpers: float


@dataclass
class Grid:
    """One room over all its days. `exact`: simulate each number of calls that is asked for."""

    room: Room
    aim: Aim
    seed: int
    threads: int | None = None
    exact: bool = False
    calls: float = 1.0  # see `Steady`
    steady: dict[float, Steady] = field(default_factory=dict)
    apart: dict[tuple[float, float, int], float] = field(default_factory=dict)

    def options(self, calls: float, left: float = 0.0) -> list[Option]:
        """For `calls` in an interval: the best choice first, then its neighbours. `left`: see `Learning.left`."""
        arrivals = calls / self.aim.length
        if not arrivals:
            return [Option(0, 0.0)]
        if not self.room.consult_share:
            return [Option(0, self._helpers(arrivals, left, 0))]
        roughly = self._roughly(arrivals, left)
        best = Option(roughly, self._helpers(arrivals, left, roughly))
        found = {roughly: best}
        while len(found) < _TRIED:
            for n in (best.specialists - 1, best.specialists + 1):
                if n not in found and self._may_be_better(arrivals, left, n, best):
                    found[n] = Option(n, self._helpers(arrivals, left, n))
            cheapest = min(found.values(), key=self.cost)
            if cheapest == best:
                break
            best = cheapest
        if math.isinf(best.helpers):
            raise ValueError("no number of helpers and specialists meets this target")
        return sorted((one for one in found.values() if math.isfinite(one.helpers)), key=self.cost)

    def _may_be_better(self, arrivals: float, left: float, specialists: int, best: Option) -> bool:
        """`layers` promises too much, never too little: what is much dearer by it needs no simulation."""
        if specialists < 1:
            return False
        promised = Option(specialists, layers.fewest(self._steady(left).numbers, specialists, arrivals))
        return self.cost(promised)[0] <= self.cost(best)[0] + 1

    def cost(self, option: Option) -> tuple[float, float]:
        """Whole helpers count; of two equal choices the one with more to spare."""
        price = self.room.specialist_cost * option.specialists
        if math.isinf(option.helpers):
            return math.inf, option.specialists
        return whole(option.helpers) + price, option.helpers + price

    def _roughly(self, arrivals: float, left: float) -> int:
        """The best number of specialists by `layers` alone."""
        numbers = self._steady(left).numbers
        room = self.room.when(left)
        first = max(1, math.floor(arrivals * room.consult_share * room.consult))
        best, least = first, math.inf
        for n in range(first, first + _MANY):
            cost = layers.fewest(numbers, n, arrivals) + room.specialist_cost * n
            if cost < least:
                best, least = n, cost
            elif math.isfinite(least) and n > best + 2:
                break
        return best

    def _helpers(self, arrivals: float, left: float, specialists: int) -> float:
        if self.exact or self.aim.length * arrivals < 1:
            return self._just(arrivals, left, specialists)
        guess = layers.fewest(self._steady(left).numbers, max(1, specialists), arrivals)
        place = math.log(arrivals) / math.log(STEP)
        low, share = math.floor(place), place - math.floor(place)
        first, part = math.floor(left * LEVELS), left * LEVELS - math.floor(left * LEVELS)
        found = 0.0
        for at, weight in ((low, 1 - share), (low + 1, share)):
            for level, also in ((first, 1 - part), (first + 1, part)):
                if weight * also > 1e-9:
                    apart = self._apart(STEP**at, level / LEVELS, specialists)
                    if not abs(apart) <= SMALL:
                        return self._just(arrivals, left, specialists)
                    found += weight * also * apart
        return max(1.0, guess + found)

    def _apart(self, arrivals: float, left: float, specialists: int) -> float:
        """What the simulation says more than `layers`; infinite where one of them finds no number."""
        key = arrivals, left, specialists
        if key not in self.apart:
            guess = layers.fewest(self._steady(left).numbers, max(1, specialists), arrivals)
            there = self._just(arrivals, left, specialists) if math.isfinite(guess) else math.inf
            self.apart[key] = there - guess if math.isfinite(there) else math.inf
        return self.apart[key]

    def _just(self, arrivals: float, left: float, specialists: int) -> float:
        steady = self._steady(left)
        guess = layers.fewest(steady.numbers, max(1, specialists), arrivals)
        if math.isinf(guess):
            return math.inf
        return steady.just_enough(arrivals, specialists, guess)

    def _steady(self, left: float) -> Steady:
        if left not in self.steady:
            self.steady[left] = Steady(
                self.room.when(left), self.aim, self.seed, self.threads, calls=self.calls
            )
        return self.steady[left]


def whole(helpers: float) -> int:
    """What is just enough as people: nobody is called for a rounding error."""
    return math.ceil(helpers - 1e-6)


def staff(option: Option) -> Staff:
    return Staff(whole(option.helpers), option.specialists)
