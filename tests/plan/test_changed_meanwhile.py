"""The week changes under its roster: another one is published, people do not come after all, seats are fewer."""

import re

import pytest
from django.urls import reverse

from firsthand.live.models import Outbox
from firsthand.people import actions as people
from firsthand.plan import actions
from firsthand.plan.actions import answering, moving, places, rostering, swapping
from firsthand.plan.models import Assignment, CallUp, Moved, Swap
from firsthand.plan.queries import hold, swaps
from firsthand.plan.queries.puzzle import puzzle
from tests import world
from tests.plan import planned
from tests.plan.test_roster_pages import held
from tests.plan.test_rostering import called, everybody_is_trained, wanted, worked_out  # noqa: F401  a fixture

pytestmark = pytest.mark.django_db


def drafted(people: int = 3):
    week = wanted(1, 1)
    called(week, people)
    return week, worked_out(week, 1)


def room_of(roster):
    return roster.week.rooms.get(language="de")


def test_what_was_asked_in_an_older_roster_is_over_with_it():
    week, roster = held()
    mine = roster.assignments.order_by("starts_at").first()
    offer = swaps.offers(mine)[0]
    swap = swapping.ask(mine, offer.person, offer.theirs, by=mine.person)
    rostering.publish(worked_out(week, 1), by=world.otto())
    assert not swaps.asked(offer.person)
    with pytest.raises(swapping.NotOpen):
        swapping.agree(swap, by=offer.person)
    swap.refresh_from_db()
    assert swap.state == Swap.State.WITHDRAWN
    assert not Moved.objects.exists()


def test_a_draft_begun_before_the_roster_changed_is_not_published_over_the_change():
    week, roster = held()
    draft = worked_out(week, 1)
    moving.let_go(roster.assignments.first(), by=world.otto())
    with pytest.raises(rostering.Overtaken):
        rostering.publish(draft, by=world.otto())
    assert hold.basis(week).roster == roster
    newer = worked_out(week, 1)
    rostering.publish(newer, by=world.otto())
    assert hold.basis(week).roster == newer


def test_a_draft_that_is_overtaken_says_so_and_is_not_offered(client):
    week, roster = held()
    draft = worked_out(week, 1)
    client.force_login(world.otto())
    page = f"/weeks/{week.pk}/roster/?draft={draft.pk}"
    assert f"/rosters/{draft.pk}/publish/" in client.get(page).text
    moving.let_go(roster.assignments.first(), by=world.otto())
    shown = client.get(page).text
    assert f"/rosters/{draft.pk}/publish/" not in shown
    assert "This draft is overtaken." in shown
    assert f"/rosters/{draft.pk}/drop/" in shown
    assert "(overtaken)" in client.get(f"/weeks/{week.pk}/roster/").text


def test_of_two_drafts_the_second_is_not_published_over_the_first():
    week, first = drafted()
    second = worked_out(week, 1)
    rostering.publish(second, by=world.otto())
    with pytest.raises(rostering.Overtaken):
        rostering.publish(first, by=world.otto())
    assert hold.basis(week).roster == second


def test_who_says_no_is_taken_out_of_a_draft():
    week, draft = drafted()
    one = draft.assignments.first().person
    answering.answer(CallUp.objects.get(week=week, person=one), coming=False, by=one)
    assert not draft.assignments.filter(person=one).exists()


def test_who_says_no_while_it_is_worked_out_is_not_in_it(monkeypatch):
    week = wanted(1, 1)
    called(week, 1)
    searched = rostering._searched

    def meanwhile(*given):
        found = searched(*given)
        CallUp.objects.update(answer=CallUp.Answer.NO)
        return found

    monkeypatch.setattr(rostering, "_searched", meanwhile)
    assert not worked_out(week, 1).assignments.exists()


@pytest.mark.parametrize("how", ["excused", "left"])
def test_who_does_not_come_after_all_leaves_open_half_days_in_the_published_roster(how):
    week, roster = held()
    one = roster.assignments.first().person
    theirs = roster.assignments.filter(person=one).count()
    if how == "excused":
        actions.excuse(CallUp.objects.get(week=week, person=one), by=world.otto())
    else:
        people.leave(one, by=world.otto())
    assert not Assignment.objects.filter(person=one).exists()
    assert Moved.objects.filter(roster=roster, gone=one, came=None, why="absent").count() == theirs
    assert one.pk not in puzzle(week).people


def test_who_only_learns_a_language_keeps_their_half_days():
    _week, roster = held()
    one = roster.assignments.first().person
    before = roster.assignments.count()
    people.set_languages(one, ["de", "fr"], by=one)
    assert roster.assignments.count() == before


def test_a_room_keeps_the_seats_and_the_language_of_who_sits_there():
    week, roster = held(helpers=2, people=4)
    room = room_of(roster)
    with pytest.raises(places.MoreSitThere, match="2 people sit there"):
        places.put_room(week, by=world.otto(), room=room, seats=1)
    room.refresh_from_db()
    with pytest.raises(places.InUse):
        places.put_room(week, by=world.otto(), room=room, language="it")
    room.refresh_from_db()
    assert (room.seats, room.language) == (12, "de")
    places.put_room(week, by=world.otto(), room=room, seats=2, name="Rigi")


def test_a_draft_for_more_seats_than_there_are_is_not_published():
    week = wanted(2, 1)
    called(week, 4)
    draft = worked_out(week, 1)
    places.put_room(week, by=world.otto(), room=room_of(draft), seats=1)
    with pytest.raises(rostering.TooFewSeats):
        rostering.publish(draft, by=world.otto())


def test_two_rooms_with_as_many_seats_each_are_two_rooms():
    week = planned.week(1)
    week.rooms.update(seats=2)
    draft = planned.roster(week, published=False)
    planned.rostered(draft, "de", 2)
    planned.rostered(draft, "fr", 2)
    rostering.publish(draft, by=world.otto())
    assert hold.basis(week).roster == draft


def heard_by(page) -> set[str]:
    """The topics that a page listens to; without the signature behind each."""
    said = re.findall(r'data-live="([^"]+)"', page.content.decode())
    return {token.rsplit("~", 1)[0] for one in said for token in one.split()}


def told() -> set[str]:
    found = set(Outbox.objects.values_list("topic", flat=True))
    Outbox.objects.all().delete()
    return found


def test_every_page_hears_what_concerns_it(client):
    """The number of a roster is not that of its week, nor that of a colleague: each page has its own."""
    for _other in range(3):
        planned.roster(planned.week(1)).week.delete()
    week, draft = drafted()
    client.force_login(world.otto())
    sheet, overview = (
        heard_by(client.get(reverse(f"plan:{name}", args=[week.pk]))) for name in ("roster", "overview")
    )
    one = draft.assignments.first().person
    client.force_login(one)
    mine = heard_by(client.get("/shifts/"))
    assert sheet
    assert overview
    assert mine
    assert sheet | overview <= told(), "worked out"
    rostering.publish(draft, by=world.otto())
    assert sheet | overview | mine <= told(), "published"
    moving.let_go(draft.assignments.filter(person=one).first(), by=world.otto())
    assert mine <= told(), "let go"
    actions.excuse(CallUp.objects.get(week=week, person=one), by=world.otto())
    assert mine | overview <= told(), "excused"
