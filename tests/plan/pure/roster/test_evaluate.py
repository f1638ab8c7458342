"""What a roster breaks and costs, counted by hand."""

import pytest

from firsthand.plan.pure.roster import sentences
from firsthand.plan.pure.roster.evaluate import Violation, evaluate
from firsthand.plan.pure.roster.instance import (
    Assignment,
    Demand,
    Fairness,
    First,
    Instance,
    Lock,
    Person,
    Place,
    Previous,
    Run,
    Together,
    Total,
    Wish,
)
from tests.plan.pure.roster.small import EARLY, KINDS, LATE, TRAINING, week, worked

ALL = (tuple(range(7)),)


def broken(instance: Instance, *cells: tuple[int, ...]) -> list[tuple[str, int]]:
    seen = evaluate(instance, worked(*cells)).violations
    assert all(sentences.sentence(instance, one).endswith(".") for one in seen)
    return [(one.code, one.amount) for one in seen]


def test_an_empty_roster_without_rules_is_fine():
    assert evaluate(week(Person("Ada")), ()).feasible


def test_who_is_off_blocked_or_unable_cannot_work():
    ada = Person("Ada", off=frozenset({0}), blocked=frozenset({(1, LATE)}))
    rooms = (Place("a"), Place("b", needs=frozenset({0})))
    instance = week(ada, places=rooms, skills=("german",))
    assert broken(instance, (0, 0, EARLY), (0, 1, LATE), (0, 3, EARLY, 1)) == [("closed", 1)] * 3
    assert broken(instance, (0, 1, EARLY)) == []


def test_a_day_holds_so_many_shifts_and_none_at_the_same_time():
    assert broken(week(Person("Ada")), (0, 0, EARLY), (0, 0, LATE)) == [("per_day", 1)]
    two = Instance("", 7, KINDS, (Person("Ada"),), per_day=2)
    assert broken(two, (0, 0, EARLY), (0, 0, LATE)) == []
    assert broken(two, (0, 0, EARLY), (0, 0, TRAINING)) == [("overlap", 1)]


def test_an_early_shift_does_not_follow_a_late_one():
    assert broken(week(Person("Ada")), (0, 0, LATE), (0, 1, EARLY)) == [("succession", 1)]
    assert broken(week(Person("Ada")), (0, 0, LATE), (0, 2, EARLY)) == []


def test_rest_is_counted_in_minutes():
    assert broken(week(Person("Ada"), rest=1021), (0, 0, LATE), (0, 1, LATE)) == []
    assert broken(week(Person("Ada"), rest=1081), (0, 0, LATE), (0, 1, LATE)) == [("succession", 1)]


@pytest.mark.parametrize(
    ("total", "found"),
    [
        (Total("shifts", ALL, least=4), [("total_least", 1)]),
        (Total("shifts", ALL, most=2), [("total_most", 1)]),
        (Total("shifts", ALL, most=0, kinds=frozenset({LATE})), [("total_most", 1)]),
        (Total("minutes", ALL, most=1000), [("total_most", 80)]),
        (Total("shifts", ((0, 1), (5, 6)), most=1), [("total_most", 1)]),
        (Total("weekends", ALL, most=0), [("total_most", 1)]),
        (Total("shifts", ALL, least=9, weight=5), []),
    ],
    ids=lambda one: one.measure if isinstance(one, Total) else "",
)
def test_totals_are_counted_in_their_windows(total, found):
    ada = Person("Ada", totals=(total,))
    assert broken(week(ada), (0, 1, EARLY), (0, 5, EARLY), (0, 6, LATE)) == found


def test_a_total_with_a_weight_costs_for_each_unit():
    ada = Person("Ada", totals=(Total("shifts", ALL, least=4, weight=5),))
    assert evaluate(week(ada), worked((0, 0, EARLY), (0, 1, EARLY))).penalties == {"total": 10}


@pytest.mark.parametrize(
    ("run", "days", "found"),
    [
        (Run("work", least=3), (2, 3), [("run_least", 1)]),
        (Run("work", least=3), (0, 1, 6), []),
        (Run("work", most=2), (0, 1, 2, 3), [("run_most", 2)]),
        (Run("off", least=2), (1, 3), [("run_least", 1)]),
        (Run("off", most=2), (0, 4), [("run_most", 1)]),
        (Run("off", least=3), (2,), []),
    ],
)
def test_days_in_a_row_but_at_the_edges_it_may_go_on(run, days, found):
    ada = Person("Ada", runs=(run,))
    assert broken(week(ada), *((0, day, EARLY) for day in days)) == found


