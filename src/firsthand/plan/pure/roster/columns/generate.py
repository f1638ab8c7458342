"""Columns until no better one exists: the bound, and what a good roster is made of."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
import numpy.typing as npt

from firsthand.plan.pure.roster.columns.master import Master
from firsthand.plan.pure.roster.columns.patterns import Pattern, patterns
from firsthand.plan.pure.roster.columns.person import Column, Known, Worker, worker
from firsthand.plan.pure.roster.instance import Assignment, Instance
from firsthand.plan.pure.roster.progress import Search

Floats = npt.NDArray[np.float64]
KEEP = 120  # columns remembered of each person


@dataclass
class Columns:
    """The workers, the linear programme, and threads to ask the workers with."""

    search: Search
    patterns: list[Pattern]
    workers: list[Worker]
    master: Master
    best: Floats  # duals with the best bound so far
    pool: ThreadPoolExecutor | None = None
    bound: float = -np.inf
    seen: dict[int, dict[tuple[int, ...], Column]] = field(default_factory=lambda: defaultdict(dict))

    @cached_property
    def able(self) -> list[list[int]]:
        """For each row of demand, who can be counted in it."""
        found: list[list[int]] = [[] for _ in self.search.instance.demands]
        for each in self.workers:
            for row in np.unique(each.row):
                found[row].append(each.number)
        return found

    def learn(self, columns: Iterable[Column]) -> None:
        """Remember columns for later tries; safe to call from several threads."""
        for column in columns:
            mine = self.seen[column.person]
            mine.pop(column.path, None)
            mine[column.path] = column
            while len(mine) > KEEP:
                mine.pop(next(iter(mine)), None)

    def known(self, people: Iterable[int]) -> list[Column]:
        return [column for person in people for column in list(self.seen[person].values())]

    def cheapest(self, duals: Floats, people: Iterable[int]) -> tuple[float, list[Column]]:
        asked = self.pool.map if self.pool else map
        found = list(asked(lambda one: self.workers[one].cheapest(duals), people))
        return sum(value for value, _ in found), [column for _, column in found if column]

    def assignments(self, columns: Iterable[Column]) -> list[Assignment]:
        return [one for c in columns for one in self.workers[c.person].assignments(c.path)]

    def of(self, given: Iterable[Assignment]) -> list[Column]:
        """The columns of a roster."""
        number = {frozenset(pattern): at for at, pattern in enumerate(self.patterns)}
        days: dict[tuple[int, int], set[tuple[int, int]]] = defaultdict(set)
        for one in given:
            days[one.person, one.day].add((one.kind, one.place))
        found = []
        for each in self.workers:
            path = [number[frozenset(days[each.number, day])] for day in range(self.search.instance.days)]
            found.append(each.column(np.array(path)))
        return found


def columns(search: Search, threads: int) -> Columns | None:
    """None if this instance is not one for columns: too many patterns, or rules no automaton follows."""
    instance = search.instance
    all_patterns = patterns(instance)
    if all_patterns is None:
        return None
    rows = _rows(instance)
    people = range(len(instance.people))
    workers = []
    known = Known()
    for number in people:
        made = worker(instance, number, all_patterns, rows, known)
        if made is None:
            return None
        workers.append(made)
    nothing = [0] * len(instance.demands)
    master = Master(instance, people, nothing)
    return Columns(
        search, all_patterns, workers, master, np.array(nothing, np.float64), ThreadPoolExecutor(threads)
    )


def _rows(instance: Instance) -> dict[tuple[int, ...], list[int]]:
    found: dict[tuple[int, ...], list[int]] = defaultdict(list)
    for number, demand in enumerate(instance.demands):
        for day in demand.days:
            for kind in demand.kinds or range(len(instance.kinds)):
                for place in demand.places or range(len(instance.places)):
                    found[day, kind, place].append(number)
    return found


def converge(all_: Columns, seconds: float) -> bool:
    """Add columns until the bound meets the linear programme. False: out of time, or stopped.

    Prices are smoothed towards those of the best bound so far (Wentges 1997): fewer rounds."""
    search, master = all_.search, all_.master
    search.say("columns")
    until = search.elapsed + seconds
    people = range(len(all_.workers))
    if not np.isfinite(all_.bound):
        master.add(all_.cheapest(all_.best, people)[1])
    while not search.done and search.elapsed < until:
        value = master.solve()
        duals = master.duals
        near = 0.7
        while True:
            asked = near * all_.best + (1 - near) * duals if np.isfinite(all_.bound) else duals
            cheapest, found = all_.cheapest(asked, people)
            bound = master.bound(asked, cheapest)
            if bound > all_.bound:
                all_.bound, all_.best = bound, asked
                search.proved(bound)
            new = master.add(found)
            if new or near == 0:
                break
            near = 0.0 if near < 0.2 else near / 2
        if value - all_.bound < max(1e-6 * abs(value), 1e-3) or (not new and near == 0):
            return True
    return False
