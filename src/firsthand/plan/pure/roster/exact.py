"""The whole instance at once by CP-SAT, from a start if there is one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Event, Thread
from typing import Any

from ortools.sat.python import cp_model

from firsthand.plan.pure.roster.model import Model, build
from firsthand.plan.pure.roster.progress import Search

WORKERS = 8  # with fewer, the subsolvers that work on the linear relaxation are left out, also on four cores


def prove(search: Search, seconds: float, *, seed: int = 1, workers: int = WORKERS) -> str:
    """Search until proven, stopped or out of time. `optimal`, `feasible`, `infeasible` or `unknown`."""
    search.say("prove")
    model = build(search.instance)
    if search.best is not None:
        model.hint(search.best)
    solver = solver_of(seconds, seed, workers)
    watched = Watch(search, model)
    solver.best_bound_callback = watched.bound
    with watching(solver, search):
        status = solver.solve(model.cp, watched)
    if status == cp_model.MODEL_INVALID:
        raise ValueError(model.cp.validate())
    if status in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        search.found(model.read(solver.value))
        search.proved(solver.best_objective_bound)
    return {
        cp_model.OPTIMAL: "optimal",
        cp_model.FEASIBLE: "feasible",
        cp_model.INFEASIBLE: "infeasible",
    }.get(status, "unknown")


def solver_of(seconds: float, seed: int, workers: int) -> cp_model.CpSolver:
    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds = max(0.01, seconds)
    solver.parameters.num_workers = workers
    solver.parameters.random_seed = seed
    solver.parameters.catch_sigint_signal = False  # whoever called us decides what Ctrl-C means
    return solver


@contextmanager
def watching(solver: cp_model.CpSolver, search: Search) -> Iterator[None]:
    """Ends the solver soon after the search should end, also while it finds nothing."""
    over = Event()

    def watch() -> None:
        while not over.wait(0.05):
            if search.done:
                solver.stop_search()

    thread = Thread(target=watch, daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()


class Watch(cp_model.CpSolverSolutionCallback):
    """Hands each better roster on; stops when the search should."""

    def __init__(self, search: Search, model: Model) -> None:
        super().__init__()
        self.search, self.model = search, model

    def on_solution_callback(self) -> None:
        value: Callable[[Any], Any] = self.value
        self.search.found(self.model.read(value))
        if self.search.done:
            self.stop_search()

    def bound(self, bound: float) -> None:
        self.search.proved(bound)
        if self.search.stop and self.search.stop():
            self.stop_search()
