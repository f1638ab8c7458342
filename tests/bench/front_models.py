"""The front week as others would state it: one linear program, and one CP-SAT model from cold, same objective."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from ortools.linear_solver.python import model_builder

from firsthand.plan.pure.front.problem import Problem


def lp_bound(problem: Problem, solver: str = "HIGHS", seconds: float = 900.0) -> float:
    """The optimum of the linear relaxation: people, training seats, needs, executives (no roster costs less)."""
    model, bits = model_builder.Model(), 1.0
    cost: list[Any] = []
    x: dict[tuple[int, int, int], Any] = {}
    cover: dict[tuple[int, int, str], list[Any]] = defaultdict(list)
    chiefs: dict[tuple[int, int], list[Any]] = defaultdict(list)
    taken: dict[int, list[Any]] = defaultdict(list)
    needed = {(need.half_day, need.room) for need in problem.needs if need.wanted}
    for p, person in enumerate(problem.people):
        by_day: dict[int, list[Any]] = defaultdict(list)
        mine = []
        for h, r in sorted(needed):
            if h in person.blocked or not problem.speaks(p, r):
                continue
            var = x[p, h, r] = model.new_num_var(0, bits, f"x{p}_{h}_{r}")
            by_day[problem.day_of(h)].append(var)
            mine.append(var)
            if wish := person.wishes.get(h, 0):
                cost.append(wish * var)
            for level in person.levels:
                cover[h, r, level].append(var)
            if person.executive:
                chiefs[r, problem.weeks[problem.day_of(h)]].append(var)
        y = {
            s: model.new_num_var(0, bits, f"y{p}_{s}")
            for s in range(len(problem.sessions))
            if person.trains and problem.can_train(p, s)
        }
        for s, var in y.items():
            taken[s].append(var)
        if y:
            model.add(sum(y.values()) <= 1)
        for day, variables in by_day.items():
            if person.trains:
                before = [var for s, var in y.items() if problem.sessions[s].day < day]
                model.add(sum(variables) <= (sum(before) if before else 0))
            else:
                model.add(sum(variables) <= 1)
        for week in set(problem.weeks):
            inside = [v for d, vs in by_day.items() if problem.weeks[d] == week for v in vs]
            if len(inside) > person.a_week:
                model.add(sum(inside) <= person.a_week)
        if mine:
            model.add(sum(mine) <= person.most)
        if person.least:
            short = model.new_num_var(0, person.least, "")
            cost.append(problem.prices.least * short)
            model.add(sum(mine) + short >= person.least)
    for s, variables in taken.items():
        model.add(sum(variables) <= problem.sessions[s].seats)
    for need in problem.needs:
        short, over = model.new_num_var(0, need.wanted, ""), model.new_num_var(0, 1e6, "")
        cost.append(need.under * short + need.over * over)
        there = cover[need.half_day, need.room, need.level]
        model.add((sum(there) if there else 0) + short - over == need.wanted)
    for r in range(len(problem.rooms)):
        for week in set(problem.weeks):
            if any(room == r and problem.weeks[problem.day_of(h)] == week for h, room in needed):
                short = model.new_num_var(0, 1, "")
                cost.append(problem.prices.executive * short)
                there = chiefs[r, week]
                model.add((sum(there) if there else 0) + short >= 1)
    model.minimize(sum(cost))
    run = model_builder.Solver(solver)
    run.set_time_limit_in_seconds(seconds)
    status = run.solve(model)
    if status != model_builder.SolveStatus.OPTIMAL:
        raise RuntimeError(f"{solver}: {status}")
    return float(run.objective_value)
