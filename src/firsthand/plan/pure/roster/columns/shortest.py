"""The cheapest weeks of one person for given prices: dynamic programming over day, automaton state and counters."""

from __future__ import annotations

import numba
import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]


@numba.njit(cache=True, nogil=True)
def shortest(  # type: ignore[no-untyped-def]  # noqa: PLR0917
    price, classes, after, moves, bits, which, then, ends, live, path
):
    """Fills `path` (days,) with a pattern for each day; returns the least price, inf if nothing is allowed.

    price (days, patterns), inf = closed; after, moves (states, classes); which (days, patterns, bits);
    then, ends (rows, values);
    live (days + 1, states × values), of `alive`."""
    days, patterns = price.shape
    states, values = after.shape[0], then.shape[1]
    size = states * values
    now = np.full(size, np.inf)
    now[0] = 0.0
    back = np.full((days, size), -1, np.int32)
    reached = np.zeros(states, np.bool_)
    reached[0] = True
    for day in range(days):
        new = np.full(size, np.inf)
        coming = np.zeros(states, np.bool_)
        from_day = back[day]
        for state in range(states):
            if not reached[state]:
                continue
            for pattern in range(patterns):
                cost = price[day, pattern]
                to = after[state, classes[pattern]]
                if to < 0 or cost == np.inf:
                    continue
                cost += moves[state, classes[pattern]]
                row = which[day, pattern, bits[state]]
                coming[to] = True
                for value in range(values):
                    so_far = now[state * values + value]
                    if so_far == np.inf:
                        continue
                    into = then[row, value]
                    if into < 0:
                        continue
                    at = to * values + into
                    if not live[day + 1, at]:
                        continue
                    total = so_far + cost + ends[row, value]
                    if total < new[at]:
                        new[at] = total
                        from_day[at] = (state * values + value) * patterns + pattern
        now = new
        reached = coming
    best = np.argmin(now)
    least = now[best]
    if least < np.inf:
        at = best
        for day in range(days - 1, -1, -1):
            step = back[day, at]
            path[day] = step % patterns
            at = step // patterns
    return least


@numba.njit(cache=True, nogil=True)
def alive(  # type: ignore[no-untyped-def]  # noqa: PLR0917
    price, classes, after, bits, which, then
):
    """(days + 1, states × values): from where the last day can still be reached with every rule held."""
    days, patterns = price.shape
    states, values = after.shape[0], then.shape[1]
    found = np.zeros((days + 1, states * values), np.bool_)
    found[days] = True
    for day in range(days - 1, -1, -1):
        for state in range(states):
            for pattern in range(patterns):
                to = after[state, classes[pattern]]
                if to < 0 or price[day, pattern] == np.inf:
                    continue
                row = which[day, pattern, bits[state]]
                for value in range(values):
                    into = then[row, value]
                    if into >= 0 and found[day + 1, to * values + into]:
                        found[day, state * values + value] = True
    return found
