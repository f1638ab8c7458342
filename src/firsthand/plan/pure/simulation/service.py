"""Compiled: talk, questions to another group, transfer, after-call work, and what an agent does next."""

from __future__ import annotations

import math
from typing import Any

from firsthand.plan.pure.simulation import agents, calls, draws, events
from firsthand.plan.pure.simulation import records as r
from firsthand.plan.pure.simulation.calls import NONE, number_of
from firsthand.plan.pure.simulation.memory import inlined, part, small


@inlined
def _group_counts(w: Any, g: int) -> Any:
    return r.group_counts(w.by_group, g * (w.periods + 1) + w.period)


@inlined
def _factor(w: Any, kind: int, g: int) -> float:
    """How much longer this group takes for this type today."""
    return float(r.floats(w.factors, (w.day * w.types + kind) * w.groups + g).v)


@small
def start(w: Any, slot: int, g: int, t: float) -> None:
    """An agent, already counted as busy, takes the call."""
    call = r.calls(w.calls, slot)
    call.where = r.SERVED_NOW
    call.group = g
    _group_counts(w, g).taken += 1.0
    service = r.ints(w.service, (call.kind * w.groups + g) * w.periods + call.period).v
    if call.stage == 0 and call.drawn == service:
        talk = call.service
    else:
        talk = draws.draw(
            r.distributions(w.distributions, service), r.keys(w.keys, call.origin).service, number_of(call)
        )
    call.since = t
    end = t + talk * _factor(w, call.kind, g)
    events.push(w, end, events.event(events.TALKED, slot, 0))


@part
def next_work(w: Any, g: int, t: float) -> None:
    """An agent has finished: a question, a call, or nothing."""
    if agents.free(w, g) >= 0 and _take_on(w, g, t):
        return
    agents.release(w, g, t)


@small
def _take_on(w: Any, g: int, t: float) -> bool:
    """An agent counted as busy looks for work."""
    asked = r.ints(w.answers_from, g + 1).v > r.ints(w.answers_from, g).v
    if asked and r.groups(w.group, g).questions_first:
        slot = agents.question_for(w, g)
        if slot != NONE:
            _answer(w, slot, g, t)
            return True
    slot = agents.call_for(w, g, t)
    if slot != NONE:
        calls.stop_waiting(w, slot, t)
        start(w, slot, g, t)
        return True
    if asked and not r.groups(w.group, g).questions_first:
        slot = agents.question_for(w, g)
        if slot != NONE:
            _answer(w, slot, g, t)
            return True
    return False


@part
def begin_shift(w: Any, g: int, t: float) -> None:
    """More agents than before: they take what waits."""
    while agents.free(w, g) > 0:
        agents.occupy(w, g, t)
        if not _take_on(w, g, t):
            agents.release(w, g, t)
            return


@small
def enter(w: Any, slot: int, kind: int, t: float) -> None:
    """A call arrives at a type: from outside, moved, or called back."""
    call = r.calls(w.calls, slot)
    call.kind = kind
    call.since = t
    g = agents.group_for(w, slot, 0.0)
    if g >= 0:
        agents.occupy(w, g, t)
        start(w, slot, g, t)
        return
    if r.queues(w.queues, kind).length >= r.kinds(w.kinds, kind).most_waiting or w.waiting >= w.most_waiting:
        if call.moved == 1:
            calls.disconnect(w, slot, t)
        else:
            calls.counts(w, slot).blocked += 1.0
            calls.leave(w, slot, t)
        return
    _wait(w, slot, kind, t)


@part
def _wait(w: Any, slot: int, kind: int, t: float) -> None:
    call = r.calls(w.calls, slot)
    number = number_of(call)
    balk = r.floats(w.balk, kind * w.periods + call.period).v
    if balk > 0.0 and draws.uniform(r.keys(w.keys, call.origin).balk, number) < balk:
        calls.give_up(w, slot, t)
        return
    patience = call.patience
    if patience < 0.0:
        one = r.ints(w.patience, kind * w.periods + call.period).v
        patience = draws.draw(
            r.distributions(w.distributions, one), r.keys(w.keys, call.origin).patience, number
        )
        if r.kinds(w.kinds, kind).remembers == 1:
            call.patience = patience
    call.where = r.WAITING
    call.gives_up = t + patience
    calls.join(w, kind, slot)
    w.waiting += 1
    if w.lazy == 0:
        calls.schedule_call(w, call.gives_up, events.GAVE_UP, slot)
    if r.kinds(w.kinds, kind).offer_after < math.inf:
        calls.schedule_call(w, t + r.kinds(w.kinds, kind).offer_after, events.OFFERED, slot)
    for e in range(r.ints(w.retries_from, kind).v, r.ints(w.retries_from, kind + 1).v):
        calls.schedule_call(w, t + r.floats(w.retries, e).v, events.RETRY, slot)


@part
def retry(w: Any, slot: int, t: float) -> None:
    """A wait is over after which somebody else may help."""
    waited = (t - r.calls(w.calls, slot).since) * (1.0 + 1e-12)
    g = agents.group_for(w, slot, waited)
    if g < 0:
        g = agents.puller_for(w, slot, waited)
    if g < 0:
        return
    if r.calls(w.calls, slot).gives_up <= t:  # at this very moment, too
        calls.abandon(w, slot, r.calls(w.calls, slot).gives_up)
        return
    calls.stop_waiting(w, slot, t)
    agents.occupy(w, g, t)
    start(w, slot, g, t)


