"""Who answers when: worked out by the planner from what the week knows, published whole."""

from datetime import timedelta

import pytest

from firsthand.people.models import Role
from firsthand.plan import queries, registry
from firsthand.plan.actions import rostering
from firsthand.plan.models import Absence, Assignment, CallUp, Cover, Roster, Wish
from firsthand.plan.models.forecasts import State
from firsthand.plan.queries import hold
from firsthand.plan.queries.puzzle import puzzle
from tests import world
from tests.plan import planned

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def everybody_is_trained(monkeypatch):
    """What the room above would say: all are ready, but for those whose name begins with New."""
    monkeypatch.setattr(
        registry, "trained", lambda people, on: dict.fromkeys(trained(people), frozenset({"admin"}))
    )


def trained(people):
    from firsthand.people.models import Person

    return Person.objects.filter(pk__in=people).exclude(name__startswith="New").values_list("pk", flat=True)


def called(week, number: int, prefix: str = "Helper", **more) -> list[CallUp]:
    person = {"languages": ("de",), **more.pop("person", {})}
    return [
        CallUp.objects.create(
            week=week,
            person=world.person(f"{prefix}{one} Muster", Role.HELPER, **person),
            kind=CallUp.Kind.DIVISION,
            answer=CallUp.Answer.YES,
            **more,
        )
        for one in range(number)
    ]


def wanted(helpers: int = 2, days: int = 2):
    """So many in the German room on every half-day, and one specialist."""
    week = planned.week(days, least_shifts=0)
    need = planned.need(week, {"de": (helpers, helpers, helpers)})
    for shift in week.shifts.all():
        for room in week.rooms.filter(language="de"):
            Cover.objects.create(need=need, shift=shift, room=room, helpers=helpers, specialists=1)
    return week


def worked_out(week, seconds: int = 2) -> Roster:
    roster = rostering.work_out(week, seconds=seconds, by=world.otto())
    rostering.run(roster.pk)
    roster.refresh_from_db()
    return roster


def test_every_half_day_gets_its_people_and_nobody_is_in_two_places():
    week = wanted()
    called(week, 6)
    world.person("Carla Bernasconi", Role.SPECIALIST, languages=("de",))
    CallUp.objects.create(week=week, person=world.carla(), kind=CallUp.Kind.DIVISION)
    roster = worked_out(week)
    assert roster.state == State.DONE
    for shift in week.shifts.all():
        there = Assignment.objects.filter(roster=roster, shift=shift)
        assert there.filter(duty="answers").count() == 2
    days = Assignment.objects.filter(roster=roster).values_list("person", "starts_at__date")
    assert len(days) == len(set(days)), "one half-day a day"
    assert roster.progress["cost"] >= roster.progress["bound"]


def test_who_cannot_is_not_called():
    week = wanted(helpers=1, days=1)
    away, cannot, free = called(week, 3)
    starts = planned.at(week.starts_on, 7)
    Absence.objects.create(person=away.person, starts_at=starts, ends_at=starts + timedelta(hours=12))
    for shift in week.shifts.all():
        Wish.objects.create(callup=cannot, shift=shift, kind=Wish.Kind.NO)
    declined = called(week, 1, "Nein")[0]
    CallUp.objects.filter(pk=declined.pk).update(answer=CallUp.Answer.NO)
    roster = worked_out(week)
    assert set(roster.assignments.values_list("person", flat=True)) == {free.person_id}
    assert roster.explained["sums"]["missing"] >= 1
    assert roster.explained["gaps"][0]["missing"] == 1


def test_a_wish_that_is_not_met_has_a_price_in_words(client):
    week = wanted(helpers=1, days=1)
    [only] = called(week, 1)
    for shift in week.shifts.all():
        Wish.objects.create(callup=only, shift=shift, kind=Wish.Kind.RATHER_NOT)
    roster = worked_out(week)
    [price] = roster.explained["prices"]
    assert price["more"] == {"missing": 1}
    assert price.keys() == {"shift", "room", "cost", "more"}, "nobody's name or number"
    client.force_login(world.otto())
    page = client.get(f"/weeks/{week.pk}/roster/").text
    assert "1 half-day lies where a colleague would rather not work." in page
    assert "1 place more would stay empty" in page


def test_who_takes_the_place_of_a_colleague_who_would_rather_not_may_rather_not_as_well():
    week = wanted(helpers=1, days=1)
    for one in called(week, 3):
        for shift in week.shifts.all():
            Wish.objects.create(callup=one, shift=shift, kind=Wish.Kind.RATHER_NOT)
    first, second = worked_out(week).explained["prices"]
    assert first["more"] == second["more"] == {"wish": 1}


