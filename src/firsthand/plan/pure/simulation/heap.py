"""Compiled: the event list, a heap of four below one (half as deep as one of two, and a twelfth faster for all).

An event is a time and one number: what happens, and to whom.
"""

from __future__ import annotations

import math
from typing import Any

from firsthand.plan.pure.simulation import records as r
from firsthand.plan.pure.simulation.memory import inlined, part, small

# What happens. 4 bits; above them 20 bits of the call's generation, above those the call (or the group).
TALKED, WORKED, CONFERRED, FINISHED, GAVE_UP, RETRY, OFFERED, REDIALS, CALLED_BACK, UNHELPED, HUNG_UP = range(
    11
)
_GENERATIONS = (1 << 20) - 1


@inlined
def event(what: int, whom: int, generation: int) -> int:
    return (whom << 24) | ((generation & _GENERATIONS) << 4) | what


@inlined
def what_of(one: int) -> int:
    return one & 15


@inlined
def whom_of(one: int) -> int:
    return one >> 24


@inlined
def still(one: int, generation: int) -> bool:
    """Whether the call is still where it was when the event was set: it may have left the queue since."""
    return ((one >> 4) & _GENERATIONS) == (generation & _GENERATIONS)


@part
def push(w: Any, time: float, one: int) -> None:
    at = w.events_count
    if at + 4 >= w.event_room:
        w.full = 1
        return
    w.events_count = at + 1
    _rise(w.events, at, time, one)


@small
def _rise(events: int, at: int, time: float, one: int) -> None:
    while at > 0:
        above = r.events(events, (at - 1) >> 2)
        if above.time <= time:
            break
        here = r.events(events, at)
        here.time = above.time
        here.what = above.what
        at = (at - 1) >> 2
    here = r.events(events, at)
    here.time = time
    here.what = one


@small
def drop_first(w: Any) -> None:
    """Remove the earliest event. The hole sinks to a leaf, then the last event rises into it."""
    events = w.events
    last = w.events_count - 1
    w.events_count = last
    moved = r.events(events, last)
    time, one = moved.time, moved.what
    moved.time = math.inf  # beyond the end stands "never"
    at, below = 0, 1
    while below < last:
        # The comparisons as numbers: a branch here would be a coin toss for the processor.
        other = below + 2 + int(r.events(events, below + 3).time < r.events(events, below + 2).time)
        below += int(r.events(events, below + 1).time < r.events(events, below).time)
        below += int(r.events(events, other).time < r.events(events, below).time) * (other - below)
        here, there = r.events(events, at), r.events(events, below)
        here.time = there.time
        here.what = there.what
        at = below
        below = 4 * at + 1
    if last > 0:
        _rise(events, at, time, one)
