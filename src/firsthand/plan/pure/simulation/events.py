"""Compiled: the event list, a tournament of four.

Each event to come has a place. Of four neighbours the earliest goes on to the level above, where four meet again; at
the top stands the next of all. A new time at a place means one match on each level above it, whoever wins: nothing is
moved, and nothing has to be guessed (measured with 60 events: 15 ns; a heap of four takes 45).

The place of the event that happens stays open meanwhile. Mostly it sets another itself (who finishes takes the next
call), which goes there: one way up instead of two.

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
_NONE = -1


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


@inlined
def empty(w: Any) -> None:
    """Where something stood, "never" stands: on each level, of which the one above has a quarter."""
    below, many = 0, w.places
    for _ in range(w.levels + 1):
        many = (many + 3) // 4 * 4
        for at in range(below, below + many):
            r.matches(w.matches, at).time = math.inf
        below, many = w.event_room + below // 4, many // 4
    w.places, w.places_free, w.levels, w.top, w.open = 0, 0, 0, 0, _NONE


@inlined
def next_time(w: Any) -> float:
    return float(r.matches(w.matches, w.top).time)


@inlined
def take(w: Any) -> int:
    """The next event. Its place stays open until `push` or `close`."""
    w.open = r.matches(w.matches, w.top).place
    return int(r.ints(w.events, w.open).v)


@small
def close(w: Any) -> None:
    """Nothing came to the place of the event that happened: "never" does."""
    place = w.open
    if place != _NONE:
        w.open = _NONE
        r.ints(w.free_places, w.places_free).v = place
        w.places_free += 1
        _play(w, place, math.inf)


@part
def push(w: Any, time: float, one: int) -> None:
    place = w.open
    if place != _NONE:
        w.open = _NONE
    else:
        place = _new_place(w)
        if place == _NONE:
            w.full = 1
            return
    r.ints(w.events, place).v = one
    _play(w, place, time)


@small
def _new_place(w: Any) -> int:
    """One given back, or the next: few places have few levels."""
    if w.places_free > 0:
        w.places_free -= 1
        return int(r.ints(w.free_places, w.places_free).v)
    place = w.places
    if place == w.event_room:
        return _NONE
    w.places = place + 1
    if place >> (2 * w.levels) > 0:  # one level more; who won until now stands first in it
        won = r.matches(w.matches, w.top)
        w.levels += 1
        w.top = w.event_room + w.top // 4
        best = r.matches(w.matches, w.top)
        best.time = won.time
        best.place = won.place
    return int(place)


@small
def _play(w: Any, place: int, time: float) -> None:
    """Level by level: the earliest of the three neighbours against the one who comes."""
    matches, room, at, best = w.matches, w.event_room, place, place
    here = r.matches(matches, at)
    here.time = time
    here.place = place
    for _ in range(w.levels):
        one, two, three = r.matches(matches, at ^ 1), r.matches(matches, at ^ 2), r.matches(matches, at ^ 3)
        # The comparisons as numbers: a branch here would be a coin toss for the processor.
        other = one.place + int(two.time < one.time) * (two.place - one.place)
        earliest = min(one.time, two.time)
        other += int(three.time < earliest) * (three.place - other)
        earliest = min(earliest, three.time)
        best += int(earliest < time) * (other - best)
        time = min(earliest, time)
        at = room + at // 4
        here = r.matches(matches, at)
        here.time = time
        here.place = best
