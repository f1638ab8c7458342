"""Compiled: a first guess for a room in two layers, as a birth-and-death chain and Erlang A by turns.

Specialists see the questions of the busy helpers, of whom there are only so many; helpers are busy for longer by
what they wait for an answer. It takes the two for independent, which they are not (when specialists are busy, many
helpers wait at once), so it is a start for the simulation and says the form of the answer, not the answer.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from numba import njit

from firsthand.plan.pure.erlang import blocking, erlang_a_of, erlang_c_of

_MOST = 100_000
_HUGE = 1e200

# What is known of a room, one number after the other; a limit that is not a number does not matter.
FIELDS = ("talk", "share", "consult", "finish", "patience", "within", "level", "asa", "gone", "busy")


@njit(nogil=True)
def _asked(helpers: int, specialists: int, rate: float, each: float, consult: float) -> tuple[float, float]:
    """The mean wait for an answer, and how busy specialists are. Questions come at `rate`, but at most at `each`
    for every helper who is not asking.
    """
    weight, total, waiting, busy, flow = 1.0, 0.0, 0.0, 0.0, 0.0
    for asking in range(helpers + 1):
        births = min(rate, (helpers - asking) * each)
        total += weight
        waiting += weight * max(0, asking - specialists)
        busy += weight * min(asking, specialists)
        flow += weight * births
        if weight > _HUGE:
            weight, total, waiting = weight / _HUGE, total / _HUGE, waiting / _HUGE
            busy, flow = busy / _HUGE, flow / _HUGE
        weight *= births * consult / min(asking + 1, specialists)
    if flow == 0.0:
        return 0.0, 0.0
    return waiting / flow, busy / total / specialists


@njit(nogil=True, error_model="numpy")
def margin(room: Any, helpers: int, specialists: int, arrivals: float) -> float:
    """How far the target is met: 0 or more if it is. `arrivals` a second."""
    talk, share, consult, finish, patience, within = room[0], room[1], room[2], room[3], room[4], room[5]
    wait, gone, asked_busy = 0.0, 0.0, 0.0
    result = (0.0, 0.0, 0.0, 0.0, 0.0)
    for turn in range(5):
        if share > 0.0:
            rate = arrivals * (1.0 - gone) * share
            each = share / (talk + share * finish)
            now, asked_busy = _asked(helpers, specialists, rate, each, consult)
            wait = now if turn == 0 else (wait + now) / 2.0
        time = talk + share * (wait + consult + finish)
        blocked = blocking(arrivals * time, helpers)
        if patience < math.inf:
            result = erlang_a_of(blocked, helpers, arrivals, time, within, patience)
        else:
            result = erlang_c_of(blocked, helpers, arrivals * time, time, within)
        gone = result[4]
    return margin_of(room, result[0], result[1], result[4], max(result[3], asked_busy))


@njit(nogil=True)
def margin_of(room: Any, level: float, asa: float, gone: float, busy: float) -> float:
    """The smallest of the distances to what the target names; each from -1 to 1."""
    found = 1.0
    if not math.isnan(room[6]):
        found = min(found, level - room[6])
    if not math.isnan(room[7]):
        found = min(found, max(-1.0, (room[7] - asa) / max(room[7], 1.0)))
    if not math.isnan(room[8]):
        found = min(found, room[8] - gone)
    if not math.isnan(room[9]):
        found = min(found, room[9] - busy)
    return found


@njit(cache=True, nogil=True)
def fewest(room: Any, specialists: int, arrivals: float) -> float:
    """How many helpers are just enough, as if they could be halved: where the line between the margins of the last
    number that is too small and the first that is enough crosses 0. Infinite if no number is.
    """
    # An overloaded room of patient callers, or of specialists: no number of helpers is enough.
    step, above = 1, max(1, int(arrivals * (room[0] + room[1] * (room[2] + room[3]))))
    below = -1
    while margin(room, above, specialists, arrivals) < 0.0:
        if above >= _MOST or (above > 4000 and above > 40.0 * arrivals * (room[0] + room[2] + room[3])):
            return math.inf
        below, above, step = above, above + step, 2 * step
    step = 1
    while below < 0 and above > 0:
        lower = max(0, above - step)
        if margin(room, lower, specialists, arrivals) < 0.0:
            below = lower
        else:
            above, step = lower, 2 * step
    while above - below > 1:
        middle = (above + below) // 2
        if margin(room, middle, specialists, arrivals) < 0.0:
            below = middle
        else:
            above = middle
    if below < 0:
        return 0.0
    less, enough = margin(room, below, specialists, arrivals), margin(room, above, specialists, arrivals)
    return below - less / (enough - less)


def numbers(talk: float, share: float, consult: float, finish: float, patience: float | None) -> list[float]:
    """The first of `FIELDS`."""
    return [talk, share, consult, finish, math.inf if patience is None else patience]


def limits(*given: float | None) -> list[float]:
    return [math.nan if one is None else one for one in given]


def room_of(first: list[float], within: float, last: list[float]) -> Any:
    return np.array([*first, within, *last])
