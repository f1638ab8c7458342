"""From shares of columns to one roster: hold what the linear programme is surest of, price again, go on.

What is held changes what the others should do, so columns are made after each step until the linear programme has
nearly settled: without that a dive ends far from its bound. What is held leaves the linear programme, which so
becomes smaller and faster on the way.
"""

from __future__ import annotations

import math
import random
from collections import defaultdict
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

from firsthand.plan.pure.roster.columns.generate import Columns
from firsthand.plan.pure.roster.columns.master import Master
from firsthand.plan.pure.roster.columns.person import Column

SETTLED = 0.0025  # of the value: what better columns could still gain is left
ROUNDS = 60  # of pricing after a step at most
AT_ONCE = 15  # one in so many people is decided at a step
FEW = 8  # people: what is left then is done in no time
ANEW = 0.8  # of the people open: a smaller linear programme is made
KEEP = 25  # columns of each person taken into it


@dataclass
class Dive:
    """`fixed` people stay as they are; the others get a column each.

    `sure`: a share as good as decided; `noise`: how much chance is added to a share between."""

    all: Columns
    chance: random.Random
    fixed: dict[int, Column] = field(default_factory=dict)
    sure: float = 0.99
    noise: float = 0.0
    pool: ThreadPoolExecutor | None = None  # to price with

    def down(self, until: float, columns: Iterable[Column]) -> bool:
        """Whether everybody has a column now; False if time ran out, or if for somebody none is known.

        `columns`: those to begin with."""
        search = self.all.search
        people = [each.number for each in self.all.workers if each.number not in self.fixed]
        pace = Pace(search.elapsed, until, len(people))
        columns = [column for column in columns if column.person not in self.fixed]
        while people:
            part, size = self._part(people, columns), len(people)
            while people and len(people) >= ANEW * size:
                if search.done or search.elapsed > until:
                    return False
                settle(part, people, limited=len(people) < size)
                if not self._fix(part, pace.many(search.elapsed, len(people))):
                    return False
                people = [person for person in people if person not in self.fixed]
            columns = nearest(part, people)
        return True

    def _part(self, people: list[int], columns: Iterable[Column]) -> Columns:
        """The linear programme for those still open, around those who are not."""
        whole, instance = self.all, self.all.search.instance
        held = [0] * len(instance.demands)
        for column in self.fixed.values():
            for row, times in column.rows:
                held[row] += times
        master = Master(instance, people, held)
        master.add(columns)
        return Columns(whole.search, whole.patterns, whole.workers, master, whole.best, self.pool)

    def _fix(self, part: Columns, many: int) -> int:
        """The surest columns, and all that are as good as sure; their people's other columns are out. How many."""
        master = part.master
        best: dict[int, tuple[float, int]] = {}
        for at, column in enumerate(master.columns):
            if column.person not in self.fixed:
                share = float(master.share[at])
                if 0.01 < share < self.sure:
                    share += self.noise * self.chance.random()
                if column.person not in best or share > best[column.person][0]:
                    best[column.person] = share, at
        order = sorted(best.values(), key=lambda one: (-one[0], one[1]))
        chosen = [at for n, (_, at) in enumerate(order) if n < many or master.share[at] >= self.sure]
        now = {master.columns[at].person: at for at in chosen}
        self.fixed.update((person, master.columns[at]) for person, at in now.items())
        for at, column in enumerate(master.columns):
            if column.person in now:
                value = float(now[column.person] == at)
                master.limit(at, value, value)
        return len(now)


@dataclass
class Pace:
    """How many people are decided at a step: more of them if time is short.

    From sixty to thirty takes about as long as from thirty to fifteen: programmes get smaller, but settle later."""

    began: float
    until: float
    people: int  # at the beginning

    def many(self, now: float, people: int) -> int:
        done = math.log(self.people / people)
        left = math.log(max(people, FEW) / FEW)
        hurry = left / done * (now - self.began) / max(1e-3, self.until - now) if done else 1.0
        return min(people, 1 + math.floor(max(1.0, hurry) * people / AT_ONCE))


def settle(part: Columns, people: Sequence[int], *, limited: bool) -> None:
    """Columns until the linear programme could gain little more. `limited`: columns were held since it was solved."""
    master = part.master
    for number in range(ROUNDS):
        value = master.solve(limited=limited and not number)
        if part.search.done or number == ROUNDS - 1:
            return
        found = part.cheapest(master.duals, people)[1]
        gain = sum(max(0.0, -master.reduced(column)) for column in found)
        if gain <= SETTLED * abs(value) or not master.add(found):
            return


def nearest(part: Columns, people: Iterable[int]) -> list[Column]:
    """The columns of these people that cost least at the prices of now."""
    inside = set(people)
    mine: dict[int, list[tuple[float, int, Column]]] = defaultdict(list)
    for at, column in enumerate(part.master.columns):
        if column.person in inside:
            mine[column.person].append((part.master.reduced(column), at, column))
    return [column for those in mine.values() for _, _, column in sorted(those)[:KEEP]]
