"""Dives: rosters of columns that hold each person's rules, cost what the evaluator says and end near the bound."""

import random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from firsthand.plan.pure.roster.columns import dives, generate
from firsthand.plan.pure.roster.columns.dive import Dive, Pace
from firsthand.plan.pure.roster.evaluate import evaluate
from firsthand.plan.pure.roster.instance import Demand, Instance, Person, Run, Total, Wish
from firsthand.plan.pure.roster.progress import Search
from tests.plan.pure.roster.small import EARLY, KINDS, LATE, instances

few = settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
OF_PEOPLE = {"total", "run", "wish_on", "wish_off", "change"}
BETWEEN_PEOPLE = {"demand_least", "demand_most", "together"}
DAYS = 28


def ward(people: int = 20, seed: int = 1) -> Instance:
    """Four weeks of a ward: wishes by chance, more work than hands on some days."""
    chance = random.Random(seed)
    staff = tuple(
        Person(
            str(number),
            off=frozenset(chance.sample(range(DAYS), 3)),
            wishes=tuple(
                Wish(
                    day,
                    chance.random() < 0.7,
                    chance.randint(1, 3),
                    frozenset({chance.choice((EARLY, LATE))}),
                )
                for day in chance.sample(range(DAYS), 6)
            ),
            totals=(
                Total("shifts", (tuple(range(DAYS)),), 14, 17),
                Total("weekends", (tuple(range(DAYS)),), 0, 2),
            ),
            runs=(Run("work", 2, 5), Run("off", 2)),
        )
        for number in range(people)
    )
    rows = tuple(
        Demand(
            "", (day,), frozenset({kind}), wanted=chance.randint(people // 5, people // 3), under=100, over=1
        )
        for day in range(DAYS)
        for kind in (EARLY, LATE)
    )
    return Instance("ward", DAYS, KINDS[:2], staff, rows)


def settled(instance: Instance) -> generate.Columns | None:
    found = generate.columns(Search(instance, 60), 1)
    if found is not None:
        found.pool = None
        assert generate.converge(found, 60)
    return found


@few
@given(instances(), st.integers(0, 99))
def test_a_dive_holds_each_persons_rules_and_costs_what_the_evaluator_says(instance, seed):
    found = settled(instance)
    if found is None:
        return
    dive = Dive(found, random.Random(seed), noise=0.3, sure=0.8)
    if not dive.down(60, found.master.columns):
        return
    seen = evaluate(instance, found.assignments(dive.fixed.values()))
    assert {one.code for one in seen.violations} <= BETWEEN_PEOPLE
    costs = sum(column.cost for column in dive.fixed.values())
    assert costs == sum(price for rule, price in seen.penalties.items() if rule in OF_PEOPLE)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_dive_ends_near_the_bound(seed):
    instance = ward(seed=seed)
    found = settled(instance)
    dive = Dive(found, random.Random(seed))
    assert dive.down(60, found.master.columns)
    seen = evaluate(instance, found.assignments(dive.fixed.values()))
    assert seen.feasible
    assert found.bound - 1e-6 <= seen.objective <= 1.01 * found.bound


def test_who_stays_as_he_is_keeps_his_column():
    found = settled(ward())
    whole = Dive(found, random.Random(1))
    whole.down(60, found.master.columns)
    stay = {person: column for person, column in whole.fixed.items() if person % 2}
    part = Dive(found, random.Random(2), dict(stay), noise=0.3)
    assert part.down(60, found.master.columns)
    assert len(part.fixed) == 20
    assert {person: part.fixed[person] for person in stay} == stay


def test_a_dive_without_time_says_so():
    found = settled(ward())
    dive = Dive(found, random.Random(1))
    assert not dive.down(0.0, found.master.columns)
    assert dive.fixed == {}


def test_a_dive_ends_if_for_somebody_no_roster_is_known():
    instance = ward()
    nobody = Person("nobody", totals=(Total("shifts", (tuple(range(DAYS)),), 99),))
    found = generate.columns(
        Search(Instance("", DAYS, KINDS[:2], (*instance.people, nobody), instance.demands), 60), 1
    )
    found.pool = None
    dive = Dive(found, random.Random(1))
    assert not dive.down(60, [])
    assert set(dive.fixed) == set(range(20))


def test_more_people_are_decided_at_a_step_if_time_is_short():
    assert Pace(0, 100, 60).many(0, 60) == 5
    assert Pace(0, 100, 60).many(10, 30) == 3
    assert Pace(0, 30, 60).many(20, 30) > 6
    assert Pace(0, 30, 60).many(31, 30) == 30


def test_the_first_dive_may_take_longer_and_a_broken_one_is_finished_in_haste():
    found = settled(ward())
    dives.dives(found, 0.0, latest=60, seed=1, threads=2)
    dived = found.search.objective
    assert dived <= 1.01 * found.bound
    hasty = settled(ward())
    dives.dives(hasty, 0.0, latest=0.0, seed=1, threads=2)
    assert hasty.search.objective > dived
