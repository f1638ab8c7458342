"""Dives: one with all cores; then many at once, whole ones and ones that leave some people of the best roster as
they are."""

from __future__ import annotations

import random
from collections.abc import Sequence
from threading import Thread

from firsthand.plan.pure.roster.columns.dive import Dive
from firsthand.plan.pure.roster.columns.generate import Columns
from firsthand.plan.pure.roster.columns.person import Column
from firsthand.plan.pure.roster.columns.reinsert import greedy

SURE = (0.8, 0.9, 0.99)
NOISE = 0.3
STAY = (0.3, 0.7)  # so many of the people stay as they are, at least and at most


def dives(all_: Columns, seconds: float, *, latest: float, seed: int, threads: int) -> None:
    """For so many seconds; but the first dive may go on until `latest`, a time of the search."""
    search = all_.search
    search.say("dive")
    until = min(search.seconds, search.elapsed + seconds)
    began = search.elapsed
    first = list(all_.master.columns)
    alone = Dive(all_, random.Random(seed), pool=all_.pool)  # noqa: S311
    if not _kept(all_, alone, first, latest):
        greedy(all_, seed, list(alone.fixed.values()))
        if search.elapsed < latest:
            return  # for somebody there is no roster: others would end there too
    took = search.elapsed - began

    def again(number: int) -> None:
        chance = random.Random(f"{seed}.{number}")  # noqa: S311
        while not search.done and search.elapsed + took / 2 < until:
            whole = search.elapsed + took < until and chance.random() < 0.5
            _kept(all_, *_next(all_, chance, first, whole=whole), until)

    running = [Thread(target=again, args=(number,), daemon=True) for number in range(threads)]
    for thread in running:
        thread.start()
    for thread in running:
        thread.join()


def _kept(all_: Columns, dive: Dive, columns: Sequence[Column], until: float) -> bool:
    """Dive, and remember what was found. False if time ran out."""
    reached = dive.down(until, columns)
    if reached:
        all_.search.found(all_.assignments(dive.fixed.values()))
    all_.learn(dive.fixed.values())
    return reached


def _next(
    all_: Columns, chance: random.Random, first: Sequence[Column], *, whole: bool
) -> tuple[Dive, Sequence[Column]]:
    """A dive and the columns it begins with."""
    dive = Dive(all_, chance, sure=chance.choice(SURE), noise=NOISE)
    best = all_.search.best
    if whole or best is None:
        return dive, first
    now = all_.of(best)
    stay = chance.sample(now, round(len(now) * chance.uniform(*STAY)))
    dive.fixed = {column.person: column for column in stay}
    return dive, [*first, *now]
