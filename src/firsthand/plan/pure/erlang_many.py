"""Erlang C and Erlang A for thousands of intervals at once: the same smallest numbers as `erlang.fewest`.

Every agent more costs one step of Erlang B's recursion, so an interval is walked through once, from nobody to
the smallest number that is enough, instead of starting the recursion anew for each number that is tried.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from numba import njit

from firsthand.plan.pure.erlang import MOST_AGENTS, Target, blocking, erlang_a_of, erlang_c_of

_NONE = -1


class NoStaffing(ValueError):
    """No number of agents meets the target in `at`, the number of the interval."""

    def __init__(self, at: int) -> None:
        super().__init__("no number of agents meets this target")
        self.at = at


def fewest_many(target: Target, arrivals: Any, aht: Any, within: Any, patience: Any = None) -> Any:
    """The smallest number of agents of each interval (int64), exactly as `erlang.fewest` finds it.

    Numbers, or arrays of one shape or of shapes that fit (numpy's broadcasting); the units of `erlang`. Without
    `patience`, or where it is infinite or not a number, it is Erlang C. Raises `ValueError` for what cannot be
    and `NoStaffing` where no number is enough.
    """
    given = np.broadcast_arrays(
        np.asarray(arrivals, np.float64),
        np.asarray(aht, np.float64),
        np.asarray(within, np.float64),
        np.asarray(np.inf if patience is None else patience, np.float64),
    )
    shape = given[0].shape
    many, times, waits, patient = (np.array(one).ravel() for one in given)
    patient = np.where(np.isnan(patient), np.inf, patient)
    _check(many, times, waits, patient)
    found = np.empty(len(many), np.int64)
    limits = (target.service_level, target.asa, target.abandonment, target.occupancy)
    level, asa, gone, busy = (math.nan if one is None else float(one) for one in limits)
    _fewest(many, times, waits, patient, level, asa, gone, busy, found)
    if len(found) and found.min() == _NONE:
        raise NoStaffing(int(np.argmin(found)))
    return found.reshape(shape)


def _check(arrivals: Any, aht: Any, within: Any, patience: Any) -> None:
    for name, numbers in (("arrivals", arrivals), ("the waiting time of the target", within)):
        if not (np.isfinite(numbers) & (numbers >= 0)).all():
            raise ValueError(f"{name}: numbers of 0 or more")
    for name, numbers in (("the handling time", aht), ("patience", patience)):
        if not (numbers > 0).all():
            raise ValueError(f"{name}: numbers above 0")
    if (arrivals * aht > MOST_AGENTS).any():
        raise ValueError(f"more than {MOST_AGENTS:,} agents' work")


# Numba keeps it on disk by the time and size of this file alone: who changes `erlang.py` in a checkout removes
# `__pycache__/erlang_many*.nb?`.
@njit(cache=True, nogil=True)
def _fewest(  # noqa: PLR0917  compiled code takes no names
    arrivals: Any, aht: Any, within: Any, patience: Any,
    level: float, asa: float, gone: float, busy: float, found: Any,
) -> None:  # fmt: skip
    for at in range(len(found)):
        if patience[at] == math.inf:
            found[at] = _fewest_c(arrivals[at], aht[at], within[at], level, asa, gone, busy)
        else:
            found[at] = _fewest_a(arrivals[at], aht[at], within[at], patience[at], level, asa, gone, busy)


@njit(nogil=True)
def _good(found: Any, level: float, asa: float, gone: float, busy: float) -> bool:
    """`Target.met`; a limit that is not a number does not matter."""
    return not (found[0] < level or found[1] > asa or found[4] > gone or found[3] > busy)


@njit(nogil=True, error_model="numpy")
def _fewest_c(  # noqa: PLR0917  compiled code takes no names
    arrivals: float, aht: float, within: float, level: float, asa: float, gone: float, busy: float
) -> int:
    load = arrivals * aht
    if _good(erlang_c_of(1.0, 0, load, aht, within), level, asa, gone, busy):
        return 0
    if load > 0.0 and busy == 0.0:
        return _NONE
    # With fewer the queue only grows, or everybody is too busy.
    start = int(min(MOST_AGENTS, max(1.0, math.floor(load / busy if busy < 1.0 else load) - 1.0)))
    agents, step = start, 1.0 / load if load > 0.0 else math.inf
    inverse = 1.0 / blocking(load, start - 1)
    while agents <= MOST_AGENTS:
        inverse = 1.0 + agents * step * inverse
        if _good(erlang_c_of(1.0 / inverse, agents, load, aht, within), level, asa, gone, busy):
            return agents
        agents += 1
    return _NONE


@njit(nogil=True)
def _fewest_a(  # noqa: PLR0917  compiled code takes no names
    arrivals: float, aht: float, within: float, patience: float,
    level: float, asa: float, gone: float, busy: float,
) -> int:  # fmt: skip
    """Up or down from the work there is, in growing steps; then between the last that is enough and the first
    that is not. `blocked[n]` is Erlang B with n agents, computed as far as somebody asked.
    """
    load = arrivals * aht
    if load == 0.0:
        return 0
    above = max(1, math.ceil(load))
    blocked = _blocking_until(np.ones(1), load, above)
    below, step = -1, 1
    while not _good(
        erlang_a_of(blocked[above], above, arrivals, aht, within, patience), level, asa, gone, busy
    ):
        if above >= MOST_AGENTS:
            return _NONE
        below, above, step = above, min(above + step, MOST_AGENTS), 2 * step
        blocked = _blocking_until(blocked, load, above)
    step = 1
    while below < 0 and above > 0:
        lower = max(0, above - step)
        if not _good(
            erlang_a_of(blocked[lower], lower, arrivals, aht, within, patience), level, asa, gone, busy
        ):
            below = lower
        else:
            above, step = lower, 2 * step
    while above - below > 1:
        middle = (above + below) // 2
        if _good(
            erlang_a_of(blocked[middle], middle, arrivals, aht, within, patience), level, asa, gone, busy
        ):
            above = middle
        else:
            below = middle
    return above


@njit(nogil=True, error_model="numpy")
def _blocking_until(blocked: Any, load: float, agents: int) -> Any:
    """`blocked` made longer. Its inverse grows beyond any number: then it is 0 from there on."""
    there = len(blocked)
    found = np.empty(agents + 1)
    found[:there] = blocked
    inverse, step = 1.0 / blocked[there - 1], 1.0 / load
    for n in range(there, agents + 1):
        inverse = 1.0 + n * step * inverse
        found[n] = 1.0 / inverse
    return found
