"""Take a few people out, put each back where he or she is worth most, by exact dynamic programming; accept as in
simulated annealing. Several threads, each on a roster of its own, share the best."""

from __future__ import annotations

import math
import random
from collections.abc import Sequence
from threading import Thread

import numpy as np
import numpy.typing as npt

from firsthand.plan.pure.roster.columns.generate import Columns
from firsthand.plan.pure.roster.columns.person import Column

Floats = npt.NDArray[np.float64]
HOT, COLD = 6.0, 0.4


class Room:
    """One thread's roster: a column for each person, and how many are in each row of demand."""

    def __init__(self, all_: Columns, columns: Sequence[Column], chance: random.Random) -> None:
        self.all, self.chance = all_, chance
        self.noise = np.random.default_rng(chance.randrange(1 << 30))
        demands = all_.search.instance.demands
        self.wanted = np.array([demand.wanted for demand in demands], np.float64)
        self.least = np.array([demand.least for demand in demands], np.float64)
        self.most = np.array([math.inf if d.most is None else d.most for d in demands], np.float64)
        self.under = np.array([demand.under for demand in demands], np.float64)
        self.over = np.array([demand.over for demand in demands], np.float64)
        self.reset(columns)

    def reset(self, columns: Sequence[Column]) -> None:
        self.columns = list(columns)
        self.held = np.zeros(len(self.wanted))
        for column in columns:
            self._count(column, 1)
        self.cost = self.now()

    def add(self, column: Column) -> None:
        self.columns.append(column)
        self._count(column, 1)

    def _count(self, column: Column, sign: int) -> None:
        for row, times in column.rows:
            self.held[row] += sign * times

    def rows(self, held: Floats) -> Floats:
        """What each row costs."""
        short, over = np.maximum(0, self.wanted - held), np.maximum(0, held - self.wanted)
        broken = np.maximum(0, self.least - held) + np.maximum(0, held - self.most)
        found: Floats = self.under * short + self.over * over + 1e4 * broken
        return found

    def now(self) -> float:
        return float(self.rows(self.held).sum() + sum(column.cost for column in self.columns))

    def step(self, heat: float) -> bool:
        """Whether the roster changed and is now the cheapest this thread has seen."""
        out = self._out()
        before = [self.columns[person] for person in out]
        for column in before:
            self._count(column, -1)
        self.chance.shuffle(out)
        placed: list[Column] = []
        trust = self.chance.random()
        for at, person in enumerate(out):
            found = self.place(person, trust * (len(out) - 1 - at) / len(out))
            if found is None:
                break
            placed.append(found)
            self._count(found, 1)
        if len(placed) == len(out):
            old = [self.columns[column.person] for column in placed]
            for column in placed:
                self.columns[column.person] = column
            cost = self.now()
            if cost <= self.cost - heat * math.log(self.chance.random() + 1e-12):
                self.cost = cost
                self.all.learn(placed)
                return True
            for column in old:
                self.columns[column.person] = column
        for column in placed:
            self._count(column, -1)
        for column in before:
            self._count(column, 1)
        return False

    def place(self, person: int, trust: float) -> Column | None:
        """The cheapest roster of this person among the others; the more are still out, the more the prices of the
        linear programme are trusted."""
        gain = self.rows(self.held) - self.rows(self.held + 1)
        worth = (1 - trust) * gain + trust * np.minimum(self.all.best, np.where(gain > 0, np.inf, gain))
        if trust:
            worth = worth + self.noise.normal(0, 0.3, len(worth))
        return self.all.workers[person].cheapest(worth)[1]

    def _out(self) -> list[int]:
        everybody = len(self.columns)
        size = min(everybody, self.chance.choice((1, 2, 2, 3, 3, 4, 5, 6)))
        costs = self.rows(self.held)
        if self.chance.random() < 0.4 or not costs.any():
            return self.chance.sample(range(everybody), size)
        steps = np.cumsum(costs + 0.01)
        row = int(np.searchsorted(steps, self.chance.random() * steps[-1]))
        able = self.all.able[row]
        size = min(size, len(able))
        chosen = self.chance.sample(able, size)
        if chosen and self.chance.random() < 0.5:
            chosen[-1] = self.chance.randrange(everybody)
        return list(dict.fromkeys(chosen)) or [self.chance.randrange(everybody)]


def greedy(all_: Columns, seed: int, given: Sequence[Column] = ()) -> list[Column] | None:
    """A roster in no time: beside those given, each person in turn where he or she is worth most."""
    chance = random.Random(seed)  # noqa: S311
    room = Room(all_, given, chance)
    missing = sorted({each.number for each in all_.workers} - {column.person for column in given})
    chance.shuffle(missing)
    for at, person in enumerate(missing):
        trust = 1 - at / len(missing) if np.any(all_.best) else 0.0
        found = None if all_.search.done else room.place(person, trust)
        if found is None:
            return None
        room.add(found)
    all_.search.found(all_.assignments(room.columns))
    all_.master.add(room.columns)
    return sorted(room.columns, key=lambda column: column.person)


def reinsert(
    all_: Columns, start: Sequence[Column], seconds: float, *, seed: int, threads: int
) -> list[Column]:
    """The best roster after so many seconds, as columns."""
    search = all_.search
    search.say("improve")
    began, until = search.elapsed, min(search.seconds, search.elapsed + seconds)
    order = sorted(start, key=lambda column: column.person)
    rooms = [Room(all_, order, random.Random(f"{seed}.{at}")) for at in range(threads)]  # noqa: S311

    def run(room: Room) -> None:
        best = room.cost
        keep = room.columns[:]
        while not search.done and search.elapsed < until:
            past = (search.elapsed - began) / max(1e-9, until - began)
            heat = HOT * (COLD / HOT) ** past
            if room.step(heat) and room.cost < best - 0.5:
                best, keep = room.cost, room.columns[:]
                if search.objective is None or best < search.objective:
                    search.found(all_.assignments(keep))
        room.reset(keep)

    running = [Thread(target=run, args=(room,), daemon=True) for room in rooms]
    for thread in running:
        thread.start()
    for thread in running:
        thread.join()
    return min(rooms, key=lambda room: room.cost).columns