@small
def talked(w: Any, slot: int, t: float) -> None:
    """The first part of the talk is over: does the agent ask somebody?"""
    call = r.calls(w.calls, slot)
    rule = r.ints(w.rule_of, call.kind * w.groups + call.group).v
    if rule >= 0:
        chance = draws.uniform(r.keys(w.keys, call.origin).consult, number_of(call))
        if chance < r.rules(w.rules, rule).share:
            _ask(w, slot, rule, t)
            return
    finish(w, slot, t)


@inlined
def _ask(w: Any, slot: int, rule: int, t: float) -> None:
    call = r.calls(w.calls, slot)
    one = r.rules(w.rules, rule)
    call.rule = rule
    call.talk += t - call.since
    call.since = t
    _group_counts(w, call.group).asked += 1.0
    on_duty = 0
    for e in range(one.first, one.last):
        h = r.ints(w.asks, e).v
        on_duty += r.groups(w.group, h).present
        if agents.free(w, h) > 0:
            agents.occupy(w, h, t)
            _confer(w, slot, h, t)
            return
    if one.waits == 0 or on_duty == 0:
        alone(w, slot, t)
        return
    call.where = r.ASKING
    calls.join(w, w.types + rule, slot)
    calls.schedule_call(w, t + one.at_most, events.UNHELPED, slot)


@part
def _confer(w: Any, slot: int, h: int, t: float) -> None:
    """A specialist of group h joins helper and caller."""
    call = r.calls(w.calls, slot)
    call.where = r.CONFERRING
    call.helper = h
    _group_counts(w, call.group).answered += 1.0
    _group_counts(w, call.group).consult_wait += t - call.since
    last = draws.draw(
        r.distributions(w.distributions, r.rules(w.rules, call.rule).time),
        r.keys(w.keys, call.origin).conference,
        number_of(call),
    )
    events.push(w, t + last * _factor(w, call.kind, h), events.event(events.CONFERRED, slot, 0))


@part
def _answer(w: Any, slot: int, h: int, t: float) -> None:
    calls.quit_queue(w, w.types + r.calls(w.calls, slot).rule, slot)
    _confer(w, slot, h, t)


@part
def alone(w: Any, slot: int, t: float) -> None:
    """Nobody could be asked: the helper finishes without. Not in a queue any more."""
    _group_counts(w, r.calls(w.calls, slot).group).alone += 1.0
    _group_counts(w, r.calls(w.calls, slot).group).consult_wait += t - r.calls(w.calls, slot).since
    _conclude(w, slot, t)


@part
def unhelped(w: Any, slot: int, t: float) -> None:
    """Helper and caller have waited long enough."""
    calls.quit_queue(w, w.types + r.calls(w.calls, slot).rule, slot)
    alone(w, slot, t)


@part
def conferred(w: Any, slot: int, t: float) -> None:
    h = r.calls(w.calls, slot).helper
    _conclude(w, slot, t)
    next_work(w, h, t)


@part
def _conclude(w: Any, slot: int, t: float) -> None:
    call = r.calls(w.calls, slot)
    call.where = r.SERVED_NOW
    finishing = r.rules(w.rules, call.rule).finish
    if finishing < 0:
        finish(w, slot, t)
        return
    last = draws.draw(
        r.distributions(w.distributions, finishing), r.keys(w.keys, call.origin).finish, number_of(call)
    )
    last *= _factor(w, call.kind, call.group)
    events.push(w, t + last, events.event(events.FINISHED, slot, 0))


@small
def finish(w: Any, slot: int, t: float) -> None:
    """The caller is done with this agent: moves on or hangs up. Then the agent."""
    call = r.calls(w.calls, slot)
    kind, g = call.kind, call.group
    after = r.ints(w.after, kind * w.groups + g).v
    work = 0.0
    if after >= 0:
        work = draws.draw(
            r.distributions(w.distributions, after), r.keys(w.keys, call.origin).after, number_of(call)
        )
        work *= _factor(w, kind, g)
    call.talk += t - call.since
    to = _moves_to(w, slot)
    if to < 0:
        _served(w, slot, t)
    else:
        call.stage += 1
        call.moved = 1
        call.patience = -1.0
        enter(w, slot, to, t)
    if work > 0.0:
        events.push(w, t + work, events.event(events.WORKED, g, 0))
    else:
        next_work(w, g, t)


@inlined
def _served(w: Any, slot: int, t: float) -> None:
    call = r.calls(w.calls, slot)
    counts = calls.counts(w, slot)
    counts.served += 1.0
    counts.talk += call.talk
    _answered(w, slot)
    calls.leave(w, slot, t)


@inlined
def _answered(w: Any, slot: int) -> None:
    call, counts = r.calls(w.calls, slot), calls.counts(w, slot)
    counts.wait += call.waited
    if call.waited <= r.kinds(w.kinds, call.origin).target and call.called_back == 0:
        counts.in_target += 1.0


@inlined
def cut_short(w: Any, slot: int) -> None:
    """The simulation stops in the middle of this call: answered it was."""
    calls.counts(w, slot).being_served += 1.0
    _answered(w, slot)


@inlined
def _moves_to(w: Any, slot: int) -> int:
    """The type a call is transferred to after this service, or -1."""
    call = r.calls(w.calls, slot)
    at = call.kind * w.groups + call.group
    begin, end = r.ints(w.transfers_from, at).v, r.ints(w.transfers_from, at + 1).v
    if begin == end:
        return NONE
    chance = draws.uniform(r.keys(w.keys, call.origin).transfer, number_of(call))
    for e in range(begin, end):
        if chance < r.transfers(w.transfers, e).below:
            return int(r.transfers(w.transfers, e).to)
    return NONE
