"""One column for each person, exactly: CP-SAT over the columns known so far."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from ortools.sat.python import cp_model

from firsthand.plan.pure.roster import exact
from firsthand.plan.pure.roster.columns.generate import Columns
from firsthand.plan.pure.roster.columns.person import Column


def choose(
    all_: Columns,
    seconds: float,
    *,
    given: Iterable[Column] = (),
    below: float | None = None,
    workers: int = exact.WORKERS,
    seed: int = 1,
) -> list[Column] | None:
    """The best choice found, or None. `given` is the hint; `below`: only what costs less is of use."""
    master = all_.master
    cp = cp_model.CpModel()
    chosen = [cp.new_bool_var("") for _ in master.columns]
    each: dict[int, list[Any]] = defaultdict(list)
    rows: dict[int, list[Any]] = defaultdict(list)
    for take, column in zip(chosen, master.columns, strict=True):
        each[column.person].append(take)
        for row, times in column.rows:
            rows[row].append(take * times)
    for takes in each.values():
        cp.add_exactly_one(takes)
    cost = [take * int(column.cost) for take, column in zip(chosen, master.columns, strict=True)]
    for row, wanted in enumerate(master.wanted):
        misses = []
        for slack in master.slacks[row][::2]:
            miss = cp.new_int_var(int(slack.low), int(slack.high), "")
            misses.append(miss * slack.sign)
            cost.append(miss * int(slack.price))
        cp.add(sum(rows[row]) + sum(misses) == wanted)
    cp.minimize(cp_model.LinearExpr.sum(cost))
    if below is not None:
        cp.add(cp_model.LinearExpr.sum(cost) < int(below))
    hints = {(column.person, column.path) for column in given}
    if hints:
        for take, column in zip(chosen, master.columns, strict=True):
            cp.add_hint(take, (column.person, column.path) in hints)
    solver = exact.solver_of(seconds, seed, workers)
    with exact.watching(solver, all_.search):
        status = solver.solve(cp)
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return None
    return [column for take, column in zip(chosen, master.columns, strict=True) if solver.value(take)]