def test_wishes_cost_when_they_are_not_met():
    ada = Person("Ada", wishes=(Wish(0, True, 3), Wish(1, False, 2), Wish(2, True, 7, frozenset({LATE}))))
    given = worked((0, 1, EARLY), (0, 2, LATE))
    assert evaluate(week(ada), given).penalties == {"wish_on": 3, "wish_off": 2}


def test_demand_counts_those_with_the_skill_in_the_place():
    people = (Person("Ada", frozenset({0})), Person("Beat"), Person("Carla"))
    rooms = (Place("a"), Place("b"))
    one = Demand("", (0,), frozenset({EARLY}), frozenset({0}), wanted=2, under=10, over=1, most=2)
    able = Demand("", (0,), skills=frozenset({0}), least=1)
    instance = week(*people, places=rooms, skills=("german",), demands=(one, able))
    assert evaluate(instance, worked((0, 0, EARLY), (1, 0, EARLY, 1))).penalties == {"under": 10}
    assert broken(instance, (1, 0, EARLY)) == [("demand_least", 1)]
    assert broken(instance, *((who, 0, EARLY) for who in range(3))) == [("demand_most", 1)]


def test_training_comes_before_the_first_shift():
    first = First(frozenset({TRAINING}), frozenset({EARLY, LATE}))
    instance = Instance("", 7, KINDS, (Person("Ada"),), firsts=(first,))
    assert broken(instance, (0, 0, TRAINING), (0, 1, EARLY)) == []
    assert broken(instance, (0, 1, EARLY)) == [("first", 1)]
    assert broken(instance, (0, 1, TRAINING), (0, 1, EARLY)) == [("per_day", 1), ("overlap", 1), ("first", 1)]


def test_a_newcomers_first_shift_is_beside_a_buddy():
    together = Together(frozenset({0, 1}), frozenset({2}))
    instance = week(Person("Ada"), Person("Beat"), Person("Carla"), togethers=(together,))
    assert broken(instance, (0, 0, EARLY), (2, 0, EARLY), (0, 1, LATE)) == []
    assert broken(instance, (0, 0, EARLY), (2, 0, LATE)) == [("together", 1)]
    assert broken(instance, (0, 0, EARLY), (1, 0, EARLY), (2, 0, EARLY)) == [("together", 1)]


def test_fairness_is_a_spread_or_squares():
    given = worked((0, 0, LATE), (0, 1, LATE), (0, 2, LATE), (1, 0, EARLY))
    people = (Person("Ada"), Person("Beat"))
    spread = Fairness("", frozenset(), tuple(range(7)), frozenset({LATE}), weight=2)
    squares = Fairness("", frozenset(), tuple(range(7)), frozenset({LATE}), "squares", 1, 2)
    assert evaluate(week(*people, fairness=(spread,)), given).penalties == {"fairness": 6}
    assert evaluate(week(*people, fairness=(squares,)), given).penalties == {"fairness": 10}


def test_changes_cost_by_shift_and_person_but_not_what_cannot_be_kept():
    ada = Person("Ada", off=frozenset({0}))
    before = Previous(worked((0, 0, EARLY), (0, 1, EARLY), (1, 2, LATE)), 1, 10, frozenset({2}))
    instance = week(ada, Person("Beat"), previous=before)
    assert evaluate(instance, worked((0, 1, EARLY), (1, 2, LATE))).penalties == {}
    changed = evaluate(instance, worked((0, 1, EARLY), (1, 2, LATE), (1, 0, EARLY)))
    assert (changed.penalties, changed.feasible) == ({"change": 11}, True)
    assert broken(instance, (0, 1, EARLY)) == [("frozen", 1)]


def test_a_lock_holds_both_ways():
    locks = (Lock(Assignment(0, 0, EARLY)), Lock(Assignment(0, 1, EARLY), works=False))
    instance = week(Person("Ada"), locks=locks)
    assert broken(instance) == [("lock", 1)]
    assert ("lock", 1) in broken(instance, (0, 0, EARLY), (0, 1, EARLY))


def test_a_sentence_names_who_when_and_how_much():
    ada = Person("Ada", totals=(Total("shifts", ((0, 1),), least=2, kinds=frozenset({LATE})),))
    seen = evaluate(week(ada), ()).violations
    assert seen == (Violation("total_least", 2, 0, 0, index=0),)
    assert sentences.sentence(week(ada), seen[0]) == "Ada has 2 shifts too few of late in the days from 0."
