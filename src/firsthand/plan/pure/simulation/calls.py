"""Compiled: where a call is. Queues, lines, and the ways out of the house."""

from __future__ import annotations

import math
from typing import Any

from firsthand.plan.pure.simulation import draws, events
from firsthand.plan.pure.simulation import records as r
from firsthand.plan.pure.simulation.memory import inlined, part

NONE = -1


@inlined
def number_of(call: Any) -> int:
    """What a draw for this call counts by: the call, and how often it was moved or tried again."""
    return int(call.number * draws.STAGES + call.stage)


@part
def schedule_call(w: Any, time: float, what: int, slot: int) -> None:
    if time < math.inf:
        events.push(w, time, events.event(what, slot, r.calls(w.calls, slot).generation))


@part
def join(w: Any, queue: int, slot: int) -> None:
    q = r.queues(w.queues, queue)
    call = r.calls(w.calls, slot)
    call.next = NONE
    call.previous = q.last
    if q.last == NONE:
        q.first = slot
    else:
        r.calls(w.calls, q.last).next = slot
    q.last = slot
    q.length += 1


@part
def quit_queue(w: Any, queue: int, slot: int) -> None:
    q = r.queues(w.queues, queue)
    call = r.calls(w.calls, slot)
    if call.previous == NONE:
        q.first = call.next
    else:
        r.calls(w.calls, call.previous).next = call.next
    if call.next == NONE:
        q.last = call.previous
    else:
        r.calls(w.calls, call.next).previous = call.previous
    q.length -= 1
    call.generation += 1


@part
def stop_waiting(w: Any, slot: int, t: float) -> None:
    """Out of the queue of its type; the wait is added up."""
    call = r.calls(w.calls, slot)
    quit_queue(w, call.kind, slot)
    w.waiting -= 1
    if call.called_back == 0:
        call.waited += t - call.since


@inlined
def counts(w: Any, slot: int) -> Any:
    """Where this call is counted: at the type and in the period in which it arrived."""
    call = r.calls(w.calls, slot)
    return r.type_counts(w.by_type, call.origin * w.periods + call.period)


@inlined
def hang_up(w: Any, slot: int, t: float) -> None:
    """The line is free again."""
    call = r.calls(w.calls, slot)
    if call.line == 1:
        call.line = 0
        w.lines -= 1
        counts(w, slot).line += t - call.arrived


@part
def leave(w: Any, slot: int, t: float) -> None:
    hang_up(w, slot, t)
    call = r.calls(w.calls, slot)
    call.where = r.FREE
    call.generation += 1
    r.ints(w.free, w.free_count).v = slot
    w.free_count += 1


@part
def disconnect(w: Any, slot: int, t: float) -> None:
    counts(w, slot).disconnected += 1.0
    counts(w, slot).wait_lost += r.calls(w.calls, slot).waited
    leave(w, slot, t)


@part
def give_up(w: Any, slot: int, t: float) -> None:
    """A caller hangs up; perhaps calls again. Not in a queue any more."""
    call = r.calls(w.calls, slot)
    kind = r.kinds(w.kinds, call.origin)
    counts(w, slot).abandoned += 1.0
    counts(w, slot).wait_lost += call.waited
    if call.waited <= kind.target:
        counts(w, slot).gone_in_target += 1.0
    if kind.redial > 0.0:
        number = number_of(call)
        if draws.uniform(r.keys(w.keys, call.origin).redial, number) < kind.redial:
            delay = draws.draw(
                r.distributions(w.distributions, kind.redial_delay),
                r.keys(w.keys, call.origin).redial_delay,
                number,
            )
            hang_up(w, slot, t)
            call.where = r.BETWEEN
            call.generation += 1
            schedule_call(w, t + delay, events.REDIALS, slot)
            return
    leave(w, slot, t)


@part
def abandon(w: Any, slot: int, t: float) -> None:
    stop_waiting(w, slot, t)
    give_up(w, slot, t)


@part
def first_patient(w: Any, queue: int, t: float) -> int:
    """Whose turn it is. Those before who gave up meanwhile are counted as such, at their time."""
    while True:
        slot = r.queues(w.queues, queue).first
        if w.lazy == 0 or slot == NONE or r.calls(w.calls, slot).gives_up > t:
            return int(slot)
        abandon(w, slot, r.calls(w.calls, slot).gives_up)


@part
def clear(w: Any, queue: int, t: float) -> None:
    while True:
        slot = first_patient(w, queue, t)
        if slot == NONE:
            return
        stop_waiting(w, slot, t)
        disconnect(w, slot, t)


@part
def make_offer(w: Any, slot: int, t: float) -> None:
    """After some waiting: leave a message, or be called back."""
    call = r.calls(w.calls, slot)
    kind = r.kinds(w.kinds, call.kind)
    number = number_of(call)
    if draws.uniform(r.keys(w.keys, call.origin).offer, number) >= kind.offer_accepted:
        return
    stop_waiting(w, slot, t)
    delay = draws.draw(
        r.distributions(w.distributions, kind.offer_delay), r.keys(w.keys, call.origin).offer_delay, number
    )
    if kind.offer_becomes >= 0:
        hang_up(w, slot, t)
        counts(w, slot).callbacks += 1.0
        call.where = r.CALLBACK
        schedule_call(w, t + delay, events.CALLED_BACK, slot)
        return
    counts(w, slot).messages += 1.0
    counts(w, slot).wait_lost += call.waited
    call.where = r.BETWEEN  # counted; speaking to the machine, on the line
    schedule_call(w, t + delay, events.HUNG_UP, slot)
