"""Compiled: what each session is worth to each person at given prices of places."""

from __future__ import annotations

from typing import Any

import numpy as np
from numba import njit

from firsthand.plan.pure.front import bound, person
from firsthand.plan.pure.front.arrays import Arrays, Floats


@njit(cache=True, nogil=True)
def _worth(  # noqa: PLR0917  compiled code takes no names
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


@njit(cache=True, nogil=True)
def _reduced(  # noqa: PLR0912, PLR0917  compiled: one pass over everything
    cost: Any, allowed: Any, wish: Any, kind: Any, least: Any, most: Any, a_week: Any, ready: Any,
    can: Any, seat_price: Any, session_day: Any, follow: Any, starts: Any, short: float, width: int,
    shift: Any, session: Any,
) -> None:  # fmt: skip
    people, half_days, rooms = allowed.shape
    f = np.empty((half_days + 1, most.max() + 1, a_week.max() + 1, 2))
    g = np.empty((half_days + 1, most.max() + 1, a_week.max() + 1, 2))
    own = np.empty(half_days)
    for p in range(people):
        for h in range(half_days):
            own[h] = np.inf
            for r in range(rooms):
                if allowed[p, h, r]:
                    own[h] = min(own[h], cost[kind[p], h, r] + wish[p, h])
        person.table(f, own, a_week[p], most[p], least[p], short, follow, starts)
        g[:] = np.inf
        value = short * least[p]
        if ready[p]:
            g[0, 0, 0, 0], value = 0.0, f[0, 0, 0, 0]
        else:
            for s in range(can.shape[1]):
                if can[p, s]:
                    start = (session_day[s] + 1) * width
                    g[start, 0, 0, 0] = min(g[start, 0, 0, 0], seat_price[s])
                    session[p, s] = seat_price[s] + f[start, 0, 0, 0]
                    value = min(value, session[p, s])
        for s in range(can.shape[1]):
            session[p, s] -= value
        for h in range(half_days):
            through = np.inf
            fresh = h + 1 < half_days and starts[h + 1]
            for n in range(min(most[p], h) + 1):
                for w in range(a_week[p] + 1):
                    for b in range(2):
                        now = g[h, n, w, b]
                        if now == np.inf:
                            continue
                        v = 0 if fresh else w
                        g[h + 1, n, v, 0] = min(g[h + 1, n, v, 0], now)
                        if n < most[p] and w < a_week[p] and own[h] < np.inf and (b == 0 or follow[h]):
                            v = 0 if fresh else w + 1
                            g[h + 1, n + 1, v, 1] = min(g[h + 1, n + 1, v, 1], now + own[h])
                            through = min(through, now + own[h] + f[h + 1, n + 1, v, 1])
            for r in range(rooms):
                if allowed[p, h, r]:
                    shift[p, h, r] = through - value + cost[kind[p], h, r] + wish[p, h] - own[h]


def of_sessions(a: Arrays, prices: bound.Prices) -> Floats:
    """P × S: the cost of the best roster after each session, less that of none (infinite: not possible)."""
    out = np.full(a.can.shape, np.inf)
    _worth(
        bound.cost_of(a, prices), a.allowed, a.wish + prices.even @ bound.sorts(a).T, a.kind, a.least, a.most,
        a.a_week, a.ready, a.can, a.session_day, a.may_follow, a.week_starts,
        float(a.problem.prices.least), len(a.problem.halves), out,
    )  # fmt: skip
    return out


def reduced(a: Arrays, prices: bound.Prices) -> tuple[Floats, Floats]:
    """How far above the bound at these prices every roster is that has this shift (P × H × R), this session (P × S)."""
    shift, session = np.full(a.allowed.shape, np.inf), np.full(a.can.shape, np.inf)
    _reduced(
        bound.cost_of(a, prices), a.allowed, a.wish + prices.even @ bound.sorts(a).T, a.kind, a.least, a.most,
        a.a_week, a.ready, a.can, prices.seat, a.session_day, a.may_follow, a.week_starts,
        float(a.problem.prices.least), len(a.problem.halves), shift, session,
    )  # fmt: skip
    return shift, session
