"""The whole way by columns: bound, dive, improvement in rounds."""

from __future__ import annotations

import os

from firsthand.plan.pure.roster import windows
from firsthand.plan.pure.roster.columns.dive import dive
from firsthand.plan.pure.roster.columns.generate import Columns, columns, converge
from firsthand.plan.pure.roster.columns.improve import improve
from firsthand.plan.pure.roster.columns.person import Column
from firsthand.plan.pure.roster.columns.reinsert import greedy, reinsert
from firsthand.plan.pure.roster.progress import Search

ROUNDS = 2


def find(search: Search, seconds: float, *, seed: int, workers: int) -> bool:
    """Search by columns for so many seconds. False if the instance is not one for columns."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    threads = max(1, min(workers, cores))
    until = search.elapsed + seconds
    all_ = columns(search, threads)
    if all_ is None:
        return False
    if search.best is not None:
        all_.master.add(all_.of(search.best))
    greedy(all_, seed)
    converge(all_, 0.4 * seconds)
    current = _start(all_, 0.2 * seconds, seed)
    all_.learn(all_.master.columns)
    for number in range(ROUNDS):
        if search.done or current is None:
            break
        left = (until - search.elapsed) / (ROUNDS - number)
        current = reinsert(all_, current, 0.5 * left, seed=seed + number, threads=threads)
        windows.improve(search, 0.3 * left, seed=seed + number, threads=threads)
        if search.best is not None:
            current = all_.of(search.best)
        if not search.done:
            current = improve(all_, current, 0.2 * left, seed=seed + number, threads=threads)
    return True


def _start(all_: Columns, seconds: float, seed: int) -> list[Column] | None:
    """The roster of a dive, finished in haste if time runs out; None if somebody has none."""
    found = greedy(all_, seed, dive(all_, seconds))
    return all_.of(all_.search.best) if all_.search.best is not None else found
