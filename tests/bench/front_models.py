"""The linear relaxation of a front week, as anybody would write it: no roster costs less than its optimum."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from ortools.linear_solver.python import model_builder

from firsthand.plan.pure.front.problem import Problem

Model = Any
Vars = list[Any]


def lp_bound(problem: Problem, solver: str = "GLOP", seconds: float = 900.0) -> float:
    """People, training seats, needs, executives, Fridays, mornings. Buddies and the rooms' seats are left out."""
    model = model_builder.Model()
    program = _Program(problem, model)
    for person in range(len(problem.people)):
        program.person(person)
    program.needs()
    model.minimize(sum(program.cost))
    run = model_builder.Solver(solver)
    run.set_time_limit_in_seconds(seconds)
    if run.solve(model) != model_builder.SolveStatus.OPTIMAL:
        raise RuntimeError(f"{solver} found no optimum in {seconds:g} s")
    return float(run.objective_value)


class _Program:
    def __init__(self, problem: Problem, model: Model) -> None:
        self.problem, self.model = problem, model
        self.cost: Vars = []
        self.cover: dict[tuple[int, int, str], Vars] = defaultdict(list)
        self.chiefs: dict[tuple[int, int], Vars] = defaultdict(list)
        self.taken: dict[int, Vars] = defaultdict(list)
        self.open = sorted({(need.half_day, need.room) for need in problem.needs if need.wanted})

    def beyond(self, variables: Vars, free: int, price: int) -> None:
        if price and len(variables) > free:
            over = self.model.new_num_var(0, len(variables), "")
            self.cost.append(price * over)
            self.model.add(sum(variables) - over <= free)

    def person(self, p: int) -> None:
        problem, model, person = self.problem, self.model, self.problem.people[p]
        by_day: dict[int, Vars] = defaultdict(list)
        sort: dict[tuple[str, int], Vars] = defaultdict(list)
        for h, r in self.open:
            if h in person.blocked or not problem.speaks(p, r):
                continue
            var, day = model.new_num_var(0, 1, ""), problem.day_of(h)
            by_day[day].append(var)
            sort["week", problem.weeks[day]].append(var)
            sort["half", problem.half_of(h)].append(var)
            sort["friday", int(day in problem.fridays)].append(var)
            if wish := person.wishes.get(h, 0):
                self.cost.append(wish * var)
            for level in person.levels:
                self.cover[h, r, level].append(var)
            if person.executive:
                self.chiefs[r, problem.weeks[day]].append(var)
        self._days(p, by_day)
        every = [var for variables in by_day.values() for var in variables]
        for (name, number), variables in sort.items():
            if name == "week":
                model.add(sum(variables) <= person.a_week)
            elif name == "half":
                self.beyond(variables, problem.prices.each_half, problem.prices.half)
            elif number:
                self.beyond(variables, problem.prices.fridays, problem.prices.friday)
        if every:
            model.add(sum(every) <= person.most)
        if person.least:
            short = model.new_num_var(0, person.least, "")
            self.cost.append(problem.prices.least * short)
            model.add(sum(every) + short >= person.least)

    def _days(self, p: int, by_day: dict[int, Vars]) -> None:
        problem, model = self.problem, self.model
        trains = bool(problem.people[p].trains)
        fit = [s for s in range(len(problem.sessions)) if trains and problem.can_train(p, s)]
        sits = {s: model.new_num_var(0, 1, "") for s in fit}
        for s, var in sits.items():
            self.taken[s].append(var)
        if sits:
            model.add(sum(sits.values()) <= 1)
        for day, variables in by_day.items():
            before = [var for s, var in sits.items() if problem.sessions[s].day < day]
            model.add(sum(variables) <= ((sum(before) if before else 0) if trains else 1))

    def needs(self) -> None:
        problem, model = self.problem, self.model
        for s, variables in self.taken.items():
            model.add(sum(variables) <= problem.sessions[s].seats)
        for need in problem.needs:
            short, over = model.new_num_var(0, need.wanted, ""), model.new_num_var(0, 1e6, "")
            self.cost.append(need.under * short + need.over * over)
            there = self.cover[need.half_day, need.room, need.level]
            model.add((sum(there) if there else 0) + short - over == need.wanted)
        for room, week in sorted({(r, problem.weeks[problem.day_of(h)]) for h, r in self.open}):
            none = model.new_num_var(0, 1, "")
            self.cost.append(problem.prices.executive * none)
            there = self.chiefs[room, week]
            model.add((sum(there) if there else 0) + none >= 1)
