"""All that is needed to find one person's cheapest roster for given prices on the rows of demand."""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import dataclass, field, replace

import numpy as np
import numpy.typing as npt

from firsthand.plan.pure.roster.columns import automaton, counters
from firsthand.plan.pure.roster.columns.patterns import Pattern
from firsthand.plan.pure.roster.columns.shortest import alive, shortest
from firsthand.plan.pure.roster.instance import Assignment, Instance

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Column:
    """What one person does all the time, what that costs, and how often it counts in which row of demand."""

    person: int
    cost: float
    path: tuple[int, ...]  # pattern of each day
    rows: tuple[tuple[int, int], ...]  # (demand, times)


@dataclass
class Known:
    """Tables made already, for people with the same rules."""

    orders: dict[object, automaton.Automaton | None] = field(default_factory=dict)
    counters: dict[object, counters.Counters | None] = field(default_factory=dict)


@dataclass(frozen=True)
class Worker:
    number: int
    patterns: list[Pattern]
    own: Floats  # (days, patterns) wishes and changes; inf: closed
    order: automaton.Automaton
    count: counters.Counters
    live: npt.NDArray[np.bool_]  # where the last day can still be reached from
    at: Ints  # (links,) day × patterns + pattern
    row: Ints  # (links,) demand in which that counts once

    def price(self, duals: Floats) -> Floats:
        """(days, patterns) what a pattern costs beyond what the rows it counts in are worth."""
        worth = np.bincount(self.at, duals[self.row], self.own.size).reshape(self.own.shape)
        return self.own - worth

    def cheapest(self, duals: Floats) -> tuple[float, Column | None]:
        """(a lower bound of the least reduced cost, a column that has it or nearly so).

        duals (demands,): what one person more in a row is worth."""
        price = self.price(duals)
        least, path = self._shortest(price)
        if path is None or not self.count.loose:
            return least, None if path is None else self.column(path)
        path = self._within(price, path)
        return least, None if path is None else self.column(path)

    def _shortest(self, price: Floats) -> tuple[float, Ints | None]:
        path = np.zeros(len(price), np.int64)
        order, count = self.order, self.count
        least = shortest(
            price,
            order.classes,
            order.after,
            order.price,
            order.bits,
            count.which,
            count.then,
            count.price,
            self.live,
            path,
        )
        return float(least), path if math.isfinite(least) else None

    def _within(self, price: Floats, path: Ints) -> Ints | None:
        """Raise a price on what is counted too often until no loose counter is over its limit."""
        days = np.arange(len(path))
        finite = price[np.isfinite(price)]
        step = max(1.0, 0.05 * float(finite.max() - finite.min()))
        for _ in range(12):
            over = [
                one
                for one in self.count.loose
                if one.most is not None and one.adds[days, path].sum() * one.unit > one.most
            ]
            if not over:
                return path
            for one in over:
                price = price + step * one.adds
            step *= 2
            found = self._shortest(price)[1]
            if found is None:
                return None
            path = found
        return None

    def column(self, path: Ints) -> Column:
        on = np.zeros(self.own.size, np.bool_)
        on[np.arange(len(path)) * len(self.patterns) + path] = True
        rows, times = np.unique(self.row[on[self.at]], return_counts=True)
        counted = tuple(zip(rows.tolist(), times.tolist(), strict=True))
        return Column(self.number, self.cost(path), tuple(path.tolist()), counted)

    def cost(self, path: Ints) -> float:
        """What this roster costs by the rules of this person alone; inf if it breaks one."""
        state, value, cost = 0, 0, 0.0
        for day, pattern in enumerate(path):
            group = self.order.classes[pattern]
            row = self.count.which[day, pattern, self.order.bits[state]]
            cost += self.own[day, pattern] + self.order.price[state, group] + self.count.price[row, value]
            state, value = self.order.after[state, group], self.count.then[row, value]
            if state < 0 or value < 0:
                return math.inf
        days = np.arange(len(path))
        for one in self.count.loose:
            if one.most is not None and one.adds[days, path].sum() * one.unit > one.most:
                return math.inf
        return float(cost)

    def assignments(self, path: tuple[int, ...]) -> list[Assignment]:
        return [
            Assignment(self.number, day, kind, place)
            for day, pattern in enumerate(path)
            for kind, place in self.patterns[pattern]
        ]


