"""Rosters are good, bounds are true, and one can stop at any time."""

import dataclasses
import itertools
import math
import time

import numpy as np
import pytest

from firsthand.plan.pure.front import (
    arrays,
    bound,
    exact,
    flow,
    instance,
    linear,
    person,
    referee,
    score,
    solve,
    start,
    worth,
)
from firsthand.plan.pure.front.problem import Lock
from firsthand.plan.pure.roster.evaluate import evaluate
from tests.plan.pure.front import weeks


@pytest.fixture(scope="module")
def small():
    return weeks.make(16, 4, days=10)


@pytest.fixture(scope="module")
def best(small):
    """By CP-SAT alone, from cold, all places watched."""
    a = arrays.build(small)
    everywhere = [(int(h), int(r)) for h, r in np.argwhere(a.wanted.sum(axis=2) > 0)]
    model = exact.Model(a, arrays.empty(a), range(len(a.least)), everywhere)
    found = model.solve(seconds=60, workers=4, seed=1, hint=False)
    assert found.proven
    return found


class Ticks:
    """A clock on which each look takes a while."""

    def __init__(self, step):
        self.now, self.step = 0.0, step

    def __call__(self):
        self.now += self.step
        return self.now


def test_it_finds_the_best_roster_and_says_so(small, best):
    said = []
    found = solve.solve(small, seconds=60, seed=1, clock=time.monotonic, workers=4, progress=said.append)
    assert found.proven
    assert found.cost == found.bound == best.cost == score.weigh(arrays.build(small), best.state).cost
    assert not found.verdict.broken
    seen = evaluate(instance.instance_of(small), instance.assignments_of(small, found.roster))
    assert (seen.feasible, seen.objective) == (True, found.cost)
    assert [one.cost for one in said] == sorted((one.cost for one in said), reverse=True)
    assert [one.bound for one in said] == sorted(one.bound for one in said)


def test_stopped_at_once_it_still_has_a_roster_that_holds_all_rules(small):
    found = solve.solve(small, seconds=60, seed=1, clock=time.monotonic, stop=lambda: True)
    assert not found.verdict.broken
    assert found.roster.shifts
    assert found.bound <= found.cost


def test_a_stop_in_the_middle_of_a_search_is_heard():
    a = arrays.build(weeks.make(60, 1, days=20))
    model = exact.Model(a, arrays.empty(a), range(len(a.least)))
    asked = iter([False, True])
    found = model.solve(seconds=60, workers=2, seed=1, hint=False, stop=lambda: next(asked, True))
    assert not found.proven


def test_time_is_what_the_clock_says(small):
    found = solve.solve(small, seconds=5, seed=1, clock=Ticks(10.0), workers=1)
    assert not found.verdict.broken
    assert found.bound <= found.cost


def test_it_betters_the_roster_that_it_is_given(small, best):
    a = arrays.build(small)
    begun = arrays.roster_of(best.state)
    found = solve.solve(small, seconds=5, seed=1, clock=time.monotonic, stop=lambda: True, begin=begun)
    assert found.cost == best.cost
    assert score.weigh(a, arrays.state_of(a, found.roster)).cost == best.cost


def test_without_a_linear_program_it_is_only_slower(small, best, monkeypatch):
    """As for a week too large for one in the time given."""
    monkeypatch.setattr(linear, "relax", lambda *_, **__: None)
    found = solve.solve(small, seconds=60, seed=1, clock=time.monotonic, workers=4)
    assert found.proven
    assert found.cost == best.cost


def test_what_is_locked_stays(small):
    first = arrays.roster_of(start.greedy(arrays.build(small)))
    held = sorted(first.shifts)[:3]
    free = next(p for p in range(len(small.people)) if p not in {shift.person for shift in held})
    locks = (*(Lock(*shift) for shift in held), Lock(free, 12, None))
    found = solve.solve(
        dataclasses.replace(small, locks=locks), seconds=4, seed=1, clock=time.monotonic, workers=4
    )
    assert not found.verdict.broken
    assert set(held) <= found.roster.shifts
    assert found.bound <= found.cost


def test_no_bound_is_above_the_best_roster(small, best):
    a = arrays.build(small)
    for rounds in (1, 20, 300):
        climbed = bound.climb(a, best.cost * 3, lambda: 0.0, 1.0, rounds=rounds)
        assert climbed.value <= best.cost + 1e-6
    assert climbed.value > 0.8 * best.cost


