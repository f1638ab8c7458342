"""What a roster costs, from the arrays: the search's own scales. The `referee` weighs again, by other means."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from firsthand.plan.pure.front import bound, exact
from firsthand.plan.pure.front.arrays import KEPT, OFF, Arrays, Bools, Ints, State


@dataclass(frozen=True)
class Score:
    cost: int
    over: Ints  # P × sorts: Fridays, mornings, afternoons beyond what is free
    unled: Ints  # pairs (room, week) without an executive
    alone: Ints  # pairs (half-day, room) with newcomers without a buddy
    short: Ints  # P: below the fewest shifts


def weigh(a: Arrays, state: State) -> Score:
    prices, worked = a.problem.prices, state.room != OFF
    there = exact.present(a, state, np.ones(len(a.least), dtype=np.bool_))
    gap = a.wanted - there
    cost = int(np.where(gap > 0, gap * a.under, -gap * a.over).sum())
    cost += int(a.wish[worked].sum()) + a.locks * KEPT  # a lock that is not kept outweighs everything
    short = np.maximum(a.least - worked.sum(axis=1), 0)
    free, dear = bound.evenness(a)
    over = np.maximum(worked @ bound.sorts(a) - free, 0) * (dear > 0)
    unled = np.argwhere((a.chief_price > 0) & ~_led(a, state))
    alone, lonely = _alone(a, state)
    cost += int(short.sum()) * prices.least + int((over @ dear).sum())
    cost += len(unled) * prices.executive + lonely * prices.buddy
    return Score(cost, over.astype(np.int64), unled, alone, short)


def fits(a: Arrays, state: State) -> bool:
    """Whether rooms and sessions have seats for all: what two changes, each good alone, may break together."""
    for r in range(len(a.seats)):
        if ((state.room == r).sum(axis=0) > a.seats[r]).any():
            return False
    taken = np.bincount(state.session[state.session != OFF], minlength=len(a.session_seats))
    return bool((taken <= a.session_seats).all())


def _led(a: Arrays, state: State) -> Bools:
    led = np.zeros(a.chief_price.shape, dtype=np.bool_)
    p, h = np.nonzero((state.room != OFF) & a.executive[:, None])
    led[state.room[p, h], a.week[h]] = True
    return led


def _alone(a: Arrays, state: State) -> tuple[Ints, int]:
    """The places in which newcomers have too few buddies at their first shift, and how many newcomers those are."""
    if not a.problem.prices.buddy:
        return np.zeros((0, 2), dtype=np.int64), 0
    worked = state.room != OFF
    new = np.nonzero(a.newcomer & worked.any(axis=1))[0]
    first = worked[new].argmax(axis=1)
    newcomers, buddies = (
        np.zeros(a.allowed.shape[1:], dtype=np.int64),
        np.zeros(a.allowed.shape[1:], dtype=np.int64),
    )
    np.add.at(newcomers, (first, state.room[new, first]), 1)
    p, h = np.nonzero(worked & a.buddy[:, None])
    np.add.at(buddies, (h, state.room[p, h]), 1)
    beyond = np.maximum(newcomers - a.problem.prices.newcomers_each * buddies, 0)
    return np.argwhere(beyond > 0), int(beyond.sum())
