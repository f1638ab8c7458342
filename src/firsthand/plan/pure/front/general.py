"""The front week's engine for a general instance that is one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from firsthand.plan.pure.front import instance, recognise, solve
from firsthand.plan.pure.roster.instance import Assignment, Instance


@dataclass(frozen=True)
class Found:
    assignments: frozenset[Assignment]
    cost: int
    bound: int
    feasible: bool  # only locks that contradict the rules can make it false


def search(
    one: Instance,
    *,
    seconds: float,
    seed: int,
    clock: Callable[[], float],
    workers: int = 8,
    progress: Callable[[solve.Progress], None] = lambda _: None,
    stop: Callable[[], bool] = lambda: False,
) -> Found | None:
    """None: it says more than a front week; the general search is for it."""
    try:
        problem = recognise.problem_of(one)
    except recognise.NotAFrontWeek:
        return None
    found = solve.solve(
        problem, seconds=seconds, seed=seed, clock=clock, workers=workers, progress=progress, stop=stop
    )
    assignments = frozenset(instance.assignments_of(problem, found.roster))
    return Found(assignments, found.cost, found.bound, not found.verdict.broken)
