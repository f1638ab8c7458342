"""The linear program's bound is true and sharp, and diving from it keeps what it settles."""

import dataclasses
import math

import numpy as np
import pytest

from firsthand.plan.pure.front import arrays, bound, dive, exact, linear, referee, score, start, worth
from firsthand.plan.pure.front.problem import Lock
from tests.plan.pure.front import weeks


def _climbed(a, rounds):
    return bound.climb(a, 10**6, lambda: 0.0, 1.0, rounds=rounds)


def _all(a):
    return np.ones_like(a.allowed), np.ones_like(a.can)


def _minute():
    return 60.0


def _cheapest(a):
    everywhere = [(int(h), int(r)) for h, r in np.argwhere(a.wanted.sum(axis=2) > 0)]
    found = exact.Model(a, arrays.empty(a), range(len(a.least)), everywhere).solve(
        seconds=30, workers=4, seed=1, hint=False
    )
    assert found.proven
    return found.cost


@pytest.fixture(scope="module")
def small():
    return arrays.build(weeks.make(10, 4, days=5))


@pytest.mark.parametrize("change", [{}, {"rest": 17 * 60}, {"a_day": 2}, {"rest": 17 * 60, "a_day": 2}])
def test_its_bound_is_that_of_everything_and_below_the_best_roster(change):
    a = arrays.build(dataclasses.replace(weeks.make(10, 2, days=5), **change))
    a.session_seats[:] = np.minimum(a.session_seats, 1)  # seats are short, too
    whole = linear.relax(a, _all(a), seconds=60)
    sharp, _ = linear.sharpen(a, _climbed(a, 20), seconds=_minute)
    assert whole.cost - 0.1 <= sharp.value <= _cheapest(a) + 1e-6


def test_whatever_is_left_out_the_bound_is_true(small):
    cost, chance = _cheapest(small), np.random.default_rng(3)
    for share in (0.1, 0.5, 0.9):
        keep = chance.random(small.allowed.shape) < share, chance.random(small.can.shape) < share
        found = linear.relax(small, keep, seconds=60)
        assert found.cost >= linear.relax(small, _all(small), seconds=60).cost - 1e-6
        assert bound.at(small, found.prices) <= cost + 1e-6


def test_it_is_never_below_the_bound_that_it_starts_from(small):
    climbed = _climbed(small, 150)
    assert linear.sharpen(small, climbed, seconds=lambda: 0.0) == (climbed, None)
    sharp, _ = linear.sharpen(small, climbed, seconds=_minute)
    assert sharp.value >= climbed.value
    assert sharp.value > linear.relax(small, _all(small), seconds=60).cost - 0.1


def test_locked_people_are_where_they_are_locked(small):
    problem = small.problem
    held = sorted(arrays.roster_of(start.greedy(small)).shifts)[:4]
    a = arrays.build(dataclasses.replace(problem, locks=tuple(Lock(*shift) for shift in held)))
    sharp, _ = linear.sharpen(a, _climbed(a, 60), seconds=_minute)
    found = linear.relax(a, _all(a), seconds=60)
    assert all(found.shift[shift] == pytest.approx(1) for shift in held)
    assert found.cost - 0.1 <= sharp.value <= _cheapest(a) + 1e-6


def test_no_seat_for_somebody_who_is_locked_is_no_reason_to_give_up(small):
    held = sorted(arrays.roster_of(start.greedy(small)).shifts)[:1]
    none = tuple(dataclasses.replace(one, seats=0) for one in small.problem.sessions)
    locks = tuple(Lock(*shift) for shift in held)
    a = arrays.build(dataclasses.replace(small.problem, sessions=none, locks=locks))
    assert linear.relax(a, _all(a), seconds=60) is not None


def test_a_dive_ends_with_a_roster_at_its_target():
    a = arrays.build(weeks.make(30, 1, days=10))
    sharp, answer = linear.sharpen(a, _climbed(a, 200), seconds=_minute)
    shift, session = worth.reduced(a, sharp.prices)
    best = math.inf
    for target, near in ((sharp.whole, answer), *((sharp.whole + more, None) for more in range(4))):
        by = target - sharp.value + 1e-6
        keep = shift <= by, session <= by
        seen = list(dive.points(a, keep, target, near=near, seconds=_minute, stop=lambda: False))
        assert seen or near is None
        for point in seen:
            roster = arrays.roster_of(point.state)
            assert not referee.judge(a.problem, roster).broken
            assert not (point.state.room[point.half] != arrays.OFF).any()
        for point in sorted(seen, key=lambda one: one.promise)[:2]:
            found = dive.complete(
                a, point, keep, (), sharp.whole, seconds=10, seed=1, workers=2, stop=lambda: False
            )
            if found is not None:
                assert not referee.judge(a.problem, arrays.roster_of(found)).broken
                best = min(best, score.weigh(a, found).cost)
    assert sharp.whole <= best <= sharp.whole + 4


def test_a_stop_ends_a_dive_and_a_program(small):
    assert not list(dive.points(small, _all(small), 10**6, seconds=_minute, stop=lambda: True))
    climbed = _climbed(small, 5)
    assert linear.sharpen(small, climbed, seconds=_minute, stop=lambda: True) == (climbed, None)


def test_what_others_cost_is_in_what_a_group_costs(small):
    """Else a bound of the whole would not say when a group's roster is best."""
    state = start.greedy(small)
    everywhere = [(int(h), int(r)) for h, r in np.argwhere(small.wanted.sum(axis=2) > 0)]
    found = exact.Model(small, state, range(6), everywhere).solve(seconds=20, workers=2, seed=1)
    assert found.proven
    assert found.cost == score.weigh(small, found.state).cost
    again = exact.Model(small, state, range(6), everywhere).solve(
        seconds=20, workers=2, seed=1, at_least=found.cost
    )
    assert (again.cost, again.proven) == (found.cost, True)
