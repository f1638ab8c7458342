"""Why nothing fits, and what a wish costs."""

from __future__ import annotations

from dataclasses import dataclass, replace

from ortools.sat.python import cp_model

from firsthand.plan.pure.roster import exact, solve
from firsthand.plan.pure.roster.evaluate import Violation, evaluate
from firsthand.plan.pure.roster.instance import Assignment, Instance, Total
from firsthand.plan.pure.roster.model import build
from firsthand.plan.pure.roster.progress import Search, Stop


@dataclass(frozen=True)
class Missing:
    """The fewest rules that must be missed, found by letting all be missed: what stands in the way, and by how much.

    Rules of nature are never missed: nobody is in two places, rest is kept, training comes first, nobody works where
    he or she cannot. `proven`: with less missed there is none."""

    violations: tuple[Violation, ...]
    assignments: frozenset[Assignment]  # the roster that misses only these
    proven: bool


def missing(
    instance: Instance,
    *,
    seconds: float = 20.0,
    seed: int = 1,
    workers: int = exact.WORKERS,
    stop: Stop | None = None,
) -> Missing:
    """What cannot be met together. No violations: a roster exists."""
    model = build(instance, relaxed=True)
    solver = exact.solver_of(seconds, seed, workers)
    with exact.watching(solver, Search(instance, seconds, stop=stop)):
        status = solver.solve(model.cp)
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return Missing(evaluate(instance, ()).violations, frozenset(), False)
    found = model.read(solver.value)
    return Missing(evaluate(instance, found).violations, found, status == cp_model.OPTIMAL)


@dataclass(frozen=True)
class Price:
    """What everybody together pays if this wish is met: `low` to `high` more than the roster costs now.

    `high` None: no roster that meets it was found; with `impossible` there is none."""

    low: int | None
    high: int | None
    impossible: bool = False


def price(
    instance: Instance,
    solution: solve.Solution,
    person: int,
    wish: int,
    *,
    seconds: float = 5.0,
    seed: int = 1,
    workers: int = exact.WORKERS,
    stop: Stop | None = None,
) -> Price:
    """The price of one wish of a person, by searching again with the wish as a rule."""
    who = instance.people[person]
    asked = who.wishes[wish]
    must = Total("shifts", ((asked.day,),), int(asked.on), None if asked.on else 0, asked.kinds)
    people = list(instance.people)
    people[person] = replace(who, totals=(*who.totals, must))
    strict = replace(instance, people=tuple(people))
    search = Search(strict, seconds, stop=stop)
    model = build(strict)
    model.hint(solution.assignments)
    solver = exact.solver_of(seconds, seed, workers)
    with exact.watching(solver, search):
        status = solver.solve(model.cp, exact.Watch(search, model))
    if status == cp_model.INFEASIBLE:
        return Price(None, None, impossible=True)
    now = solution.objective or 0
    low = max(0, round(solver.best_objective_bound) - now) if status != cp_model.UNKNOWN else 0
    return Price(low, None if search.objective is None else search.objective - now)


def unmet(instance: Instance, assignments: frozenset[Assignment]) -> list[tuple[int, int]]:
    """(person, wish) of all wishes not met, the weightiest first."""
    there: dict[tuple[int, int], set[int]] = {}
    for one in assignments:
        there.setdefault((one.person, one.day), set()).add(one.kind)
    found = []
    for person, who in enumerate(instance.people):
        for number, wish in enumerate(who.wishes):
            kinds = there.get((person, wish.day), set())
            met = bool(kinds & wish.kinds if wish.kinds else kinds)
            if met != wish.on:
                found.append((person, number))
    return sorted(found, key=lambda one: -instance.people[one[0]].wishes[one[1]].weight)
