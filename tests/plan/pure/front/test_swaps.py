"""What two people may agree on between themselves."""

import dataclasses

import pytest

from firsthand.plan.pure.front import arrays, referee, start, swaps
from firsthand.plan.pure.front.problem import Lock, Shift
from tests.plan.pure.front import weeks
from tests.plan.pure.front.small import ADA, BEAT, CARLA, DARIO, EVA, PEOPLE, roster, week

READY = tuple(dataclasses.replace(one, trains=frozenset(), newcomer=False) for one in PEOPLE)
GIVEN = roster((ADA, 4, 0), (BEAT, 6, 0), (EVA, 8, 0), (CARLA, 4, 0), training=())


def test_two_helpers_may_swap():
    assert swaps.broken(week(people=READY), GIVEN, Shift(ADA, 4, 0), Shift(BEAT, 6, 0)) == []


@pytest.mark.parametrize(
    ("taker", "code"), [(CARLA, "two_rooms"), (DARIO, "language"), (EVA, ""), (BEAT, "")]
)
def test_whoever_takes_a_shift_over_must_be_able_to(taker, code):
    found = swaps.broken(week(people=READY), GIVEN, Shift(ADA, 4, 0), None, taker)
    assert found == [code] if code and code != "language" else code in found or found == []


def test_a_helper_cannot_take_the_place_of_the_only_specialist():
    assert swaps.broken(week(people=READY), GIVEN, Shift(CARLA, 4, 0), None, BEAT) == ["missing"]


def test_one_who_is_away_or_not_trained_cannot():
    assert swaps.broken(week(), roster((EVA, 8, 0)), Shift(EVA, 8, 0), None, DARIO)
    untrained = roster((EVA, 8, 0), training=())
    assert "untrained" in swaps.broken(week(), untrained, Shift(EVA, 8, 0), None, ADA)
    early = roster((BEAT, 2, 0), training=())
    assert swaps.broken(week(people=READY), early, Shift(BEAT, 2, 0), None, EVA) == ["absent"]


def test_a_locked_shift_is_not_given_away():
    problem = week(people=READY, locks=(Lock(ADA, 4, 0),))
    assert "lock" in swaps.broken(problem, GIVEN, Shift(ADA, 4, 0), None, BEAT)


def test_the_only_executive_of_a_week_is_not_let_go():
    assert swaps.broken(week(people=READY), GIVEN, Shift(EVA, 8, 0), None, BEAT) == ["executive"]


def test_the_same_people_are_possible_as_are_allowed_and_at_that_cost():
    problem = weeks.make(30, 1, days=10)
    given = arrays.roster_of(start.greedy(arrays.build(problem)))
    before = referee.judge(problem, given)
    mine = sorted(given.shifts)[5]
    found = swaps.partners(problem, given, mine)
    assert found
    possible = {(one.person, one.shift) for one in found}
    for one in found:
        after = referee.judge(problem, swaps.swapped(given, mine, one.shift, one.person))
        assert not after.broken
        assert after.cost == before.cost + one.cost
    for theirs in sorted(given.shifts):
        if theirs.person != mine.person and theirs[1:] != mine[1:]:
            allowed = not swaps.broken(problem, given, mine, theirs)
            assert allowed == ((theirs.person, theirs) in possible)
            after = referee.judge(problem, swaps.swapped(given, mine, theirs, theirs.person))
            assert not (allowed and after.broken)


def test_nothing_is_changed_by_asking():
    problem, given = week(people=READY), GIVEN
    assert swaps.partners(problem, given, Shift(ADA, 4, 0)) == swaps.partners(
        problem, given, Shift(ADA, 4, 0)
    )
    assert given == GIVEN
