"""A contact's life, from the call to the end."""

import pytest

from firsthand.answer import actions, queries
from firsthand.answer.models import Case
from tests import world
from tests.answer import room

pytestmark = pytest.mark.django_db


def test_a_call_is_offered_taken_ended_and_closed():
    ada = world.ada()
    contact = room.closed(ada)
    assert contact.solved is True
    assert room.moves(contact) == ["arrived", "matched", "taken", "hung_up", "closed"]
    assert room.seat(ada).state == "ready"
    assert contact.call.ended_by == "helper"
    room.check()


def test_it_is_offered_right_after_the_commit(django_capture_on_commit_callbacks):
    room.ready()
    with django_capture_on_commit_callbacks(execute=True):
        contact = room.arrive()
    assert room.state(contact) == "offered"


def test_a_seat_that_becomes_ready_gets_the_longest_waiting(django_capture_on_commit_callbacks):
    first, second = room.arrive(), room.arrive()
    with django_capture_on_commit_callbacks(execute=True):
        room.ready()
    assert [room.state(first), room.state(second)] == ["offered", "waiting"]


def test_closing_brings_the_next_caller_at_once(django_capture_on_commit_callbacks):
    ada = world.ada()
    contact, following = room.wrapping(ada), room.arrive()
    with django_capture_on_commit_callbacks(execute=True):
        actions.close(contact, solved=True, by=ada)
    assert room.state(following) == "offered"


def test_who_wants_a_break_after_it_is_offered_nothing(django_capture_on_commit_callbacks):
    ada = world.ada()
    contact, following = room.wrapping(ada), room.arrive()
    with django_capture_on_commit_callbacks(execute=True):
        actions.close(contact, solved=False, then_away=True, by=ada)
    assert room.seat(ada).state == "away"
    assert room.state(following) == "waiting"


def test_a_double_click_on_answer_is_one_answer():
    ada = world.ada()
    contact = room.talking(ada)
    again = actions.take(contact, by=ada)
    assert again.state == "connected"
    assert room.moves(contact).count("taken") == 1


def test_nobody_takes_what_is_offered_to_another():
    contact = room.offered()
    with pytest.raises(actions.OfferGone):
        actions.take(contact, by=world.eva())


def test_an_expired_offer_goes_on_and_the_silent_seat_is_not_ready():
    ada, eva = world.ada(), world.eva()
    contact = room.offered(ada)
    room.forward(21, beating=[ada])
    room.ready(eva)
    swept = actions.sweep()
    assert (swept.expired, swept.matched) == (1, 1)
    contact.refresh_from_db()
    assert contact.seat == room.seat(eva)
    assert (room.seat(ada).state, room.seat(ada).away_why) == ("away", "no_answer")
    with pytest.raises(actions.OfferGone):
        actions.take(contact, by=ada)
    assert "did not answer" in str(queries.desk(ada).why)


def test_how_long_an_offer_stands_is_a_rule():
    actions.change_rules(by=world.otto(), offer_seconds=5)
    ada = world.ada()
    contact = room.offered(ada)
    room.forward(6, beating=[ada])
    actions.sweep()
    assert room.state(contact) == "waiting"


def test_an_expired_contact_keeps_its_place():
    ada = world.ada()
    old = room.offered(ada)
    place = old.queued_at
    young = room.arrive()
    room.forward(21, beating=[ada])
    actions.sweep()
    room.ready(world.eva())
    actions.sweep()
    assert [room.state(old), room.state(young)] == ["offered", "waiting"]
    old.refresh_from_db()
    assert old.queued_at == place


def test_what_was_declined_goes_to_somebody_else_and_later_comes_back():
    ada = world.ada()
    contact = room.offered(ada)
    actions.decline(contact, by=ada)
    assert actions.sweep().matched == 0
    assert room.seat(ada).state == "ready"
    room.forward(46, beating=[ada])
    assert actions.sweep().matched == 1


def test_a_caller_who_hangs_up_while_waiting_gave_up_and_frees_the_seat():
    ada = world.ada()
    contact = room.offered(ada)
    actions.caller_hung_up(contact)
    actions.caller_hung_up(contact)
    assert room.state(contact) == "abandoned"
    assert room.seat(ada).state == "ready"
    room.check()


def test_a_caller_who_hangs_up_in_conversation_leaves_the_wrap_up_to_the_helper():
    contact = room.talking()
    actions.caller_hung_up(contact)
    assert room.state(contact) == "wrap_up"
    assert room.seat().state == "wrap_up"


def test_it_is_not_closed_while_the_call_goes_on():
    contact = room.talking()
    with pytest.raises(actions.StillTalking):
        actions.close(contact, solved=True, by=world.ada())


def test_hold_and_resume_are_the_mode_of_the_call():
    ada = world.ada()
    contact = room.talking(ada)
    actions.hold(contact, by=ada)
    assert queries.desk(ada).on_hold
    assert queries.caller(contact).on_hold
    actions.resume(contact, by=ada)
    assert not queries.desk(ada).on_hold


def test_the_talk_clock_starts_when_it_is_audible():
    contact = room.talking(carrier="browser")
    assert contact.talk_at is None
    actions.audible(contact.call)
    contact.refresh_from_db()
    first = contact.talk_at
    assert first is not None
    actions.audible(contact.call)
    contact.refresh_from_db()
    assert contact.talk_at == first


def test_who_is_in_a_contact_does_not_leave_the_room():
    ada = world.ada()
    room.talking(ada)
    with pytest.raises(actions.StillInContact):
        actions.say_away(ada, by=ada)


def test_leaving_the_room_while_being_offered_declines():
    ada = world.ada()
    contact = room.offered(ada)
    actions.say_away(ada, by=ada)
    assert room.state(contact) == "waiting"
    assert room.seat(ada).state == "away"
    room.check()


def test_every_closed_contact_is_in_a_case():
    contact = room.closed()
    assert contact.case_id is not None
    assert Case.objects.count() == 1