def test_the_bound_is_the_same_with_the_same_rounds(small):
    a = arrays.build(small)
    first, again = (bound.climb(a, 500, lambda: 0.0, 1.0, rounds=60).value for _ in range(2))
    assert first == again


def test_nothing_of_the_best_roster_is_too_far_above_the_bound(small, best):
    """Only so may the last phase leave out what is."""
    a = arrays.build(small)
    climbed = bound.climb(a, best.cost + 50, lambda: 0.0, 1.0, rounds=300)
    shift, session = worth.reduced(a, climbed.prices)
    p, h = np.nonzero(best.state.room != arrays.OFF)
    room = best.cost - climbed.value + 1e-6
    assert (shift[p, h, best.state.room[p, h]] <= room).all()
    trained = np.nonzero((best.state.session != arrays.OFF) & (best.state.room != arrays.OFF).any(axis=1))[0]
    assert (session[trained, best.state.session[trained]] <= room).all()


def test_a_persons_best_shifts_are_those_of_trying_all():
    chance = np.random.default_rng(5)
    follow = np.array([True, False] * 4)
    starts = np.array([True, *[False] * 3, True, *[False] * 3])
    for _ in range(30):
        cost = chance.integers(-5, 4, 8).astype(float)
        cost[chance.random(8) < 0.2] = math.inf
        can, seat = chance.random(3) < 0.7, chance.integers(0, 4, 3).astype(float)
        f, worked = np.empty((9, 4, 3, 2)), np.empty(8, np.int64)
        value, session = person.best(
            f, cost, 2, 3, 2, 4.0, follow, starts, False, can, seat, np.array([0, 1, 2]), 2, worked
        )
        tried = [8.0]
        for s, chosen in itertools.product(np.nonzero(can)[0], itertools.product((0, 1), repeat=8)):
            on = np.nonzero(chosen)[0]
            days = [h // 2 for h in on]
            fits = len(on) <= 3 and len(set(days)) == len(on) and all(d > s for d in days)
            if fits and sum(d < 2 for d in days) <= 2 and sum(d >= 2 for d in days) <= 2:
                tried.append(seat[s] + cost[on].sum() + 4.0 * max(0, 2 - len(on)))
        assert value == min(tried)
        assert session != person.NOBODY or value == 8.0
        assert value == (seat[session] if session >= 0 else 0) + cost[worked == 1].sum() + 4 * max(
            0, 2 - worked.sum()
        )


def test_flows_hold_all_rules_even_where_nights_are_short():
    problem = dataclasses.replace(weeks.make(30, 3, days=10), rest=17 * 60, a_day=2)
    a = arrays.build(problem)
    state = start.greedy(a)
    assert not referee.judge(problem, arrays.roster_of(state)).broken


def test_with_training_settled_no_shifts_are_cheaper_than_the_flow():
    problem = weeks.make(14, 1, days=10)
    calls = [one for one in problem.people if "calls" in one.levels]
    needs = tuple(need for need in problem.needs if need.level == "calls")
    prices = dataclasses.replace(problem.prices, executive=0, buddy=0, friday=0, half=0)
    problem = dataclasses.replace(problem, people=tuple(calls), needs=needs, prices=prices)
    a = arrays.build(problem)
    state = start.greedy(a)
    held = np.zeros_like(a.can)
    sat = np.nonzero(state.session != arrays.OFF)[0]
    held[sat, state.session[sat]] = True
    model = exact.Model(a, state, range(len(calls)), keep=(a.allowed, held))
    for (p, s), var in model.y.items():
        model.model.add(var == int(state.session[p] == s))
    found = model.solve(seconds=30, workers=4, seed=1)
    assert found.proven
    assert score.weigh(a, state).cost == found.cost


def test_who_counts_for_two_topics_is_not_left_to_the_flow():
    problem = weeks.make(30, 1, days=10)
    a = arrays.build(problem)
    crossing = set(start.crossing(a).tolist())
    assert crossing == {n for n, one in enumerate(problem.people) if "calls" not in one.levels}
    assert flow.network(a).supply == sum(one.most for one in problem.people)


def test_what_is_compiled_is_called_once_before_a_search_begins(monkeypatch):
    called = set()
    for module, name in ((bound, "answer"), (worth, "_worth"), (worth, "_reduced")):
        compiled = getattr(module, name)

        def noted(*given, compiled=compiled, name=name):
            called.add(name)
            return compiled(*given)

        monkeypatch.setattr(module, name, noted)
    solve.ready()
    assert called == {"answer", "_worth", "_reduced"}
