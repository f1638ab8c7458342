"""Compiled: one simulated day, and days in a row. Everything else in this folder prepares it or reads it off.

Three things can be next: the earliest of the event list, the next arrival, the next period. Arrivals need no
place in the event list (each type knows its next one), nor do periods.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from numba import njit

from firsthand.plan.pure.simulation import agents, calls, draws, events, service
from firsthand.plan.pure.simulation import records as r
from firsthand.plan.pure.simulation.calls import NONE
from firsthand.plan.pure.simulation.memory import inlined, part, small

_BUSY, _ABSENT = 1_000_003, 2_000_003  # parts of a day's chance that belong to no call


# The only compiled function that is kept on disk: it holds all others. See `records.STAMP`.
@njit(cache=True, nogil=True)
def simulate_day(world: Any, seed: int, run: int, day: int) -> bool:
    """Fills `by_type` and `by_group` of the world. False if it has too little room: then nothing counts."""
    w = world[0]
    key = draws.key_of(draws.key_of(np.uint64(seed), run), day)
    w.day = day
    _morning(w, key)
    _begin_period(w, 0.0)
    t = _pass(w)
    _evening(w, t)
    return bool(w.full == 0)


@inlined
def _morning(w: Any, key: Any) -> None:
    """Empty, all keys set, the first arrivals known."""
    w.period, w.lines, w.waiting, w.full = 0, 0, 0, 0
    events.empty(w)
    w.free_count = w.room
    for slot in range(w.room):
        r.ints(w.free, slot).v = w.room - 1 - slot
        r.calls(w.calls, slot).where = r.FREE
    for q in range(w.types + w.rules_count):
        queue = r.queues(w.queues, q)
        queue.first, queue.last, queue.length = NONE, NONE, 0
    for g in range(w.groups):
        group = r.groups(w.group, g)
        group.present, group.busy, group.idle_first, group.idle = 0, 0, 0, 0
        group.last, group.area, group.over = 0.0, 0.0, 0.0
        group.absent = draws.key_of(draws.key_of(key, _ABSENT), g)
    for kind in range(w.types):
        own = draws.key_of(key, kind)
        for purpose in range(r.PURPOSES):
            r.plain_keys(w.keys, kind * r.PURPOSES + purpose).v = draws.key_of(own, purpose)
        _first_arrival(w, kind, key)


@inlined
def _first_arrival(w: Any, kind: int, key: Any) -> None:
    one = r.incoming(w.incoming, kind)
    one.number, one.period, one.reached, one.time = 0, 0, 0.0, math.inf
    scale = r.floats(w.volume, w.day * w.types + kind).v
    shape = r.kinds(w.kinds, kind).busy_shape
    if shape > 0.0:
        stream = draws.key_of(draws.key_of(key, _BUSY), r.kinds(w.kinds, kind).busy_stream)
        scale *= draws.gamma(shape, stream, 0) / shape
    if scale > 0.0:
        one.gap = 1.0 / scale
        one.step = draws.exponential(r.keys(w.keys, kind).arrival, 0)
        _next_arrival(w, kind)


@small
def _next_arrival(w: Any, kind: int) -> None:
    """A Poisson process with one rate a period: unit exponentials on the axis of expected arrivals.

    Drawn is the step to the call after it, and how long this one will take: what is drawn long before it is needed
    costs next to nothing, while the rest of an event would have to wait for its logarithm.
    """
    one = r.incoming(w.incoming, kind)
    one.reached += one.step * one.gap
    number = one.number + 1
    one.number = number
    one.step = draws.exponential(r.keys(w.keys, kind).arrival, number)
    until = kind * (w.periods + 1)
    while one.period < w.periods and one.reached >= r.floats(w.cumulative, until + one.period + 1).v:
        one.period += 1
    if one.period == w.periods:
        one.time = math.inf
        return
    drawn = r.ints(w.usual, kind * w.periods + one.period).v
    one.drawn = drawn
    if drawn >= 0:
        one.service = draws.draw(
            r.distributions(w.distributions, drawn), r.keys(w.keys, kind).service, number * draws.STAGES
        )
    into = one.reached - r.floats(w.cumulative, until + one.period).v
    into *= r.floats(w.gaps, kind * w.periods + one.period).v
    one.time = r.floats(w.starts, one.period).v + into


@small
def _first_type(w: Any) -> int:
    best, earliest = 0, r.incoming(w.incoming, 0).time
    for kind in range(1, w.types):
        if r.incoming(w.incoming, kind).time < earliest:
            best, earliest = kind, r.incoming(w.incoming, kind).time
    return best


@inlined
def _pass(w: Any) -> float:
    """The day. When it ended."""
    t, change, kind = 0.0, r.floats(w.starts, 1).v, _first_type(w)
    while w.full == 0:
        due, coming = events.next_time(w), r.incoming(w.incoming, kind).time
        if change <= due and change <= coming:
            if change == math.inf:
                break  # nothing will happen any more
            t = change
            if not _next_period(w, t):
                break
            change = r.floats(w.starts, w.period + 1).v if w.period < w.periods else math.inf
        elif due <= coming:
            t = due
            _happen(w, events.take(w), t)
            events.close(w)
        else:
            t = coming
            _arrive(w, kind, t)
            _next_arrival(w, kind)
            kind = _first_type(w)
    return t


@inlined
def _arrive(w: Any, kind: int, t: float) -> None:
    counts = r.type_counts(w.by_type, kind * w.periods + w.period)
    counts.arrived += 1.0
    if w.lines >= w.most_lines:
        counts.blocked += 1.0
        return
    if w.free_count == 0:
        w.full = 1
        return
    w.free_count -= 1
    w.lines += 1
    slot = r.ints(w.free, w.free_count).v
    call, one = r.calls(w.calls, slot), r.incoming(w.incoming, kind)
    call.origin, call.period, call.arrived = kind, w.period, t
    call.number, call.service, call.drawn = one.number, one.service, one.drawn
    call.stage, call.line, call.called_back, call.moved = 0, 1, 0, 0
    call.waited, call.talk, call.patience = 0.0, 0.0, -1.0
    service.enter(w, slot, kind, t)


@part
def _arrive_again(w: Any, slot: int, t: float) -> None:
    """Somebody who gave up calls again: a new arrival. After the last period nobody does."""
    call = r.calls(w.calls, slot)
    if w.period == w.periods:
        calls.leave(w, slot, t)
        return
    call.period, call.arrived = w.period, t
    counts = calls.counts(w, slot)
    counts.arrived += 1.0
    counts.redialled += 1.0
    call.stage += 1
    if r.kinds(w.kinds, call.origin).remembers == 0:
        call.waited = 0.0
    if w.lines >= w.most_lines:
        counts.blocked += 1.0
        calls.leave(w, slot, t)
        return
    w.lines += 1
    call.line, call.talk, call.moved = 1, 0.0, 0
    service.enter(w, slot, call.origin, t)


@inlined
def _happen(w: Any, one: int, t: float) -> None:
    what, whom = events.what_of(one), events.whom_of(one)
    if what == events.TALKED:
        service.talked(w, whom, t)
    elif what == events.WORKED:
        service.next_work(w, whom, t)
    elif what == events.CONFERRED:
        service.conferred(w, whom, t)
    elif what == events.FINISHED:
        service.finish(w, whom, t)
    elif events.still(one, r.calls(w.calls, whom).generation):
        _happen_to_waiting(w, what, whom, t)


@part
def _happen_to_waiting(w: Any, what: int, slot: int, t: float) -> None:
    call = r.calls(w.calls, slot)
    if what == events.GAVE_UP:
        calls.abandon(w, slot, t)
    elif what == events.RETRY:
        service.retry(w, slot, t)
    elif what == events.OFFERED:
        if call.gives_up <= t:
            calls.abandon(w, slot, call.gives_up)
        else:
            if r.kinds(w.kinds, call.kind).offer_with_retry == 1:  # help that comes now comes first
                service.retry(w, slot, t)
            if call.where == r.WAITING:
                calls.make_offer(w, slot, t)
    elif what == events.REDIALS:
        _arrive_again(w, slot, t)
    elif what == events.CALLED_BACK:
        call.called_back, call.patience = 1, -1.0
        call.stage += 1
        service.enter(w, slot, r.kinds(w.kinds, call.kind).offer_becomes, t)
    elif what == events.UNHELPED:
        service.unhelped(w, slot, t)
    else:
        calls.leave(w, slot, t)


@part
def _begin_period(w: Any, t: float) -> None:
    """Who is there now; nobody there for a queue may empty it; who comes takes what waits."""
    for g in range(w.groups):
        group, at = r.groups(w.group, g), g * w.periods + w.period
        there, away = r.ints(w.agents, at).v, r.floats(w.shrinkage, at).v
        if away > 0.0:
            rostered, there = there, 0
            for agent in range(rostered):
                there += int(draws.uniform(group.absent, agent * w.periods + w.period) >= away)
        group.present = there
        if w.idle_matters != 0:
            agents.reset_idle(w, g, t)
    if w.clears != 0:
        _clear_closed(w, t)
    _release_questions(w, t)
    for g in range(w.groups):
        service.begin_shift(w, g, t)


@inlined
def _next_period(w: Any, t: float) -> bool:
    """The account of the past period; then the next one. False if the day ends here."""
    _account(w, t)
    w.period += 1
    if w.period < w.periods:
        _begin_period(w, t)
        return True
    if w.then == r.CLEAR:
        for kind in range(w.types):
            calls.clear(w, kind, t)
    return bool(w.then != r.STOP)


@part
def _account(w: Any, t: float) -> None:
    past = t - r.floats(w.starts, w.period).v
    for g in range(w.groups):
        agents.sum_up(w, g, t)
        group = r.groups(w.group, g)
        counts = r.group_counts(w.by_group, g * (w.periods + 1) + w.period)
        counts.staffed += group.present * past
        counts.busy += group.area
        counts.overtime += group.over
        group.area, group.over = 0.0, 0.0


@inlined
def _clear_closed(w: Any, t: float) -> None:
    """A type whose groups are all off duty: whoever still waits is cut off."""
    for kind in range(w.types):
        present = 0
        for e in range(r.ints(w.routes_from, kind).v, r.ints(w.routes_from, kind + 1).v):
            present += r.groups(w.group, r.routes(w.routes, e).one).present
        if present == 0:
            calls.clear(w, kind, t)


@inlined
def _release_questions(w: Any, t: float) -> None:
    """Everybody who could answer went home: helpers finish without."""
    for rule in range(w.rules_count):
        present = 0
        for e in range(r.rules(w.rules, rule).first, r.rules(w.rules, rule).last):
            present += r.groups(w.group, r.ints(w.asks, e).v).present
        queue = r.queues(w.queues, w.types + rule)
        while present == 0 and queue.first != NONE:
            service.unhelped(w, queue.first, t)


@part
def _evening(w: Any, t: float) -> None:
    """Who gave up before the end is found; whoever is left is still there."""
    if w.period == w.periods and w.then != r.STOP:
        _account(w, t)
        t = 1e300  # nobody comes to take their calls: all but the endlessly patient give up
    for kind in range(w.types):
        slot = r.queues(w.queues, kind).first
        while w.lazy != 0 and slot != NONE:
            call = r.calls(w.calls, slot)
            following = call.next
            if call.gives_up <= t:
                calls.abandon(w, slot, call.gives_up)
            slot = following
    for slot in range(w.room):
        where = r.calls(w.calls, slot).where
        if where != r.FREE and where != r.BETWEEN:  # noqa: PLR1714  (numba compiles no `in`)
            calls.counts(w, slot).still += 1.0
            if where != r.WAITING and where != r.CALLBACK:  # noqa: PLR1714
                service.cut_short(w, slot)
