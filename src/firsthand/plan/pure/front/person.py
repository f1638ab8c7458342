"""Compiled: the best roster of one person at given prices, exactly.

Half-day by half-day, backwards: `f[h, n, w, b]` is the least cost from half-day h on, for somebody with n shifts so
far, w of them in this week, who worked (b) or not on the half-day before. Whoever is trained on day d starts with
nothing on day d + 1, so one table answers all sessions.
"""

from __future__ import annotations

import math
from typing import Any

from numba import njit

NOBODY = -1


@njit(cache=True, nogil=True)
def table(  # noqa: PLR0917  compiled code takes no names
    f: Any, cost: Any, a_week: int, most: int, least: int, short: float, follow: Any, starts: Any
) -> None:
    """Fills `f` for the costs of each half-day (infinite: not possible); `short`: for each shift below `least`."""
    half_days = cost.shape[0]
    for n in range(most + 1):
        end = short * max(0, least - n)
        for w in range(a_week + 1):
            f[half_days, n, w, 0] = end
            f[half_days, n, w, 1] = end
    for h in range(half_days - 1, -1, -1):
        fresh = h + 1 < half_days and starts[h + 1]
        for n in range(min(most, h) + 1):
            for w in range(a_week + 1):
                after = f[h + 1, n, 0 if fresh else w, 0]
                work = math.inf
                if n < most and w < a_week and cost[h] < math.inf:
                    work = cost[h] + f[h + 1, n + 1, 0 if fresh else w + 1, 1]
                f[h, n, w, 0] = min(after, work)
                f[h, n, w, 1] = min(after, work) if follow[h] else after


@njit(cache=True, nogil=True)
def best(  # noqa: PLR0917  compiled code takes no names
    f: Any,
    cost: Any,
    a_week: int,
    most: int,
    least: int,
    short: float,
    follow: Any,
    starts: Any,
    ready: bool,
    can: Any,
    session_price: Any,
    session_day: Any,
    width: int,
    worked: Any,
) -> tuple[float, int]:
    """The least cost and the session (NOBODY: none); `worked` gets a 1 for each half-day worked."""
    table(f, cost, a_week, most, least, short, follow, starts)
    half_days = cost.shape[0]
    worked[:] = 0
    value, session, h = short * least, NOBODY, half_days
    if ready:
        value, h = f[0, 0, 0, 0], 0
    else:
        for s in range(can.shape[0]):
            if can[s]:
                start = (session_day[s] + 1) * width
                total = session_price[s] + f[start, 0, 0, 0]
                if total < value - 1e-9:
                    value, session, h = total, s, start
    n, w, b = 0, 0, 0
    while h < half_days:
        fresh = h + 1 < half_days and starts[h + 1]
        after = f[h + 1, n, 0 if fresh else w, 0]
        if f[h, n, w, b] < after - 1e-12:
            worked[h] = 1
            n, w, b = n + 1, 0 if fresh else w + 1, 1
        else:
            w, b = 0 if fresh else w, 0
        h += 1
    return value, session
