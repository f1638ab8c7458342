"""Why not, and what would it cost."""

import dataclasses

import pytest

from firsthand.plan.pure.front import arrays, exact, explain, score, start
from firsthand.plan.pure.front.problem import Lock, Need, Roster, Session
from tests.plan.pure.front import weeks
from tests.plan.pure.front.small import ADA, BEAT, CARLA, DARIO, EVA, FULL, PEOPLE, roster, week


def _only(problem, given):
    (lack,) = explain.explain(problem, given).lacks
    return lack


READY = tuple(dataclasses.replace(one, trains=frozenset(), newcomer=False) for one in PEOPLE)


@pytest.mark.parametrize(
    ("reason", "changes", "given"),
    [
        ("language", {"needs": (Need(4, 1, "calls", 3),)}, roster((BEAT, 4, 1))),
        ("nobody", {"needs": (Need(4, 0, "law", 1),)}, roster()),
        (
            "absent",
            {"people": READY, "needs": (Need(2, 0, "calls", 1),), "absent": True},
            roster(training=()),
        ),
        ("busy", {"needs": (Need(4, 0, "calls", 1),)}, roster((BEAT, 4, 1), (ADA, 5, 0), (EVA, 5, 0))),
        ("training", {"needs": (Need(0, 0, "calls", 1),), "untrained": True}, roster()),
        (
            "training_seats",
            {"needs": (Need(2, 0, "calls", 1),), "untrained": True},
            roster(training=((CARLA, 0),)),
        ),
        ("most", {"people": READY, "needs": (Need(12, 0, "calls", 1),), "most": 0}, roster(training=())),
        ("a_week", {"people": READY, "needs": (Need(12, 0, "calls", 1),), "a_week": 0}, roster(training=())),
        (
            "barred",
            {"people": READY, "needs": (Need(12, 0, "calls", 1),), "barred": True},
            roster(training=()),
        ),
        ("free", {"people": READY, "needs": (Need(12, 0, "calls", 1),)}, roster(training=())),
    ],
)
def test_it_names_what_keeps_people_away(reason, changes, given):
    people = changes.pop("people", PEOPLE)
    if changes.pop("absent", False):
        people = tuple(dataclasses.replace(one, blocked=frozenset({2})) for one in people)
    if changes.pop("untrained", False):
        people = tuple(dataclasses.replace(one, trains=FULL) for one in people)
    if changes.pop("barred", False):
        people = tuple(dataclasses.replace(one, barred=frozenset({0})) for one in people)
    for limit in ("most", "a_week"):
        if limit in changes:
            value = changes.pop(limit)
            people = tuple(dataclasses.replace(one, **{limit: value}) for one in people)
    lack = _only(week(people=people, **changes), given)
    assert lack.reason == reason
    assert sum(lack.people.values()) == sum(lack.level in one.levels for one in people)


def test_full_sessions_are_told_from_missing_ones():
    people = tuple(dataclasses.replace(one, trains=FULL) for one in PEOPLE)
    problem = week(people=people, needs=(Need(6, 0, "calls", 3),), sessions=(Session("full", 0, "de", 1),))
    lack = _only(problem, roster((ADA, 6, 0), training=((ADA, 0),)))
    assert (lack.reason, lack.missing) == ("training_seats", 2)


def test_unmet_wishes_are_told_to_each_and_spread_over_all_without_names():
    found = explain.explain(week(), roster((ADA, 4, 0), (ADA, 6, 0), (BEAT, 8, 0), (EVA, 10, 0)))
    assert {person: len(shifts) for person, shifts in found.unmet.items()} == {ADA: 2}
    assert (found.spread.total, found.spread.worst) == (4, 4)
    assert found.spread.without == pytest.approx(2 / 3)
    assert found.spread.gini == pytest.approx(2 / 3)


def test_a_person_trained_for_nothing_is_counted():
    assert explain.explain(week(), roster((ADA, 4, 0))).unused == 1


def test_locks_that_no_roster_can_hold_are_named():
    locks = (Lock(ADA, 1, 0), Lock(EVA, 2, 0), Lock(CARLA, 6, 0), Lock(CARLA, 7, 0), Lock(DARIO, 6, 1))
    found = explain.broken_locks(week(locks=locks))
    assert [(lock.person, codes) for lock, codes in found] == [
        (ADA, ["untrained"]),
        (EVA, ["absent"]),
        (CARLA, ["a_day"]),
    ]


def test_the_price_of_a_wish_is_at_least_that_of_solving_again():
    problem = weeks.make(10, 2, days=10)
    a = arrays.build(problem)
    best = exact.Model(a, start.greedy(a), range(len(a.least))).solve(seconds=30, workers=4, seed=1)
    assert best.state is not None
    given = arrays.roster_of(best.state)
    person, shifts = next(iter(explain.explain(problem, given).unmet.items()))
    half_day = shifts[0].half_day
    price, missed = explain.price_of_wish(problem, given, person, half_day)
    locked = dataclasses.replace(problem, locks=(Lock(person, half_day, None),))
    b = arrays.build(locked)
    again = exact.Model(b, best.state, range(len(b.least))).solve(seconds=30, workers=4, seed=1)
    assert again.state is not None
    assert price >= score.weigh(b, again.state).cost - score.weigh(a, best.state).cost >= 0
    assert sum(one.cost for one in missed) == price + score.weigh(a, best.state).cost


def test_an_empty_roster_is_explained_too():
    found = explain.explain(week(), Roster())
    assert sum(lack.missing for lack in found.lacks) == 16
    assert found.spread.without == 1.0
