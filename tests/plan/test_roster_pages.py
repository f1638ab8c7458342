"""The roster on the page: found, changed by hand, mended when somebody cannot come, exchanged, read by a calendar."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from icalendar import Calendar

from firsthand.people.models import Role
from firsthand.plan.actions import feeds, rostering, swapping
from firsthand.plan.models import Absence, Assignment, CallUp, Moved, Swap
from firsthand.plan.queries import repairs, swaps
from firsthand.plan.queries import roster as rosters
from tests import world
from tests.plan import planned
from tests.plan.test_rostering import called, everybody_is_trained, wanted, worked_out  # noqa: F401  a fixture

pytestmark = pytest.mark.django_db


def words(page) -> str:
    return " ".join(page.content.decode().split())


def held(helpers: int = 1, people: int = 3, days: int = 1):
    week = wanted(helpers, days)
    called(week, people)
    roster = worked_out(week, seconds=1)
    rostering.publish(roster, by=world.otto())
    roster.refresh_from_db()
    return week, roster


def test_the_page_shows_everybody_and_every_half_day(otto):
    week, roster = held()
    page = words(otto.get(reverse("plan:roster", args=[week.pk])))
    for person in range(3):
        assert f"Helper{person} Muster" in page
    assert "1/1" in page
    assert "Säntis" in page
    assert str(roster.assignments.count()) in page


def test_without_a_roster_it_says_what_comes_here(otto):
    week = wanted()
    assert "There is no roster yet" in words(otto.get(reverse("plan:roster", args=[week.pk])))


def test_what_stands_against_it_is_said_in_place(otto):
    week = planned.week()
    answer = otto.post(reverse("plan:work_out", args=[week.pk]), {"seconds": "10"})
    assert answer.status_code == 422
    assert "not known yet how many it takes" in words(answer)


def test_it_is_asked_for_on_the_page_and_stopped_there(otto):
    week = wanted()
    called(week, 3)
    address = reverse("plan:roster", args=[week.pk])
    assert otto.post(reverse("plan:work_out", args=[week.pk]), {"seconds": "10"}).status_code == 302
    assert "Stop and keep the best so far" in words(otto.get(address))
    waiting = week.rosters.get()
    otto.post(reverse("plan:stop_roster", args=[waiting.pk]))
    assert "Stop and keep the best so far" not in words(otto.get(address))


def test_a_half_day_is_changed_by_hand_locked_and_noted(otto):
    week, roster = held()
    there = roster.assignments.order_by("starts_at").first()
    room = week.rooms.get(language="de")
    someone = (
        CallUp.objects.filter(week=week).exclude(person__in=roster.assignments.values("person")).get().person
    )
    address = reverse("plan:place", args=[roster.pk, someone.pk, there.shift_id])
    assert otto.post(address, {"room": room.pk}).status_code == 302
    made = roster.assignments.get(person=someone)
    assert made.locked
    assert Moved.objects.get().came == someone
    assert otto.post(address, {"room": "free"}).status_code == 302
    assert not roster.assignments.filter(person=someone).exists()
    assert Moved.objects.filter(gone=someone).exists()


def test_a_full_room_takes_nobody_more(otto):
    week, roster = held(people=4)
    week.rooms.update(seats=1)
    there = roster.assignments.order_by("starts_at").first()
    someone = (
        CallUp.objects.filter(week=week)
        .exclude(person__in=roster.assignments.values("person"))
        .first()
        .person
    )
    answer = otto.post(
        reverse("plan:place", args=[roster.pk, someone.pk, there.shift_id]), {"room": there.room_id}
    )
    assert answer.status_code == 422
    assert "all seats" in words(answer)


@pytest.mark.parametrize("room", ["", "0", "nonsense", "٣", "999999999"])
def test_a_room_that_is_none_changes_nothing(otto, room):
    _week, roster = held()
    there = roster.assignments.order_by("starts_at").first()
    before = set(roster.assignments.values_list("person", "shift", "room"))
    assert (
        otto.post(
            reverse("plan:place", args=[roster.pk, there.person_id, there.shift_id]), {"room": room}
        ).status_code
        == 422
    )
    assert set(roster.assignments.values_list("person", "shift", "room")) == before


def test_who_changes_the_room_on_the_same_half_day_is_said_to_change_the_room(otto, monkeypatch):
    week, roster = held()
    one = roster.assignments.order_by("starts_at").first()
    other = week.rooms.get(language="fr")
    move = repairs.Move(one.person, (one.shift, one.room), (one.shift, other))
    proposal = repairs.Proposal(one.person, [one], [repairs.Gap(one.shift, other, [repairs.Way([move], 0)])])
    monkeypatch.setattr(repairs, "proposal", lambda *given: proposal)
    page = words(otto.get(reverse("plan:absent", args=[roster.pk, one.person_id]), {"gone": one.pk}))
    assert f"{one.person.name} changes from Säntis to Léman" in page


def test_who_cannot_come_is_replaced_by_somebody_free(otto):
    _week, roster = held()
    gone = roster.assignments.order_by("starts_at").first()
    address = reverse("plan:absent", args=[roster.pk, gone.person_id])
    page = words(otto.get(address, {"gone": gone.pk}))
    assert "comes in addition" in page
    assert "The place stays empty" in page
    assert otto.post(address, {"gone": gone.pk}).status_code == 302
    instead = roster.assignments.get(shift=gone.shift)
    assert instead.person_id != gone.person_id
    assert set(Moved.objects.values_list("why", flat=True)) == {"absent"}
    assert not roster.assignments.filter(pk=gone.pk).exists()


def test_a_way_that_is_no_longer_possible_changes_nothing(otto):
    _week, roster = held()
    gone = roster.assignments.order_by("starts_at").first()
    answer = otto.post(
        reverse("plan:absent", args=[roster.pk, gone.person_id]),
        {"gone": gone.pk, f"way-{gone.shift_id}": "1-2:3-4:5"},
    )
    assert answer.status_code == 422
    assert "the roster has changed since" in words(answer)
    assert roster.assignments.filter(pk=gone.pk).exists()


def test_an_exchange_holds_when_both_want_it(client):
    _week, roster = held(people=3)
    mine = roster.assignments.order_by("starts_at").first()
    offer = swaps.offers(mine)[0]
    client.force_login(mine.person)
    assert offer.person.name in words(client.get(reverse("plan:exchange", args=[mine.pk])))
    client.post(reverse("plan:ask_swap", args=[mine.pk]), {"offer": offer.key})
    swap = Swap.objects.get()
    assert (swap.asked, swap.state) == (offer.person, Swap.State.ASKED)
    assert client.post(reverse("plan:answer_swap", args=[swap.pk]), {"answer": "agree"}).status_code == 404
    client.force_login(offer.person)
    assert "would you take" in words(client.get("/shifts/"))
    client.post(reverse("plan:answer_swap", args=[swap.pk]), {"answer": "agree"})
    mine.refresh_from_db()
    assert mine.person == offer.person
    assert Moved.objects.filter(why="swap").exists()


@pytest.mark.parametrize("offer", ["", "x", "0", "999999", "1-999999", "٣"])
def test_an_offer_that_is_none_asks_nobody(client, offer):
    _week, roster = held(people=3)
    mine = roster.assignments.order_by("starts_at").first()
    client.force_login(mine.person)
    assert client.post(reverse("plan:ask_swap", args=[mine.pk]), {"offer": offer}).status_code == 404
    assert not Swap.objects.exists()


def test_who_is_away_on_a_half_day_of_theirs_is_told_so_and_the_organiser_too(otto):
    week, roster = held()
    one = roster.assignments.order_by("starts_at").first()
    page, mine = reverse("plan:roster", args=[week.pk]), reverse("plan:my_week", args=[week.pk])
    assert "and away then" not in words(otto.get(page))
    Absence.objects.create(person=one.person, starts_at=one.starts_at, ends_at=one.ends_at)
    shown = words(otto.get(page))
    assert "In this roster, and away then:" in shown
    assert f"{reverse('plan:absent', args=[roster.pk, one.person_id])}?gone={one.pk}" in shown
    otto.force_login(one.person)
    assert words(otto.get(mine)).count("You are away then: exchange it, or tell the organiser.") == 1


def test_who_has_asked_somebody_sees_that_and_is_not_asked_to_ask_another(client):
    _week, roster = held()
    mine = roster.assignments.order_by("starts_at").first()
    offer = swaps.offers(mine)[0]
    client.force_login(mine.person)
    asked = client.post(reverse("plan:ask_swap", args=[mine.pk]), {"offer": offer.key}, follow=True)
    assert "It holds as soon as the other one says yes." in words(asked)
    page = words(client.get(reverse("plan:exchange", args=[mine.pk])))
    assert f"You asked {offer.person.name} to take" in page
    assert 'name="offer"' not in page
    swap = Swap.objects.get()
    back = client.post(reverse("plan:answer_swap", args=[swap.pk]), {"answer": "withdraw"}, follow=True)
    assert "Taken back. Your half-day stays yours." in words(back)
    assert 'name="offer"' in words(client.get(reverse("plan:exchange", args=[mine.pk])))


def test_a_letter_of_a_name_finds_whom_to_ask(client):
    _week, roster = held(people=3)
    mine = roster.assignments.order_by("starts_at").first()
    client.force_login(mine.person)
    name = swaps.offers(mine)[0].person.name
    address = reverse("plan:exchange", args=[mine.pk])
    assert name in words(client.get(address, {"words": name[:7].lower()}))
    assert name not in words(client.get(address, {"words": "zzz"}))


def test_of_two_answers_one_counts():
    _week, roster = held(people=3)
    mine = roster.assignments.order_by("starts_at").first()
    offer = swaps.offers(mine)[0]
    swap = swapping.ask(mine, offer.person, offer.theirs, by=mine.person)
    swapping.withdraw(swap, by=mine.person)
    with pytest.raises(swapping.NotOpen):
        swapping.agree(swap, by=offer.person)
    mine.refresh_from_db()
    assert mine.person == swap.asked_by


def test_an_exchange_against_the_rules_is_refused():
    week, roster = held(people=3)
    mine = roster.assignments.order_by("starts_at").first()
    stranger = called(week, 1, "Romand", person={"languages": ("fr",)})[0].person
    assert stranger not in {one.person for one in swaps.offers(mine)}
    with pytest.raises(swapping.AgainstTheRules):
        swapping.ask(mine, stranger, by=mine.person)


def test_two_half_days_change_hands():
    _week, roster = held(helpers=1, people=2, days=2)
    mine = roster.assignments.order_by("starts_at").first()
    offer = next((one for one in swaps.offers(mine) if one.theirs), None)
    assert offer, "with two people and four half-days there is something to exchange"
    swap = swapping.ask(mine, offer.person, offer.theirs, by=mine.person)
    swapping.agree(swap, by=offer.person)
    mine.refresh_from_db()
    theirs = Assignment.objects.get(pk=offer.theirs.pk)
    assert (mine.person, theirs.person) == (offer.person, swap.asked_by)


def test_the_door_shows_names_to_those_who_come_and_to_nobody_else(client):
    week, roster = held()
    inside = roster.assignments.first().person
    client.force_login(inside)
    assert inside.name in words(client.get(reverse("plan:door", args=[week.pk])))
    client.force_login(world.beat())
    assert client.get(reverse("plan:door", args=[week.pk])).status_code == 404


def test_a_calendar_reads_my_half_days_and_nobody_elses(client):
    _week, roster = held()
    mine = roster.assignments.order_by("starts_at").first()
    token = feeds.make(mine.person, by=mine.person)
    address = reverse("plan:feed", args=[token])
    answer = client.get(address)
    assert answer["Content-Type"].startswith("text/calendar")
    events = list(Calendar.from_ical(answer.content).walk("VEVENT"))
    own = rosters.mine(mine.person)
    assert [event.decoded("dtstart") for event in events] == [one.starts_at for one in own]
    others = roster.assignments.exclude(person=mine.person).values_list("person__name", flat=True)
    assert not any(name in answer.content.decode() for name in others)
    feeds.take_back(mine.person, by=mine.person)
    assert client.get(address).status_code == 404


def test_a_new_link_ends_the_old_one(client):
    _week, roster = held()
    person = roster.assignments.first().person
    old, new = (feeds.make(person, by=person) for _ in range(2))
    assert client.get(reverse("plan:feed", args=[old])).status_code == 404
    assert client.get(reverse("plan:feed", args=[new])).status_code == 200


def test_a_thousand_people_take_no_more_questions_to_the_database():
    week, _roster = held()

    def asked() -> int:
        with CaptureQueriesContext(connection) as found:
            rosters.sheet(week, rosters.Filter())
        return len(found)

    before = asked()
    called(week, 12, "More")
    assert asked() == before <= 20


def test_an_organiser_who_is_no_helper_sees_no_other_half_days(client):
    _week, roster = held()
    client.force_login(world.person("Nina Fremd", Role.HELPER))
    row = roster.assignments.first()
    for name, args in (
        ("place", [roster.pk, row.person_id, row.shift_id]),
        ("absent", [roster.pk, row.person_id]),
        ("exchange", [row.pk]),
    ):
        assert client.get(reverse(f"plan:{name}", args=args)).status_code == 404


def test_the_door_opens_on_the_next_day_and_prints_all_of_them(client):
    week, roster = held(people=4, days=2)
    client.force_login(roster.assignments.first().person)
    address = reverse("plan:door", args=[week.pk])
    days = sorted(set(week.shifts.values_list("day", flat=True)))

    def shown(asked: str) -> set:
        answer = client.get(address, {"day": asked})
        return {one.shift.day for one in answer.context["door"].half_days}

    assert shown("") == shown("nonsense") == {days[0]}
    assert shown(days[1].isoformat()) == {days[1]}
    assert shown("all") == set(days)


@pytest.mark.parametrize("page", ["door", "exchange", "absent"])
def test_a_longer_roster_takes_no_more_questions_to_the_database(client, page):
    week, roster = held(people=3, days=1)
    row = roster.assignments.order_by("starts_at").first()
    client.force_login(world.otto() if page == "absent" else row.person)
    args = {"door": [week.pk], "exchange": [row.pk], "absent": [roster.pk, row.person_id]}[page]
    address = reverse(f"plan:{page}", args=args) + f"?gone={row.pk}"

    def asked() -> int:
        with CaptureQueriesContext(connection) as found:
            assert client.get(address).status_code == 200
        return len(found)

    asked()  # what is kept between requests is there then
    before = asked()
    for callup in called(week, 9, "More"):
        shift = week.shifts.exclude(pk=row.shift_id).first()
        Assignment.objects.create(
            roster=roster,
            person=callup.person,
            shift=shift,
            room=row.room,
            duty="answers",
            starts_at=shift.starts_at,
            ends_at=shift.ends_at,
        )
    assert asked() == before <= 20


@pytest.mark.parametrize(
    ("cost", "bound", "says"),
    [(9127, 3, "at most 100 % of what it costs"), (100, 98, "at most 2 % of"), (7, 7, "No roster is better")],
)
def test_what_a_better_roster_could_spare_is_a_share_of_what_this_one_costs(otto, cost, bound, says):
    week = wanted()
    planned.roster(week, published=False)
    week.rosters.update(progress={"cost": cost, "bound": bound, "phase": "done", "seconds": 1})
    assert says in words(otto.get(reverse("plan:roster", args=[week.pk])))
