"""Take some people's rosters away and make them anew around all others', in several threads, again and again.

Each try is a small column generation: its bound says at once if nothing can be gained there.
"""

from __future__ import annotations

import math
import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from threading import Lock, Thread

from firsthand.plan.pure.roster.columns.choose import choose
from firsthand.plan.pure.roster.columns.generate import Columns
from firsthand.plan.pure.roster.columns.master import Master
from firsthand.plan.pure.roster.columns.person import Column

TRY = 3.0  # seconds for the choice among the columns of one try


@dataclass
class Current:
    """The roster all threads work on: a column for each person."""

    all: Columns
    columns: list[Column]
    lock: Lock = field(default_factory=Lock)
    tried: int = 0

    def rows(self, columns: Sequence[Column]) -> list[int]:
        held = [0] * len(self.all.search.instance.demands)
        for column in columns:
            for row, times in column.rows:
                held[row] += times
        return held

    def replace(self, new: Sequence[Column]) -> bool:
        """Put these in, if the whole is better for it: others may have changed meanwhile."""
        with self.lock:
            whole = list(self.columns)
            for column in new:
                whole[column.person] = column
            if self.all.search.found(self.all.assignments(whole)):
                self.columns = whole
                return True
            return False


def improve(
    all_: Columns, start: Sequence[Column], seconds: float, *, seed: int, threads: int
) -> list[Column]:
    """The roster after so many seconds, as columns."""
    all_.search.say("improve")
    current = Current(all_, sorted(start, key=lambda column: column.person))
    until = all_.search.elapsed + seconds
    chances = [random.Random(f"{seed}.{at}") for at in range(threads)]  # noqa: S311
    running = [Thread(target=_again, args=(current, until, chance), daemon=True) for chance in chances]
    for thread in running:
        thread.start()
    for thread in running:
        thread.join()
    return current.columns


def _again(current: Current, until: float, chance: random.Random) -> None:
    search, everybody = current.all.search, len(current.columns)
    size = float(min(everybody, 8))
    while not search.done and search.elapsed < until:
        columns = list(current.columns)
        people = sorted(_people(current, columns, chance, min(everybody, round(size))))
        new, hopeless = _try(current, columns, people, min(TRY, search.left), chance)
        current.tried += 1
        if new:
            current.replace(new)
        # nothing to gain among so few: take more; too many to get anything done in time: fewer
        elif hopeless:
            size = min(everybody, size * 1.05 + 0.1)
        else:
            size = max(3.0, size * 0.95)


def _people(current: Current, columns: Sequence[Column], chance: random.Random, size: int) -> set[int]:
    """Half of the time those who could mend a row that costs much, else anybody."""
    everybody = range(len(columns))
    instance = current.all.search.instance
    if chance.random() < 0.35:
        return set(chance.sample(everybody, size))
    held = current.rows(columns)
    costs = [
        demand.under * max(0, demand.wanted - there) + demand.over * max(0, there - demand.wanted)
        for demand, there in zip(instance.demands, held, strict=True)
    ]
    chosen: set[int] = set()
    while len(chosen) < size:
        row = chance.choices(range(len(costs)), [cost + 0.01 for cost in costs])[0]
        able = [p for p in everybody if p not in chosen and _touches(current.all, p, row)]
        chosen.update(chance.sample(able, min(len(able), 2 + size // 3, size - len(chosen))))
        if not able:
            left = [p for p in everybody if p not in chosen]
            chosen.add(chance.choice(left))
    return chosen


def _touches(all_: Columns, person: int, row: int) -> bool:
    return bool((all_.workers[person].row == row).any())


def _try(
    current: Current, columns: list[Column], people: list[int], seconds: float, chance: random.Random
) -> tuple[list[Column] | None, bool]:
    """(better columns for these people, is it proven that there are none?)"""
    all_ = current.all
    inside = set(people)
    held = current.rows([column for column in columns if column.person not in inside])
    master = Master(all_.search.instance, people, held)
    part = Columns(all_.search, all_.patterns, all_.workers, master, all_.best)
    mine = [columns[person] for person in people]
    part.master.add(mine)
    part.master.add(all_.known(people))
    now = _cost(part, mine)
    if _converge(part, people, now):
        return None, True
    all_.learn(part.master.columns)
    found = choose(part, seconds, given=mine, below=now, workers=1, seed=chance.randrange(1 << 30))
    return found, False


def _cost(part: Columns, mine: Sequence[Column]) -> int:
    there = [0] * len(part.master.wanted)
    cost = sum(column.cost for column in mine)
    for column in mine:
        for row, times in column.rows:
            there[row] += times
    for row, wanted in enumerate(part.master.wanted):
        demand = part.search.instance.demands[row]
        cost += demand.under * max(0, wanted - there[row]) + demand.over * max(0, there[row] - wanted)
    return round(cost)


def _converge(part: Columns, people: list[int], now: int, rounds: int = 30) -> bool:
    """Columns for these people. True as soon as the bound says that nothing better than `now` exists."""
    best = -math.inf
    for _ in range(rounds):
        value = part.master.solve()
        if part.search.done:
            break
        duals = part.master.duals
        cheapest, found = part.cheapest(duals, people)
        best = max(best, part.master.bound(duals, cheapest))
        if best > now - 1 + 1e-6:
            return True
        if value - best < 0.5 or not part.master.add(found):
            break
    return False
