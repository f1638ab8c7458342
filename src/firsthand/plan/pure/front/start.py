"""A good roster within a second or three: prices from the bound settle the training, flows the shifts.

What flows cannot see (a third Friday, only mornings, a week without an executive, a newcomer alone) gets a price for
exactly those who have it, and the flow runs again: most wishes tie, so that it finds a way round for almost nothing.
People who count for several topics at once do not flow; CP-SAT places them, a small problem of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np

from firsthand.plan.pure.front import bound, exact, flow, score, worth
from firsthand.plan.pure.front.arrays import OFF, Arrays, Bools, Floats, Ints, State, empty

_STEP = 0.5  # what a price for one person's unevenness rises by
_MANY = 250  # people who count for several levels: past that the flow takes one level of each


def greedy(a: Arrays) -> State:
    """At once, and not very good: training as early as seats allow, then one flow without any prices."""
    early = np.where(a.can, a.session_day[None, :] - 1000.0, np.inf)
    return flow.shifts(a, flow.network(a), flow.sessions(a, early))


def crossing(a: Arrays) -> Ints:
    """The people whose needs do not flow: those who count for several levels, and all who share a level with them."""
    joined = np.zeros(len(a.levels), dtype=np.bool_)
    while True:
        touched = (a.counts & joined).any(axis=1) | (a.counts.sum(axis=1) > 1)
        after = joined | a.counts[touched].any(axis=0)
        if (after == joined).all():
            break
        joined = after
    classes = np.asarray((a.counts & joined).any(axis=1))
    return np.nonzero(classes[a.kind])[0]


def place(
    a: Arrays,
    people: Ints,
    keep: tuple[Bools, Bools],
    *,
    seconds: float,
    seed: int,
    workers: int,
    stop: Callable[[], bool],
) -> State:
    """These people alone, by CP-SAT. Nobody, if there was no time or there are too many of them."""
    if not 0 < len(people) <= _MANY:
        return empty(a)
    model = exact.Model(a, empty(a), people, keep=keep)
    found = model.solve(seconds=seconds, workers=workers, seed=seed, stop=stop)
    return found.state or empty(a)


def flows(a: Arrays, climbed: bound.Bound, others: State, rounds: int) -> Iterator[State]:
    """One roster a round, each whole; `others` are placed already."""
    net, placed = flow.network(a), (others.room != OFF).any(axis=1)
    value = worth.of_sessions(a, climbed.prices) - 0.3 * climbed.leaning
    value[placed] = np.inf
    session = flow.sessions(a, value)
    even, sorts = climbed.prices.even.copy(), bound.sorts(a)
    pins: dict[tuple[int, int, int], float] = {}
    lonely: Floats = np.zeros(a.allowed.shape[1:])
    free = bound.evenness(a)[0]
    for number in range(rounds):
        lean = np.repeat((even @ sorts.T)[:, :, None], a.allowed.shape[2], axis=2)
        lean += a.newcomer[:, None, None] * lonely[None]
        for at, price in pins.items():
            lean[at] -= price
        state = flow.shifts(a, net, session, lean)
        state.room[placed], state.session[placed] = others.room[placed], others.session[placed]
        yield state
        found = score.weigh(a, state)
        even = np.where((state.room != OFF) @ sorts > free, even + _STEP, even * 0.97)
        for h, r in found.alone:
            lonely[h, r] += 1.0
        for r, week in found.unled:
            _pin(a, state, pins, (int(r), int(week)), number)


def _pin(
    a: Arrays, state: State, pins: dict[tuple[int, int, int], float], unled: tuple[int, int], number: int
) -> None:
    """One executive, each time another, is drawn to the half-day of this week that suits him or her best."""
    room, week = unled
    days = np.nonzero(a.week == week)[0]
    options = []
    for p in np.nonzero(a.executive)[0].tolist():
        first = -1 if a.ready[p] else a.session_day[state.session[p]] if state.session[p] != OFF else 10**6
        fit = [
            h
            for h in days.tolist()
            if a.allowed[p, h, room] and a.day[h] > first and (p, h, room) not in pins
        ]
        if fit:
            best = min(fit, key=lambda h: (a.wish[p, h], state.room[p, h] == OFF, h))
            options.append((int(a.wish[p, best]), p, int(best)))
    if options:
        _, p, h = sorted(options)[number % min(3, len(options))]
        pins[p, h, room] = float(a.problem.prices.executive)
