"""Somebody asks to be called back, and keeps the place."""

import pytest

from firsthand.answer import actions, queries
from firsthand.protect.models import Grant
from tests import world
from tests.answer import room

pytestmark = pytest.mark.django_db
PHONE = "044 321 87 65"


def asked(**more):
    contact = room.arrive(carrier="browser", **more)
    actions.ask_callback(contact, PHONE)
    contact.refresh_from_db()
    return contact


def called(person):
    room.ready(person)
    contact = asked()
    actions.sweep()
    return actions.take(contact, by=person)


def test_it_keeps_its_place_and_the_call_ends():
    first = room.arrive(carrier="browser")
    place = first.queued_at
    second = room.arrive()
    actions.ask_callback(first, PHONE)
    first.refresh_from_db()
    assert (first.state, first.queued_at, first.callback_phone) == ("callback", place, "+41443218765")
    assert first.call.ended_by == "customer"
    room.ready()
    actions.sweep()
    assert [room.state(first), room.state(second)] == ["offered", "waiting"]


@pytest.mark.parametrize("phone", ["", "123", "hello", "0900 123 456", "+1" * 40])
def test_a_number_nobody_can_or_should_call_is_refused(phone):
    contact = room.arrive()
    with pytest.raises(actions.BadPhone):
        actions.ask_callback(contact, phone)
    assert room.state(contact) == "waiting"


def test_an_offer_that_expires_is_a_callback_again():
    room.ready()
    contact = asked()
    actions.sweep()
    room.forward(21, beating=[world.ada()])
    actions.sweep()
    assert room.state(contact) == "callback"


def test_the_talk_clock_starts_when_they_are_reached():
    ada = world.ada()
    contact = called(ada)
    assert contact.talk_at is None
    actions.reached(contact, by=ada)
    actions.hang_up(contact, by=ada)
    actions.close(contact, solved=True, by=ada)
    contact.refresh_from_db()
    assert contact.talk_at is not None


def test_who_does_not_pick_up_is_called_again_later_and_in_the_end_closed_by_the_helper():
    ada = world.ada()
    contact = called(ada)
    for _ in range(2):
        actions.not_reached(contact, by=ada)
        assert room.state(contact) == "callback"
        assert actions.sweep().matched == 0, "not at once"
        room.forward(30 * 60 + 1, beating=[ada])
        actions.sweep()
        actions.take(contact, by=ada)
    actions.not_reached(contact, by=ada)
    assert room.state(contact) == "wrap_up"
    room.check()


def test_they_may_no_longer_need_it():
    contact = asked()
    actions.give_up(contact)
    actions.give_up(contact)
    assert room.state(contact) == "abandoned"
    room.check()


def test_the_page_that_hangs_up_does_not_end_the_callback():
    contact = asked()
    actions.caller_hung_up(contact)
    actions.caller_gone(contact)
    assert room.state(contact) == "callback"


def test_a_lost_helper_leaves_a_callback_and_the_next_asks_who_it_is():
    ada = world.ada()
    contact = called(ada)
    room.verify(contact)
    room.forward(13)
    actions.sweep()
    contact.refresh_from_db()
    assert (contact.state, contact.member) == ("callback", None)


def test_it_does_not_count_as_answered_late():
    contact = called(world.ada())
    assert contact.is_callback
    assert queries.wall().in_time.of == 0


def test_who_was_verified_in_the_lost_call_is_asked_again_when_called_back():
    ada, eva = world.ada(), world.eva()
    contact = room.talking(ada, carrier="browser")
    room.verify(contact)
    room.forward(13)
    actions.sweep()
    actions.ask_callback(contact, PHONE)
    room.forward(9)
    room.ready(eva)
    actions.sweep()
    actions.take(contact, by=eva)
    desk = queries.desk(eva)
    assert (desk.verified, desk.tries_left, desk.earlier) == (False, 3, ())
    assert not Grant.objects.open().exists()
    room.verify(contact, eva)
    assert Grant.objects.open().get().person == eva
