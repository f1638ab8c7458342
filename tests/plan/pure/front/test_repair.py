"""Somebody is ill at 07:10."""

import dataclasses

import pytest

from firsthand.plan.pure.front import arrays, referee, repair, start
from firsthand.plan.pure.front.problem import CALLS, Person, Shift
from tests.plan.pure.front import weeks
from tests.plan.pure.front.small import ADA, BEAT, CARLA, DE, EVA, PEOPLE, roster, week

READY = tuple(dataclasses.replace(one, trains=frozenset(), newcomer=False) for one in PEOPLE)


def test_somebody_who_is_free_comes_instead():
    found = repair.repair(
        week(people=READY), roster((EVA, 8, 0), training=()), gone=[(EVA, 8)], frozen_before=8
    )
    assert found.changes in (
        (repair.Change(ADA, None, Shift(ADA, 8, 0)),),
        (repair.Change(BEAT, None, Shift(BEAT, 8, 0)),),
    )
    assert not referee.judge(found.problem, found.roster).broken
    assert len(found.gaps[0].ways) <= repair.MOST
    assert any(not way.changes for way in found.gaps[0].ways)  # to leave it open is told too


def test_a_specialist_is_not_replaced_by_a_helper():
    found = repair.repair(week(people=READY), roster((CARLA, 8, 0), training=()), gone=[(CARLA, 8)])
    assert found.changes == ()


def test_somebody_moves_where_the_other_place_has_too_many():
    people = (*READY[:2], READY[CARLA], READY[3], Person("Eva", DE, most=1))
    given = roster((ADA, 8, 0), (BEAT, 9, 0), (EVA, 9, 0), training=())
    full = tuple(dataclasses.replace(one, most=1) if CALLS in one.levels else one for one in people)
    found = repair.repair(week(people=full), given, gone=[(ADA, 8)])
    (change,) = found.changes
    assert change.before is not None
    assert change.before.half_day == 9
    assert change.after == Shift(change.person, 8, 0)
    assert found.gaps[0].taken.cost == -86  # one missing less, one beyond less


def test_nobody_is_called_where_nobody_is_missed():
    given = roster((EVA, 8, 0), (ADA, 8, 0), training=())
    assert repair.repair(week(people=READY), given, gone=[(ADA, 8)]).changes == ()


def test_what_has_begun_is_left_as_it_is():
    given = roster((EVA, 4, 0), (ADA, 8, 0), training=())
    found = repair.repair(week(people=READY), given, gone=[(EVA, 4)], frozen_before=5)
    assert found.changes == ()
    assert found.roster.shifts == {Shift(ADA, 8, 0)}


def test_a_missed_training_takes_the_next_one_and_what_came_before_it_falls_out():
    given = roster((ADA, 3, 0), (ADA, 6, 0), training=((ADA, 0),))
    found = repair.repair(week(), given, gone=[(ADA, 0), (ADA, 1)])
    assert (ADA, 1) in found.roster.training
    assert Shift(ADA, 6, 0) in found.roster.shifts
    assert not any(shift.person == ADA and shift.half_day == 3 for shift in found.roster.shifts)
    assert not referee.judge(found.problem, found.roster).broken


@pytest.mark.parametrize("seed", range(4))
def test_repairs_of_a_real_week_break_nothing_and_cost_what_they_say(seed):
    problem = weeks.make(60, seed, days=10)
    given = arrays.roster_of(start.greedy(arrays.build(problem)))
    lost = sorted(given.shifts)[7 * seed :: 37][:4]
    gone = [(shift.person, shift.half_day) for shift in lost]
    found = repair.repair(problem, given, gone=gone)
    open_ = dataclasses.replace(given, shifts=given.shifts - set(lost))
    before, after = referee.judge(found.problem, open_), referee.judge(found.problem, found.roster)
    assert not after.broken
    assert after.cost == before.cost + sum(gap.taken.cost for gap in found.gaps)
    assert not any((shift.person, shift.half_day) in set(gone) for shift in found.roster.shifts)
    assert len(found.disturbed) <= 2 * len(lost)
