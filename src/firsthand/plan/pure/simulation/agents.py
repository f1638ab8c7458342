"""Compiled: who is free, who takes which call, how long a group is busy."""

from __future__ import annotations

import math
from typing import Any

from firsthand.plan.pure.simulation import calls, draws
from firsthand.plan.pure.simulation import records as r
from firsthand.plan.pure.simulation.calls import NONE
from firsthand.plan.pure.simulation.memory import inlined, part, small


@inlined
def free(w: Any, g: int) -> int:
    """Below 0: so many finish a last call although their shift is over."""
    group = r.groups(w.group, g)
    return int(group.present - group.busy)


@small
def sum_up(w: Any, g: int, t: float) -> None:
    """Before the number of busy agents changes: add the time since it last did."""
    group = r.groups(w.group, g)
    past = t - group.last
    group.area += past * group.busy
    if group.busy > group.present:
        group.over += past * (group.busy - group.present)
    group.last = t


@small
def occupy(w: Any, g: int, t: float) -> None:
    sum_up(w, g, t)
    group = r.groups(w.group, g)
    group.busy += 1
    if w.idle_matters != 0:
        group.idle_first = (group.idle_first + 1) % w.idle_width
        group.idle -= 1


@small
def release(w: Any, g: int, t: float) -> None:
    """Nothing waits for this agent: idle from now, or off duty."""
    sum_up(w, g, t)
    group = r.groups(w.group, g)
    if w.idle_matters != 0 and group.busy <= group.present:
        r.floats(w.idle, g * w.idle_width + (group.idle_first + group.idle) % w.idle_width).v = t
        group.idle += 1
    group.busy -= 1


@part
def reset_idle(w: Any, g: int, t: float) -> None:
    """The number present changed. Whoever was idle longest leaves first; who comes is idle from now."""
    group = r.groups(w.group, g)
    width = w.idle_width
    there = max(0, group.present - group.busy)
    while group.idle > there:
        group.idle_first = (group.idle_first + 1) % width
        group.idle -= 1
    while group.idle < there:
        r.floats(w.idle, g * w.idle_width + (group.idle_first + group.idle) % width).v = t
        group.idle += 1


@part
def _one_of_level(w: Any, slot: int, begin: int, end: int, waited: float) -> int:
    """Several groups on one level: whoever is idle longest, or each free agent with the same chance."""
    call = r.calls(w.calls, slot)
    rule = r.kinds(w.kinds, call.kind).idle_rule
    best, earliest, idle = NONE, math.inf, 0
    for e in range(begin, end):
        g = r.routes(w.routes, e).one
        there = free(w, g)
        if there <= 0 or r.routes(w.routes, e).after > waited:
            continue
        idle += there
        if (
            rule == r.LONGEST_IDLE
            and r.floats(w.idle, g * w.idle_width + r.groups(w.group, g).idle_first).v < earliest
        ):
            best, earliest = g, r.floats(w.idle, g * w.idle_width + r.groups(w.group, g).idle_first).v
    if rule == r.LONGEST_IDLE or idle == 0:
        return int(best)
    left = draws.uniform(r.keys(w.keys, call.origin).pick, calls.number_of(call)) * idle
    for e in range(begin, end):
        g = r.routes(w.routes, e).one
        there = free(w, g)
        if there > 0 and r.routes(w.routes, e).after <= waited:
            best = g
            left -= there
            if left < 0.0:
                break
    return int(best)


@small
def group_for(w: Any, slot: int, waited: float) -> int:
    """The group that takes a call at once, or -1."""
    kind = r.calls(w.calls, slot).kind
    e, end = r.ints(w.routes_from, kind).v, r.ints(w.routes_from, kind + 1).v
    while e < end:
        level, begin = r.routes(w.routes, e).level, e
        e += 1
        while e < end and r.routes(w.routes, e).level == level:
            e += 1
        if e == begin + 1:
            if free(w, r.routes(w.routes, begin).one) > 0 and r.routes(w.routes, begin).after <= waited:
                return int(r.routes(w.routes, begin).one)
        else:
            g = _one_of_level(w, slot, begin, e, waited)
            if g >= 0:
                return g
    return NONE


@part
def puller_for(w: Any, slot: int, waited: float) -> int:
    """A free group that may help out with this type after such a wait, or -1."""
    kind = r.calls(w.calls, slot).kind
    for g in range(w.groups):
        if free(w, g) > 0:
            for e in range(r.ints(w.pulls_from, g).v, r.ints(w.pulls_from, g + 1).v):
                if r.routes(w.pulls, e).one == kind and r.routes(w.pulls, e).after <= waited:
                    return g
    return NONE


@small
def call_for(w: Any, g: int, t: float) -> int:
    """The waiting call that an agent of the group takes next, or -1: by level, then whoever waits longest."""
    e, end = r.ints(w.pulls_from, g).v, r.ints(w.pulls_from, g + 1).v
    while e < end:
        level = r.routes(w.pulls, e).level
        best, earliest = NONE, math.inf
        while e < end and r.routes(w.pulls, e).level == level:
            slot = calls.first_patient(w, r.routes(w.pulls, e).one, t)
            if slot != NONE:
                since = r.calls(w.calls, slot).since
                # A wait that is over to the last bit counts as over: its retry stands in the event list.
                if since < earliest and t - since >= r.routes(w.pulls, e).after * (1.0 - 1e-12):
                    best, earliest = slot, since
            e += 1
        if best != NONE:
            return int(best)
    return NONE


@part
def question_for(w: Any, g: int) -> int:
    """The longest waiting helper whose question this group answers, or -1."""
    best, earliest = NONE, math.inf
    types = w.types
    for e in range(r.ints(w.answers_from, g).v, r.ints(w.answers_from, g + 1).v):
        slot = r.queues(w.queues, types + r.ints(w.answers, e).v).first
        if slot != NONE and r.calls(w.calls, slot).since < earliest:
            best, earliest = slot, r.calls(w.calls, slot).since
    return int(best)
