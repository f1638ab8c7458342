"""With everybody's training settled, who works when is a flow: each person's shifts run through weeks and days
into rooms and needs. An exact min-cost flow finds the cheapest in a fraction of a second.

What does not flow is left to `polish`: rest over night (rare with half-days), people who count for two topics at
once (here for one of them), executives, buddies, Fridays, mornings.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from ortools.graph.python import min_cost_flow

from firsthand.plan.pure.front.arrays import KEPT, OFF, Arrays, Bools, Floats, Ints, State, empty

_MANY = 1_000_000
GRAIN = 100  # prices are not whole: in hundredths


@dataclass(frozen=True)
class Network:
    """All arcs of a problem once; a training only takes some of them out."""

    tails: Ints
    heads: Ints
    capacity: Ints
    cost: Ints
    person: Ints  # of arcs that are a shift; else OFF
    half_day: Ints
    room: Ints
    supply: int
    source: int = 0
    sink: int = 1


class _Arcs:
    def __init__(self) -> None:
        self.parts: list[tuple[Ints, ...]] = []

    def add(self, tails: Ints, heads: Ints, capacity: Ints | int, cost: Ints | int, *shift: Ints) -> None:
        none = np.full(len(tails), OFF)
        full = [np.broadcast_to(np.asarray(x, dtype=np.int64), tails.shape) for x in (capacity, cost)]
        self.parts.append((tails, heads, *full, *(shift or (none, none, none))))

    def all(self) -> list[Ints]:
        return [np.concatenate(column) for column in zip(*self.parts, strict=True)]


def network(a: Arrays) -> Network:
    """Nodes: source, sink, people, person-weeks, person-days, places by level, places."""
    people, half_days, rooms = a.allowed.shape
    days, weeks, levels = int(a.day.max()) + 1, int(a.week.max()) + 1, len(a.levels)
    first_week = 2 + people
    first_day = first_week + people * weeks
    first_level = first_day + people * days
    first_place = first_level + half_days * rooms * levels
    arcs, every = _Arcs(), np.arange(people)
    source = np.zeros(people, dtype=np.int64)
    arcs.add(source, 2 + every, np.minimum(a.least, a.most), -a.problem.prices.least)
    arcs.add(source, 2 + every, np.maximum(a.most - a.least, 0), 0)
    who, week = (grid.ravel() for grid in np.meshgrid(every, np.arange(weeks), indexing="ij"))
    arcs.add(2 + who, first_week + who * weeks + week, a.a_week[who], 0)
    week_of = np.zeros(days, dtype=np.int64)
    week_of[a.day] = a.week
    who, day = (grid.ravel() for grid in np.meshgrid(every, np.arange(days), indexing="ij"))
    arcs.add(first_week + who * weeks + week_of[day], first_day + who * days + day, a.problem.a_day, 0)
    who, half_day, room = np.nonzero(a.allowed)
    for number in range(levels):
        own = a.counts[a.kind[who], number]
        p, h, r = who[own], half_day[own], room[own]
        place = first_level + (h * rooms + r) * levels + number
        arcs.add(first_day + p * days + a.day[h], place, 1, a.wish[p, h], p, h, r)
    h, r, level = (
        grid.ravel()
        for grid in np.meshgrid(*(np.arange(n) for n in (half_days, rooms, levels)), indexing="ij")
    )
    place, end = first_level + (h * rooms + r) * levels + level, first_place + h * rooms + r
    arcs.add(place, end, a.wanted[h, r, level], -a.under[h, r, level])
    arcs.add(place, end, _MANY, a.over[h, r, level])
    h, r = (grid.ravel() for grid in np.meshgrid(np.arange(half_days), np.arange(rooms), indexing="ij"))
    arcs.add(first_place + h * rooms + r, np.ones(len(h), dtype=np.int64), a.seats[r], 0)
    supply = int(a.most.sum())
    arcs.add(np.array([0]), np.array([1]), supply, 0)
    tails, heads, capacity, cost, p, h, r = arcs.all()
    return Network(tails, heads, capacity, cost, p, h, r, supply)


def shifts(a: Arrays, net: Network, session: Ints, lean: Floats | None = None) -> State:
    """The cheapest shifts after these sessions. `lean`: what each place costs a person on top (P × H × R)."""
    open_ = _after_training(a, session)
    keep = (net.person == OFF) | open_[net.person, net.half_day]
    cost = net.cost[keep] * GRAIN
    if lean is not None:
        on = net.person[keep] != OFF
        at_place = net.person[keep][on], net.half_day[keep][on], net.room[keep][on]
        cost[on] += np.round(lean[at_place] * GRAIN).astype(np.int64)
    flow = min_cost_flow.SimpleMinCostFlow()
    at = flow.add_arcs_with_capacity_and_unit_cost(net.tails[keep], net.heads[keep], net.capacity[keep], cost)
    flow.set_node_supply(net.source, net.supply)
    flow.set_node_supply(net.sink, -net.supply)
    if flow.solve() != flow.OPTIMAL:
        raise RuntimeError("A flow with a way past everybody always exists.")
    used = (flow.flows(at) > 0) & (net.person[keep] != OFF)
    state = empty(a)
    p, h = net.person[keep][used], net.half_day[keep][used]
    state.room[p, h] = net.room[keep][used]
    state.session[:] = session
    _rested(a, state)
    return state


def _after_training(a: Arrays, session: Ints) -> Bools:
    """P × H: open to those who are ready by then."""
    trained = np.where(
        session >= 0, a.session_day[np.maximum(session, 0)] if len(a.session_day) else 0, _MANY
    )
    ready = a.ready | (session >= 0)
    first = np.where(a.ready, -1, np.where(ready, trained, _MANY))
    return np.asarray(a.day[None, :] > first[:, None])


def _rested(a: Arrays, state: State) -> None:
    """Takes out the second of two shifts that may not follow each other; `polish` fills the gap."""
    for h in np.nonzero(~a.may_follow)[0]:
        if h > 0:
            state.room[(state.room[:, h] != OFF) & (state.room[:, h - 1] != OFF), h] = OFF


def sessions(a: Arrays, value: Floats) -> Ints:
    """Everybody's session, all seats considered, at the least sum of `value` (P × S; infinite: not possible).

    Whoever finds no seat, or is better off without (value above 0), has none."""
    people, count = value.shape
    who, at = np.nonzero(np.isfinite(value) & a.can)
    cost = np.round(np.clip(value[who, at], -KEPT * 10, KEPT * 10) * GRAIN).astype(np.int64)
    needing = np.nonzero(~a.ready)[0]
    flow = min_cost_flow.SimpleMinCostFlow()
    end = people + count
    arcs = flow.add_arcs_with_capacity_and_unit_cost(who, people + at, np.ones_like(who), cost)
    flow.add_arcs_with_capacity_and_unit_cost(
        people + np.arange(count), np.full(count, end), a.session_seats, np.zeros(count, dtype=np.int64)
    )
    flow.add_arcs_with_capacity_and_unit_cost(
        needing, np.full(len(needing), end), np.ones_like(needing), np.zeros_like(needing)
    )
    for p in needing:
        flow.set_node_supply(int(p), 1)
    flow.set_node_supply(end, -len(needing))
    if flow.solve() != flow.OPTIMAL:
        raise RuntimeError("Nobody needs a seat: such a flow always exists.")
    found = np.full(people, OFF)
    used = flow.flows(arcs) > 0
    found[who[used]] = at[used]
    return found
