"""Models, columns and evaluator agree; what they say of each other is checked on whatever Hypothesis thinks of."""

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from ortools.sat.python import cp_model

from firsthand.plan.pure.roster import exact, explain, solve
from firsthand.plan.pure.roster.columns import generate
from firsthand.plan.pure.roster.evaluate import evaluate
from firsthand.plan.pure.roster.instance import Assignment, Demand, Instance, Lock, Person, Run, Total, Wish
from firsthand.plan.pure.roster.model import build
from firsthand.plan.pure.roster.progress import Search
from tests.plan.pure.roster.small import EARLY, LATE, instances, week, worked

few = settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
ALL = (tuple(range(7)),)


def optimum(instance: Instance) -> tuple[int, int | None, frozenset[Assignment]]:
    model = build(instance)
    solver = exact.solver_of(20, 1, 1)
    status = solver.solve(model.cp)
    if status != cp_model.OPTIMAL:
        return status, None, frozenset()
    return status, round(solver.objective_value), model.read(solver.value)


@few
@given(instances())
def test_the_model_says_what_the_evaluator_says(instance):
    status, objective, roster = optimum(instance)
    if objective is None:
        assert status == cp_model.INFEASIBLE
        return
    seen = evaluate(instance, roster)
    assert seen.violations == ()
    assert seen.objective == objective


@few
@given(instances(), st.randoms(use_true_random=False))
def test_no_roster_that_holds_all_rules_beats_the_optimum(instance, chance):
    """Whatever small change keeps every rule costs no less: the model forbids nothing that is allowed."""
    _, objective, roster = optimum(instance)
    cells = [Assignment(person, *cell) for person in range(3) for cell in instance.cells[person]]
    for _ in range(60):
        changed = roster ^ frozenset(chance.sample(cells, min(len(cells), chance.randint(1, 3))))
        seen = evaluate(instance, changed)
        if seen.feasible:
            assert objective is not None
            assert seen.objective >= objective


@few
@given(instances())
def test_the_bound_of_the_columns_is_one(instance):
    _, objective, roster = optimum(instance)
    found = generate.columns(Search(instance, 20), 1)
    if found is None or objective is None:
        return
    assert generate.converge(found, 20)
    assert found.bound <= objective + 1e-6
    cost = sum(column.cost for column in found.of(roster))
    people = ("total", "run", "wish_on", "wish_off", "change")
    assert cost == sum(
        price for rule, price in evaluate(instance, roster).penalties.items() if rule in people
    )


@few
@given(instances(), st.lists(st.floats(-5, 20), min_size=12, max_size=12))
def test_the_cheapest_column_of_a_person_holds_his_rules(instance, prices):
    found = generate.columns(Search(instance, 20), 1)
    if found is None:
        return
    duals = np.array(prices[: len(instance.demands)])
    alone = {
        "total_least",
        "total_most",
        "run_least",
        "run_most",
        "closed",
        "per_day",
        "overlap",
        "succession",
    }
    for each in found.workers:
        _, column = each.cheapest(duals)
        if column:
            seen = evaluate(instance, each.assignments(column.path)).violations
            assert [one for one in seen if one.person == each.number and one.code in {*alone, "first"}] == []


def ward() -> Instance:
    people = [
        Person(
            name,
            wishes=(Wish(at % 7, at % 2 == 0, 1 + at % 3, frozenset({EARLY})),),
            totals=(Total("shifts", ALL, 3, 5), Total("weekends", ALL, 0, 1)),
            runs=(Run("work", 2, 4), Run("off", 2)),
        )
        for at, name in enumerate("ABCDEF")
    ]
    rows = [
        Demand("", (day,), frozenset({kind}), wanted=2, under=20, over=1)
        for day in range(7)
        for kind in (EARLY, LATE)
    ]
    return week(*people, demands=tuple(rows))


