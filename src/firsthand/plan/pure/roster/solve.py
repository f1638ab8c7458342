"""The search for a roster: a start, columns, improvement, proof; the best so far at any moment."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from firsthand.plan.pure.roster import exact
from firsthand.plan.pure.roster.columns import find
from firsthand.plan.pure.roster.evaluate import evaluate
from firsthand.plan.pure.roster.instance import Assignment, Instance
from firsthand.plan.pure.roster.progress import Report, Search, Stop

SMALL = 1500  # open cells


@dataclass(frozen=True)
class Solution:
    """`status`: optimal; feasible (not proven best); infeasible (proven: `explain.missing` says why); unknown."""

    assignments: frozenset[Assignment]
    objective: int | None  # None without a roster that holds every rule
    bound: int | None  # no roster is better than this
    status: str
    penalties: dict[str, int] = field(default_factory=dict)
    seconds: float = 0.0


def solve(
    instance: Instance,
    *,
    seconds: float = 60.0,
    seed: int = 1,
    workers: int = exact.WORKERS,
    start: Iterable[Assignment] | None = None,
    progress: Report | None = None,
    stop: Stop | None = None,
) -> Solution:
    """The best roster found in so many seconds. `start` is kept unless something better is found.

    `stop` is asked often, from any thread; `progress` is called at each better roster or bound."""
    search = Search(instance, seconds, progress, stop)
    if start is not None:
        search.found(start)
    status = "unknown"
    if not search.done and _small(instance):
        status = exact.prove(search, 0.06 * seconds, seed=seed, workers=workers)
    if not search.done and status != "infeasible":
        find.find(search, _share(instance) * search.left, seed=seed, workers=workers)
    if not search.done and status != "infeasible":
        status = exact.prove(search, search.left, seed=seed, workers=workers)
    return solution(search, status)


def _small(instance: Instance) -> bool:
    """So small that CP-SAT may prove the best at once."""
    return sum(map(len, instance.cells)) <= SMALL


def _share(instance: Instance) -> float:
    """How much of the time goes to columns: less if rules couple people in ways that columns do not see."""
    return 0.4 if instance.togethers or instance.fairness else 0.95


def solution(search: Search, status: str = "unknown") -> Solution:
    if search.best is None:
        return Solution(frozenset(), None, search.bound, status, {}, search.elapsed)
    proven = search.bound is not None and search.objective is not None and search.objective <= search.bound
    return Solution(
        search.best,
        search.objective,
        search.bound,
        "optimal" if proven else "feasible",
        evaluate(search.instance, search.best).penalties,
        search.elapsed,
    )
