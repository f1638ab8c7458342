"""Compiled: what each session is worth to each person at given prices of places."""

from __future__ import annotations

from typing import Any

import numpy as np
from numba import njit

from firsthand.plan.pure.front import bound, person
from firsthand.plan.pure.front.arrays import Arrays, Floats


@njit(cache=True, nogil=True)
def _worth(
    cost: Any, allowed: Any, wish: Any, kind: Any, least: Any, most: Any, a_week: Any,
    ready: Any, can: Any, session_day: Any, follow: Any, starts: Any, short: float, width: int, out: Any,
) -> None:  # fmt: skip
    people, half_days, rooms = allowed.shape
    f = np.empty((half_days + 1, most.max() + 1, a_week.max() + 1, 2))
    own = np.empty(half_days)
    for p in range(people):
        if ready[p]:
            continue
        for h in range(half_days):
            own[h] = np.inf
            for r in range(rooms):
                if allowed[p, h, r]:
                    own[h] = min(own[h], cost[kind[p], h, r] + wish[p, h])
        person.table(f, own, a_week[p], most[p], least[p], short, follow, starts)
        for s in range(can.shape[1]):
            if can[p, s]:
                out[p, s] = f[(session_day[s] + 1) * width, 0, 0, 0] - short * least[p]


def of_sessions(a: Arrays, prices: bound.Prices) -> Floats:
    """P × S: the cost of the best roster after each session, less that of none (infinite: not possible)."""
    out = np.full(a.can.shape, np.inf)
    _worth(
        bound.cost_of(a, prices), a.allowed, a.wish + prices.even @ bound.sorts(a).T, a.kind, a.least, a.most,
        a.a_week, a.ready, a.can, a.session_day, a.may_follow, a.week_starts,
        float(a.problem.prices.least), len(a.problem.halves), out,
    )  # fmt: skip
    return out