def test_the_search_finds_what_is_proven_best_and_says_how_it_goes():
    said = []
    found = solve.solve(ward(), seconds=20, workers=2, progress=said.append)
    assert found.status == "optimal"
    assert found.objective == found.bound == optimum(ward())[1]
    assert found.objective == evaluate(ward(), found.assignments).objective == sum(found.penalties.values())
    assert [one.best for one in said if one.best is not None][-1] == found.objective


def test_a_start_is_kept_when_nobody_searches():
    start = optimum(ward())[2]
    found = solve.solve(ward(), seconds=20, start=start, stop=lambda: True)
    assert (found.assignments, found.status) == (start, "feasible")


def test_a_stop_ends_a_search_with_the_best_so_far():
    seen = []
    found = solve.solve(ward(), seconds=600, workers=2, progress=seen.append, stop=lambda: len(seen) > 3)
    assert found.seconds < 300
    assert found.objective == min(one.best for one in seen if one.best is not None)


def test_what_cannot_be_is_explained_by_the_fewest_rules():
    ada = Person("Ada", off=frozenset({1}), totals=(Total("shifts", ALL, 6),), runs=(Run("work", 1, 3),))
    rows = (Demand("", (1,), frozenset({EARLY}), least=2),)
    instance = week(ada, Person("Beat"), demands=rows)
    assert solve.solve(instance, seconds=10, workers=2).status == "infeasible"
    why = explain.missing(instance, workers=2)
    assert why.proven
    assert sorted((one.code, one.amount, one.day) for one in why.violations) == [
        ("demand_least", 1, 1),
        ("total_least", 1, 0),
    ]


def test_a_lock_that_cannot_be_is_named():
    instance = week(Person("Ada", off=frozenset({1})), locks=(Lock(Assignment(0, 1, EARLY)),))
    why = explain.missing(instance, workers=2)
    assert [(one.code, one.person, one.day) for one in why.violations] == [("lock", 0, 1)]


def test_nothing_is_missing_where_a_roster_exists():
    assert explain.missing(ward(), workers=2).violations == ()


def test_a_wish_is_priced_by_what_all_pay_for_it():
    ada = Person("Ada", wishes=(Wish(0, False, 3),))
    rows = (Demand("", (0,), frozenset({EARLY}), wanted=1, under=10),)
    instance = week(ada, demands=rows)
    found = solve.solve(instance, seconds=10, workers=1)
    assert found.penalties == {"wish_off": 3}
    assert explain.unmet(instance, found.assignments) == [(0, 0)]
    assert explain.price(instance, found, 0, 0, workers=1) == explain.Price(7, 7)


def test_a_wish_that_cannot_be_met_has_no_price():
    instance = week(Person("Ada", off=frozenset({0}), wishes=(Wish(0, True, 3),)))
    found = solve.solve(instance, seconds=10, workers=1)
    assert explain.price(instance, found, 0, 0, workers=1).impossible


@pytest.mark.parametrize("seed", [1, 2])
def test_part_of_a_roster_is_made_anew_and_the_rest_is_held(seed):
    roster = worked((0, 0, LATE), (1, 0, LATE))
    instance = week(Person("Ada"), Person("Beat"), demands=(Demand("", (0, 1), wanted=4, under=1),))
    model = build(instance, given=roster, free=lambda person, day: person == 1)
    solver = exact.solver_of(10, seed, 1)
    solver.solve(model.cp)
    found = model.read(solver.value)
    assert {one for one in found if one.person == 0} == worked((0, 0, LATE))
    assert evaluate(instance, found).objective == 1


def test_a_short_run_with_a_weight_costs_for_each_day_missing():
    ada = Person("Ada", runs=(Run("work", 3, weight=2),), totals=(Total("shifts", ALL, 1, 1),))
    rows = (Demand("", (3,), frozenset({EARLY}), wanted=1, under=50),)
    assert optimum(week(ada, demands=rows))[1] == 2 * 2
