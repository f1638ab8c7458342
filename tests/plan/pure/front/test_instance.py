"""A front week is a general instance, and one such instance is a front week."""

import dataclasses
import json
import time
from pathlib import Path

import pytest

from firsthand.plan.pure.front import arrays, file, general, instance, recognise, referee, start
from firsthand.plan.pure.front.problem import Lock
from firsthand.plan.pure.roster import reading
from firsthand.plan.pure.roster.evaluate import evaluate
from firsthand.plan.pure.roster.instance import Run
from tests.plan.pure.front import weeks
from tests.plan.pure.front.small import ADA, DARIO, week

EXAMPLE = Path(__file__).parents[4] / "docs/guide/examples/front-roster.json"
LOCKED = dataclasses.replace(weeks.make(12, 1, days=10), locks=(Lock(0, 15, None), Lock(3, 12, 0)))


@pytest.mark.parametrize("problem", [week(), week(locks=(Lock(DARIO, 4, None), Lock(ADA, 6, 0))), LOCKED])
def test_its_file_reads_back_as_the_same_instance(problem):
    data = json.loads(json.dumps(file.data(problem)))
    assert reading.instance(data) == instance.instance_of(problem)


@pytest.mark.parametrize("problem", [week(), LOCKED])
def test_the_instance_is_recognised_and_weighs_rosters_alike(problem):
    found = recognise.problem_of(instance.instance_of(problem))
    given = arrays.roster_of(start.greedy(arrays.build(problem)))
    assert given.shifts
    again = instance.roster_of(found, instance.assignments_of(problem, given))
    assert referee.judge(found, again).by_code == referee.judge(problem, given).by_code
    assert len(referee.judge(found, again).broken) == len(referee.judge(problem, given).broken)
    assert instance.assignments_of(found, again) == instance.assignments_of(problem, given)


def test_what_says_more_than_a_front_week_is_left_to_the_general_search():
    one = instance.instance_of(week())
    person = dataclasses.replace(one.people[0], runs=(Run("work", most=3),))
    with pytest.raises(recognise.NotAFrontWeek, match="people"):
        recognise.problem_of(dataclasses.replace(one, people=(person, *one.people[1:])))
    with pytest.raises(recognise.NotAFrontWeek):
        recognise.problem_of(dataclasses.replace(one, starts_on=None))


def test_somebody_barred_from_a_room_has_not_its_skill():
    one = instance.instance_of(week())
    assert one.skills.index("room Bern") not in one.people[DARIO].skills
    assert one.skills.index("room Lausanne") in one.people[DARIO].skills


def test_the_example_of_the_guide_is_solved_as_a_front_week():
    one = reading.instance(json.loads(EXAMPLE.read_text()))
    found = general.search(one, seconds=60, seed=1, clock=time.monotonic, stop=lambda: True)
    assert found is not None
    seen = evaluate(one, found.assignments)
    assert (seen.feasible, seen.objective) == (found.feasible, found.cost)
    assert found.bound <= 252 <= found.cost  # proven by the general search, by columns
    assert (
        general.search(dataclasses.replace(one, starts_on=None), seconds=1, seed=1, clock=time.monotonic)
        is None
    )
