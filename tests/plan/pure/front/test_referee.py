"""Two referees who know nothing of each other: the front week's own, and that of general rosters."""

import dataclasses
import random

import pytest

from firsthand.plan.pure.front import arrays, instance, referee, score
from firsthand.plan.pure.front.problem import Lock, Need, Roster, Shift
from firsthand.plan.pure.roster.evaluate import evaluate
from tests.plan.pure.front import weeks
from tests.plan.pure.front.small import ADA, BEAT, CARLA, DARIO, EVA, PEOPLE, roster, week

GOOD = ((ADA, 4, 0), (ADA, 10, 0), (BEAT, 6, 0), (CARLA, 4, 0), (EVA, 8, 0))
BROKEN = {
    "language": ((CARLA, 4, 1),),
    "barred": ((DARIO, 4, 0),),
    "absent": ((EVA, 2, 0),),
    "two_rooms": ((BEAT, 4, 0), (BEAT, 4, 1)),
    "a_day": ((CARLA, 4, 0), (CARLA, 5, 0)),
    "a_week": tuple((CARLA, half_day, 0) for half_day in (0, 2, 4, 6)),
    "most": tuple((EVA, half_day, 0) for half_day in (0, 4, 10, 14)),
    "untrained": ((ADA, 4, 0),),
    "training_day": ((BEAT, 3, 0),),
    "seats": tuple((person, 6, 0) for person in (ADA, BEAT, CARLA, EVA)),
    "session_seats": (),
    "trained_twice": (),
    "session": (),
    "lock": (),
}
TRAINING = {
    "untrained": ((BEAT, 1),),
    "session_seats": ((ADA, 0), (BEAT, 0)),
    "trained_twice": ((ADA, 0), (ADA, 1)),
    "session": ((EVA, 0),),
}


def test_a_good_roster_breaks_nothing():
    assert referee.judge(week(), roster(*GOOD)).broken == ()


@pytest.mark.parametrize("code", BROKEN)
def test_it_finds_the_rule_that_is_broken_and_no_other(code):
    problem = week(locks=(Lock(CARLA, 6, 0),) if code == "lock" else ())
    training = TRAINING.get(code, ((ADA, 0), (BEAT, 1)))
    found = referee.judge(problem, roster(*BROKEN[code], training=training)).broken
    assert {one.code for one in found} == ({code, "language"} if code == "barred" else {code})


def test_night_needs_its_rest():
    problem = week(rest=16 * 60)
    assert [b.code for b in referee.judge(problem, roster((EVA, 5, 0), (EVA, 6, 0))).broken] == ["rest"]
    assert not referee.judge(problem, roster((EVA, 9, 0), (EVA, 10, 0))).broken  # a weekend between


def test_every_price_is_counted():
    shifts = [(ADA, 6, 0), (BEAT, 4, 0), (EVA, 4, 0), (EVA, 8, 0), (EVA, 18, 0)]
    problem = week(prices=dataclasses.replace(week().prices, fridays=1, each_half=2, newcomers_each=1))
    found = referee.judge(problem, roster(*shifts)).by_code
    assert found == {
        "missing": 80 * (5 + 8),  # calls at 5, 7, 9, 10, 11; nobody for benefits
        "surplus": 6,
        "wish": 3,
        "least": 40,
        "fridays": 2,
        "one_half": 1,
        "buddy": 2 * 20,
    }


def test_a_week_without_an_executive_costs_only_where_somebody_is_wanted():
    assert (
        referee.judge(week(), roster(*GOOD)).by_code.get("executive", 0) == 20
    )  # the second week has a need at 10
    assert "executive" not in referee.judge(week(), roster(*GOOD, (EVA, 11, 0))).by_code


def test_both_referees_and_the_search_agree_on_rosters_at_random():
    chance = random.Random(3)
    problem = weeks.make(18, 2, days=10)
    problem = dataclasses.replace(problem, locks=(Lock(0, 15, None),))
    general, a = instance.instance_of(problem), arrays.build(problem)
    for _ in range(40):
        shifts, used = set(), set()
        for _ in range(chance.randrange(60)):
            person, half_day = chance.randrange(len(problem.people)), chance.randrange(20)
            rooms = [r for r in range(3) if problem.speaks(person, r)]
            if (person, half_day) not in used and half_day not in problem.people[person].blocked:
                used.add((person, half_day))
                shifts.add(Shift(person, half_day, chance.choice(rooms)))
        training = set()
        for person in range(18):
            fit = [s for s in range(len(problem.sessions)) if problem.can_train(person, s)]
            if fit and chance.random() < 0.8:
                training.add((person, chance.choice(fit)))
        given = Roster(frozenset(shifts), frozenset(training))
        mine = referee.judge(problem, given)
        theirs = evaluate(general, instance.assignments_of(problem, given))
        assert mine.cost == theirs.objective == score.weigh(a, arrays.state_of(a, given)).cost
        crowded = any(one.code == "session_seats" for one in mine.broken)
        assert bool(mine.broken) == bool(theirs.violations) or crowded


def test_a_need_beyond_what_is_there_is_not_paid_twice():
    problem = week(needs=(Need(4, 0, "calls", 3), Need(4, 0, "benefits", 1)), people=PEOPLE)
    found = referee.judge(problem, roster((EVA, 4, 0), (CARLA, 4, 0)))
    assert [(one.code, one.units, one.cost) for one in found.missed if one.code == "missing"] == [
        ("missing", 2, 160)
    ]