def test_a_half_day_that_nobody_spoke_of_is_no_wish_refused(client):
    week = wanted(helpers=1, days=1)
    one, other = called(week, 2)
    morning, afternoon = week.shifts.order_by("starts_at")
    for callup in (one, other):
        Wish.objects.create(callup=callup, shift=afternoon, kind=Wish.Kind.GLADLY)
    Wish.objects.create(callup=other, shift=morning, kind=Wish.Kind.RATHER_NOT)
    roster = worked_out(week)
    assert roster.assignments.get(shift=morning).person == one.person, "who said nothing of it"
    assert roster.explained["sums"]["wish"] == 0
    client.force_login(world.otto())
    page = client.get(f"/weeks/{week.pk}/roster/").text
    assert "Nobody works on a half-day that they would rather not have." in page


def test_a_wish_is_met_where_it_costs_nobody_anything():
    week = wanted(helpers=1, days=1)
    morning, afternoon = week.shifts.order_by("starts_at")
    early, late = called(week, 2)
    Wish.objects.create(callup=early, shift=morning, kind=Wish.Kind.GLADLY)
    Wish.objects.create(callup=late, shift=morning, kind=Wish.Kind.RATHER_NOT)
    roster = worked_out(week)
    assert roster.assignments.get(shift=morning).person == early.person
    assert roster.assignments.get(shift=afternoon).person == late.person


def test_whoever_is_new_is_trained_first_and_has_a_buddy():
    week = wanted(helpers=2, days=2)
    first = week.starts_on
    week.trainings.create(
        day=first, language="de", seats=2, starts_at=planned.at(first, 8), ends_at=planned.at(first, 18)
    )
    called(week, 2, returner=True)
    called(week, 1, "New")
    roster = worked_out(week)
    mine = list(roster.assignments.filter(person__name__startswith="New").order_by("starts_at"))
    assert [one.duty for one in mine] == ["training", "answers"]
    assert mine[1].starts_at.date() > first
    assert mine[1].buddy is not None


def test_what_is_locked_stays_in_the_next_roster():
    week = wanted(helpers=1, days=1)
    called(week, 3)
    first = worked_out(week)
    kept = first.assignments.order_by("starts_at").first()
    Assignment.objects.filter(pk=kept.pk).update(locked=True)
    second = worked_out(week)
    again = second.assignments.get(shift=kept.shift)
    assert (again.person, again.locked) == (kept.person, True)


def test_a_published_roster_holds():
    week = wanted(helpers=1, days=1)
    called(week, 2)
    roster = worked_out(week)
    rostering.publish(roster, by=world.otto())
    assert hold.basis(week).roster == roster
    assert not hold.basis(week).draft
    with pytest.raises(rostering.NotDone):
        rostering.publish(roster, by=world.otto())
    rostering.drop(roster, by=world.otto())
    assert Roster.objects.filter(pk=roster.pk).exists(), "what people have planned by stays"


@pytest.mark.parametrize("lacks", ["need", "people", "rooms"])
def test_what_is_missing_is_said_before_anything_begins(lacks):
    week = wanted(helpers=1, days=1)
    called(week, 2)
    refusal = {"need": rostering.NoNeed, "people": rostering.NobodyComes, "rooms": rostering.NoHalfDays}[
        lacks
    ]
    if lacks == "need":
        week.needs.all().delete()
    elif lacks == "people":
        week.callups.all().delete()
    else:
        Cover.objects.all().delete()
        week.rooms.all().delete()
    with pytest.raises(refusal):
        rostering.work_out(week, seconds=1, by=world.otto())
    assert not Roster.objects.exists()


def test_stopping_before_it_began_leaves_no_roster():
    week = wanted(helpers=1, days=1)
    called(week, 2)
    roster = rostering.work_out(week, seconds=5, by=world.otto())
    rostering.stop(roster, by=world.otto())
    rostering.run(roster.pk)
    roster.refresh_from_db()
    assert roster.state == State.STOPPED
    assert not roster.assignments.exists()


def test_the_numbers_of_the_engine_name_nobody():
    week = wanted(helpers=1, days=1)
    called(week, 2)
    assert all(one.name.isdigit() for one in puzzle(week).problem.people)


def test_the_page_promises_as_many_half_days_as_the_planner_gives():
    week = wanted()
    called(week, 1, "Full")
    for percent in (5, 25, 42, 55, 75):
        called(week, 1, f"Part{percent}", part_percent=percent)
    called(week, 1, "Agreed", part_percent=50, most_shifts=9)
    made, rules = puzzle(week), queries.rules_of(week)
    given = {made.callups[number].pk: one.most for number, one in enumerate(made.problem.people)}
    assert given == {one.pk: queries.most_of(one, rules) for one in made.callups}
    assert sorted(given.values()) == [1, 2, 3, 4, 5, 6, 9]