def worker(
    instance: Instance,
    number: int,
    patterns: list[Pattern],
    rows: dict[tuple[int, ...], list[int]],
    known: Known,
) -> Worker | None:
    """None if the rules of this person are too much for an automaton with counters.

    `rows`: the demands that count a cell."""
    own = _own(instance, number, patterns)
    order = automaton.automaton(instance, number, patterns, known.orders)
    if order is None:
        return None
    person = instance.people[number]
    found = []
    bit = 0
    try:
        for total in person.totals:
            weekend = total.measure == "weekends"
            one = counters.counter(instance, total, patterns, np.isfinite(own), bit if weekend else -1)
            bit += weekend
            if one:
                found.append(one)
    except ValueError:
        return None
    if instance.previous and instance.previous.person:
        found.append(counters.touched(_differs(instance, number, patterns), instance.previous.person))
    count = counters.counters(found, instance.days, len(patterns), known.counters)
    if count is None:
        return None
    # a weekend total that cannot be missed has no counter: its bit is not looked at
    order = replace(order, bits=order.bits & (count.which.shape[2] - 1))
    at, row = _links(instance, number, patterns, own, rows)
    live = alive(own, order.classes, order.after, order.bits, count.which, count.then)
    return Worker(number, patterns, own, order, count, live, at, row)


def _own(instance: Instance, number: int, patterns: list[Pattern]) -> Floats:
    open_cells = instance.open_cells[number]
    own = np.zeros((instance.days, len(patterns)))
    for day in range(instance.days):
        for at, pattern in enumerate(patterns):
            if any((day, *one) not in open_cells for one in pattern):
                own[day, at] = math.inf
    for wish in instance.people[number].wishes:
        for at, pattern in enumerate(patterns):
            met = sum(not wish.kinds or kind in wish.kinds for kind, _ in pattern)
            own[wish.day, at] += wish.weight * (not met if wish.on else met)
    for lock in instance.locks:
        if lock.works and lock.assignment.person == number:
            for at, pattern in enumerate(patterns):
                if lock.assignment[2:] not in pattern:
                    own[lock.assignment.day, at] = math.inf
    if previous := instance.previous:
        differs = _differs(instance, number, patterns)
        own += previous.change * differs
        for day in previous.frozen:
            own[day, differs[day] > 0] = math.inf
    return own


def _differs(instance: Instance, number: int, patterns: list[Pattern]) -> Ints:
    """(days, patterns): how many shifts are not as they were."""
    open_cells = instance.open_cells[number]
    before: dict[int, set[tuple[int, int]]] = defaultdict(set)
    for one in instance.previous.assignments if instance.previous else ():
        if one.person == number and one[1:] in open_cells:
            before[one.day].add((one.kind, one.place))
    return np.array(
        [[len(before[day] ^ set(pattern)) for pattern in patterns] for day in range(instance.days)]
    )


def _links(
    instance: Instance,
    number: int,
    patterns: list[Pattern],
    own: Floats,
    rows: dict[tuple[int, ...], list[int]],
) -> tuple[Ints, Ints]:
    skills = instance.people[number].skills
    counts = [not demand.skills or bool(demand.skills & skills) for demand in instance.demands]
    at, row = [], []
    for day in range(instance.days):
        for number_of, pattern in enumerate(patterns):
            if math.isinf(own[day, number_of]):
                continue
            for one in pattern:
                for demand in rows.get((day, *one), ()):
                    if counts[demand]:
                        at.append(day * len(patterns) + number_of)
                        row.append(demand)
    return np.array(at, np.int64), np.array(row, np.int64)
