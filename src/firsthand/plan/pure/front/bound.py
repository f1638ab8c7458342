"""No roster costs less than this: prices on places and on seats in training, everybody answers them alone.

Lagrangian relaxation. Each place (half-day, room, level) has a price between −over and under, each week's executive
one up to its cost, each seat in a session one from 0, each person's Fridays, mornings, afternoons one up to what
too many cost. At any such prices

    sum of price × wanted + sum of chief prices − sum of seat price × seats − sum of even price × allowance
    + sum over people of their best value

is a lower bound, and a person's best roster at given prices is exact (`person.best`). Buddies and the rooms' seats
are left out, which can only lower it. The prices rise by the volume algorithm (Barahona and Anbil, Mathematical
Programming 87, 2000): steps along an average of the answers, which approaches the solution of the linear program.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numba import njit

from firsthand.plan.pure.front import person
from firsthand.plan.pure.front.arrays import KEPT, Arrays, Floats, Ints

_SCALES = (1.0, 40.0, 1.0, 1.0)  # one executive a week weighs little beside dozens of shifts


@dataclass
class Prices:
    place: Floats  # H × R × L
    chief: Floats  # R × weeks
    seat: Floats  # S
    even: Floats  # P × (Fridays, then each half)


@dataclass
class Bound:
    value: float
    prices: Prices
    leaning: Floats  # P × S: how often each person's answer was this session, lately

    @property
    def whole(self) -> int:
        """Every price is a whole number: so is every objective."""
        return math.ceil(self.value - 1e-6)


@njit(cache=True, nogil=True)
def answer(  # noqa: PLR0917  compiled code takes no names
    cost: Any,  # C × H × R: what a place is worth, negative, for each class
    allowed: Any,
    wish: Any,
    kind: Any,
    least: Any,
    most: Any,
    a_week: Any,
    ready: Any,
    can: Any,
    seat_price: Any,
    session_day: Any,
    follow: Any,
    starts: Any,
    short: float,
    width: int,
    sorts: Any,  # H × (Fridays, then each half): 1 where a half-day is of that sort
    counted: Any,  # out, C × H × R: how many of each class answer with this place
    session: Any,  # out, P
    seats: Any,  # out, S
    evens: Any,  # out, P × sorts: how many shifts of each sort
) -> float:
    """Everybody's best roster at these prices. The sum of their values."""
    people, half_days, rooms = allowed.shape
    f = np.empty((half_days + 1, most.max() + 1, a_week.max() + 1, 2))
    own, room, worked = np.empty(half_days), np.empty(half_days, np.int64), np.empty(half_days, np.int64)
    counted[:] = 0.0
    seats[:] = 0.0
    evens[:] = 0.0
    total = 0.0
    for p in range(people):
        k = kind[p]
        for h in range(half_days):
            own[h] = np.inf
            for r in range(rooms):
                if allowed[p, h, r] and cost[k, h, r] + wish[p, h] < own[h]:
                    own[h], room[h] = cost[k, h, r] + wish[p, h], r
        value, s = person.best(
            f, own, a_week[p], most[p], least[p], short, follow, starts,
            ready[p], can[p], seat_price, session_day, width, worked,
        )  # fmt: skip
        total += value
        session[p] = s
        if s >= 0:
            seats[s] += 1.0
        for h in range(half_days):
            if worked[h]:
                counted[k, h, room[h]] += 1.0
                for i in range(sorts.shape[1]):
                    evens[p, i] += sorts[h, i]
    return total


Answers = tuple[Floats, Floats, Floats, Floats]


class _Climb:
    def __init__(self, a: Arrays) -> None:
        people, half_days, rooms = a.allowed.shape
        self.a = a
        self.weeks = (np.arange(a.chief_price.shape[1])[:, None] == a.week[None, :]).astype(float)
        self.sorts = sorts(a)
        self.free, self.dear = evenness(a)
        self.counted = np.zeros((len(a.counts), half_days, rooms))
        self.session = np.full(people, -1)
        self.seats = np.zeros(len(a.session_day))
        self.evens = np.zeros((people, self.sorts.shape[1]))
        self.kept = float(a.locks * KEPT)  # locks are free in the objective

    def at(self, prices: Prices) -> float:
        """The bound at these prices; what everybody answers stays in `counted`, `session`, `seats`, `evens`."""
        a = self.a
        people = answer(
            cost_of(a, prices), a.allowed, a.wish + prices.even @ self.sorts.T, a.kind, a.least, a.most, a.a_week,
            a.ready, a.can, prices.seat, a.session_day, a.may_follow, a.week_starts,
            float(a.problem.prices.least), len(a.problem.halves), self.sorts,
            self.counted, self.session, self.seats, self.evens,
        )  # fmt: skip
        fixed = float((prices.place * a.wanted).sum() + prices.chief.sum()) + self.kept
        return people + fixed - float((prices.seat * a.session_seats).sum() + (prices.even @ self.free).sum())

    def there(self) -> Answers:
        """Present by level, executives by room and week, seats taken, sorts by person: in the last answer."""
        place = np.einsum("chr,cl->hrl", self.counted, self.a.counts.astype(float))
        chiefs = self.counted[self.a.chief].sum(axis=0)
        return place, (self.weeks @ chiefs).T, self.seats.copy(), self.evens.copy()

    def residual(self, prices: Prices, there: Answers) -> Answers:
        """The direction in which the bound rises, without what the limits of the prices forbid."""
        a = self.a
        return (
            _free(a.wanted - there[0], prices.place, -a.over, a.under),
            _free(1.0 - there[1], prices.chief, 0, a.chief_price),
            _free(there[2] - a.session_seats, prices.seat, 0, math.inf),
            _free(there[3] - self.free, prices.even, 0, self.dear),
        )

    def moved(self, prices: Prices, by: Answers, step: float) -> Prices:
        a = self.a
        place, chief, seat, even = (step * scale * part for scale, part in zip(_SCALES, by, strict=True))
        return Prices(
            np.clip(prices.place + place, -a.over, a.under),
            np.clip(prices.chief + chief, 0, a.chief_price),
            np.maximum(prices.seat + seat, 0),
            np.clip(prices.even + even, 0, self.dear),
        )


