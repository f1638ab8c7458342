"""Erlang C and Erlang A (Palm): how many agents a service level needs, if one level of them does everything.

Closed forms, summed so that nothing large is subtracted from something large: exact to the last few bits for
thousands of agents. Times are in one unit throughout (here: seconds), `arrivals` is calls per that unit.

Erlang C: A. K. Erlang 1917; nobody gives up. Erlang A: C. Palm 1957, in the form of O. Garnett, A. Mandelbaum
and M. Reiman, M&SOM 4 (2002) 208: callers give up after an exponential time with mean `patience`. In both
arrivals are Poisson and calls exponential. Where that is too simple the simulation says more.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import NamedTuple

from numba import njit

MOST_AGENTS = 1_000_000
_HUGE = 1e250


class Result(NamedTuple):
    """Shares are of all offered calls. `asa` is the mean wait of all calls, in the unit of time given."""

    service_level: float  # answered within the given time
    asa: float  # infinite where Erlang C's queue only grows
    wait_probability: float
    occupancy: float
    abandonment: float


@dataclass(frozen=True)
class Target:
    """What must hold; None = does not matter. The service level is the share answered within `within`."""

    service_level: float | None = None
    asa: float | None = None
    abandonment: float | None = None
    occupancy: float | None = None  # at most

    def __post_init__(self) -> None:
        given = [self.service_level, self.asa, self.abandonment, self.occupancy]
        if all(one is None for one in given):
            raise ValueError("a target names at least one of service level, ASA, abandonment, occupancy")
        _share("service level", self.service_level, whole=False)
        _share("abandonment", self.abandonment)
        _share("occupancy", self.occupancy)
        if self.asa is not None and not self.asa >= 0:
            raise ValueError("an average speed of answer is 0 or more")

    def met(self, result: Result) -> bool:
        return (
            (self.service_level is None or result.service_level >= self.service_level)
            and (self.asa is None or result.asa <= self.asa)
            and (self.abandonment is None or result.abandonment <= self.abandonment)
            and (self.occupancy is None or result.occupancy <= self.occupancy)
        )


def evaluate(
    agents: int, arrivals: float, aht: float, within: float, patience: float | None = None
) -> Result:
    """Erlang C, or Erlang A if `patience` (the mean time until a caller gives up) is given."""
    _check(arrivals, aht, within, patience)
    if not 0 <= agents <= MOST_AGENTS:
        raise ValueError(f"agents are 0 to {MOST_AGENTS:,}")
    if patience is None:
        return Result(*_erlang_c(agents, arrivals, aht, within))
    return Result(*_erlang_a(agents, arrivals, aht, within, patience))


def fewest(target: Target, arrivals: float, aht: float, within: float, patience: float | None = None) -> int:
    """The smallest number of agents that meets the target: one less misses it.

    Everything a target may name gets better with each agent, so bisection finds it.
    """
    _check(arrivals, aht, within, patience)
    above = max(1, math.ceil(arrivals * aht))
    while not target.met(evaluate(above, arrivals, aht, within, patience)):
        if above >= MOST_AGENTS:
            raise ValueError("no number of agents meets this target")
        above = min(2 * above, MOST_AGENTS)
    below = -1
    while above - below > 1:
        middle = (above + below) // 2
        if target.met(evaluate(middle, arrivals, aht, within, patience)):
            above = middle
        else:
            below = middle
    return above


def rostered(agents: int, shrinkage: float) -> int:
    """How many to roster so that `agents` are there, when the share `shrinkage` is on a break, ill, away."""
    if not 0 <= shrinkage < 1:
        raise ValueError("shrinkage is a share from 0 to below 1: at 1 nobody is ever there")
    exact = agents / (1 - shrinkage)
    # 7 / 0.7 is 10.000000000000002: nobody is called up for a rounding error.
    return math.ceil(exact - 1e-9 * max(1.0, exact))


@njit(cache=True, nogil=True)
def blocking(load: float, agents: int) -> float:
    """Erlang B by the recursion of its inverse: positive terms only, stable for any load, no division."""
    if load == 0.0:
        return 0.0 if agents > 0 else 1.0
    inverse, step = 1.0, 1.0 / load
    for n in range(1, agents + 1):
        inverse = 1.0 + n * step * inverse
    return 1.0 / inverse


@njit(cache=True, nogil=True)
def _erlang_c(
    agents: int, arrivals: float, aht: float, within: float
) -> tuple[float, float, float, float, float]:
    load = arrivals * aht
    return erlang_c_of(blocking(load, agents) if agents > load else 1.0, agents, load, aht, within)


@njit(cache=True, nogil=True)
def erlang_c_of(
    blocked: float, agents: int, load: float, aht: float, within: float
) -> tuple[float, float, float, float, float]:
    """The fields of `Result` from Erlang B, which only a room that keeps up needs."""
    if load == 0.0:
        return 1.0, 0.0, 0.0 if agents > 0 else 1.0, 0.0, 0.0
    if agents <= load:
        return 0.0, math.inf, 1.0, 1.0, 0.0
    waits = agents * blocked / (agents - load * (1.0 - blocked))
    late = waits * math.exp(-(agents - load) * within / aht)
    return 1.0 - late, waits * aht / (agents - load), waits, load / agents, 0.0


@njit(cache=True, nogil=True)
def _queue_sums(arrivals: float, capacity: float, leaving: float) -> tuple[float, float, float]:
    """Over the states with k waiting, relative to k = 0: the log of a common factor, the sum, the sum of k.

    The weight of k is the product of arrivals / (capacity + i * leaving) for i = 1 … k.
    """
    log_scale, weight, total, waiting, k = 0.0, 1.0, 1.0, 0.0, 0
    while True:
        k += 1
        ratio = arrivals / (capacity + k * leaving)
        weight *= ratio
        total += weight
        waiting += k * weight
        if ratio < 1.0 and k * weight < 1e-18 * (waiting + 1e-300) * (1.0 - ratio):
            return log_scale, total, waiting
        if waiting > _HUGE:
            log_scale += math.log(_HUGE)
            weight, total, waiting = weight / _HUGE, total / _HUGE, waiting / _HUGE


@njit(cache=True, nogil=True)
def _erlang_a(
    agents: int, arrivals: float, aht: float, within: float, patience: float
) -> tuple[float, float, float, float, float]:
    return erlang_a_of(blocking(arrivals * aht, agents), agents, arrivals, aht, within, patience)


@njit(cache=True, nogil=True)
def erlang_a_of(  # noqa: PLR0917  compiled code takes no names
    blocked: float, agents: int, arrivals: float, aht: float, within: float, patience: float
) -> tuple[float, float, float, float, float]:
    """The fields of `Result` from Erlang B."""
    if arrivals == 0.0:
        return 1.0, 0.0, 0.0 if agents > 0 else 1.0, 0.0, 0.0
    leaving, capacity = 1.0 / patience, agents / aht
    log_scale, queue, waiting = _queue_sums(arrivals, capacity, leaving)
    scale = math.exp(-log_scale)
    # All states below "everybody busy, nobody waits", relative to that state.
    # Nobody is ever turned away: smaller than a float can be. Then nobody waits either.
    below = (1.0 / blocked - 1.0) * scale if blocked > 0.0 else math.inf
    everything = below + queue
    wait_probability = queue / everything
    mean_queue = waiting / everything
    abandonment = min(1.0, mean_queue * leaving / arrivals)
    # Answered, but later than `within`. The offered wait V of those who wait has the density
    # arrivals * p(agents-1) * exp(H(x)), H(x) = arrivals/leaving * (1 - exp(-leaving x)) - capacity x,
    # and of them the share exp(-leaving x) is still there (Baccelli and Hebuterne 1981): integrated by parts
    # this is p * exp(H(within)) * (the same sum with the arrivals that are still patient then - 1).
    still = math.exp(-leaving * within)
    log_late, later, _ = _queue_sums(arrivals * still, capacity, leaving)
    height = arrivals / leaving * (-math.expm1(-leaving * within)) - capacity * within
    # later - exp(-log_late) is the sum without k = 0; p(agents-1) = p(agents) * capacity / arrivals.
    answered_late = (later - math.exp(-log_late)) * math.exp(height + log_late - log_scale)
    late = answered_late * capacity / arrivals / everything
    # Calls and nobody there is no room at rest: as in Erlang C, so that each agent more makes it less busy.
    occupancy = min(1.0, arrivals * (1.0 - abandonment) / capacity) if agents else 1.0
    return max(0.0, 1.0 - abandonment - late), mean_queue / arrivals, wait_probability, occupancy, abandonment


def _check(arrivals: float, aht: float, within: float, patience: float | None) -> None:
    for name, number in (("arrivals", arrivals), ("the waiting time of the target", within)):
        if not (math.isfinite(number) and number >= 0):
            raise ValueError(f"{name}: a number of 0 or more")
    for name, time in (("the handling time", aht), ("patience", math.inf if patience is None else patience)):
        if not time > 0:
            raise ValueError(f"{name}: a number above 0")
    if arrivals * aht > MOST_AGENTS:
        raise ValueError(f"more than {MOST_AGENTS:,} agents' work")


def _share(name: str, value: float | None, *, whole: bool = True) -> None:
    if value is not None and not (0 <= value <= 1 if whole else 0 <= value < 1):
        raise ValueError(f"{name}: a share from 0 to {'1' if whole else 'below 1'}, not {value}")
