"""The whole way by columns: bound, dive, improvement in rounds."""

from __future__ import annotations

import os

from firsthand.plan.pure.roster import windows
from firsthand.plan.pure.roster.columns.dives import dives
from firsthand.plan.pure.roster.columns.generate import columns, converge
from firsthand.plan.pure.roster.columns.improve import improve
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
    all_.learn(all_.master.columns)
    left = until - search.elapsed
    dives(all_, 0.6 * left, latest=until - 0.1 * left, seed=seed, threads=threads)
    for number in range(ROUNDS):
        left = (until - search.elapsed) / (ROUNDS - number)
        if search.done or search.best is None or left <= 0:
            break
        reinsert(all_, all_.of(search.best), 0.4 * left, seed=seed + number, threads=threads)
        windows.improve(search, 0.4 * left, seed=seed + number, threads=threads)
        if not search.done:
            improve(all_, all_.of(search.best), 0.2 * left, seed=seed + number, threads=threads)
    return True