def at(a: Arrays, prices: Prices) -> float:
    """No roster costs less, whatever the prices."""
    return _Climb(a).at(prices)


def cost_of(a: Arrays, prices: Prices) -> Floats:
    """C × H × R: what a place costs somebody of a class, negative where it pays."""
    cost: Floats = -np.einsum("hrl,cl->chr", prices.place, a.counts.astype(float))
    cost[a.chief] -= prices.chief.T[a.week][None]
    return cost


def sorts(a: Arrays) -> Floats:
    """H × (Fridays, then each half): 1 where a half-day is of that sort."""
    halves = [a.half == half for half in range(len(a.problem.halves))]
    return np.stack([a.friday, *halves], axis=1).astype(float)


def evenness(a: Arrays) -> tuple[Floats, Floats]:
    """For each sort how many are free, and what each one beyond costs."""
    prices, halves = a.problem.prices, len(a.problem.halves)
    free = np.array([prices.fridays, *[prices.each_half] * halves], dtype=float)
    return free, np.array([prices.friday, *[prices.half] * halves], dtype=float)


def nothing(a: Arrays) -> Prices:
    even = np.zeros((len(a.least), 1 + len(a.problem.halves)))
    return Prices(np.zeros(a.wanted.shape), np.zeros(a.chief_price.shape), np.zeros(len(a.session_day)), even)


def climb(
    a: Arrays,
    target: float,
    clock: Callable[[], float],
    until: float,
    *,
    start: Prices | None = None,
    rounds: int = 2000,
    stop: Callable[[], bool] = lambda: False,
) -> Bound:
    """The best bound found until `until` on the clock, in `rounds`, or when it reaches `target` (a roster's cost)."""
    run, best = _Climb(a), start or nothing(a)
    value = run.at(best)
    mean, leaning = run.there(), _chosen(a, run.session)
    factor, worse = 0.1, 0
    for _ in range(rounds):
        if clock() > until or stop() or math.ceil(value - 1e-6) >= target:
            break
        residual = run.residual(best, mean)
        size = sum(scale * float((part * part).sum()) for scale, part in zip(_SCALES, residual, strict=True))
        if size < 1e-9:
            break
        tried = run.moved(
            best, residual, factor * max(1.0, min(1.02 * target, 1.2 * value + 40) - value) / size
        )
        found = run.at(tried)
        answered = run.there()
        share = 0.1 if found > value else 0.05
        mean = _mixed(share, answered, mean)
        leaning = share * _chosen(a, run.session) + (1 - share) * leaning
        if found > value + 1e-9:
            after = run.residual(tried, answered)
            same = sum(float((x * y).sum()) for x, y in zip(after, residual, strict=True))
            best, value, worse = tried, found, 0
            factor = min(2.0, factor * (1.1 if same > 0 else 1.0))
        elif (worse := worse + 1) >= 15:
            factor, worse = max(factor * 0.66, 1e-4), 0
    return Bound(value, best, leaning)


def _mixed(share: float, new: Answers, old: Answers) -> Answers:
    a, b, c, d = (share * x + (1 - share) * y for x, y in zip(new, old, strict=True))
    return a, b, c, d


def _chosen(a: Arrays, session: Ints) -> Floats:
    chosen = np.zeros(a.can.shape)
    on = np.nonzero(session >= 0)[0]
    chosen[on, session[on]] = 1.0
    return chosen


def _free(direction: Floats, at: Floats, low: Any, high: Any) -> Floats:
    stuck = ((at <= low) & (direction < 0)) | ((at >= high) & (direction > 0))
    return np.where(stuck, 0.0, direction)
