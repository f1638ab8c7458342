"""Pages fall silent and come back."""

from datetime import timedelta

import pytest

from firsthand.answer import actions
from firsthand.live import queries as live
from firsthand.protect.models import Grant, Note
from firsthand.voice import signals
from firsthand.voice.models import Call, Leg
from tests import world
from tests.answer import room
from tests.logins import everything

pytestmark = pytest.mark.django_db


def test_a_ready_seat_that_falls_silent_is_not_ready():
    room.ready()
    room.forward(13)
    assert actions.sweep().lost == 1
    assert (room.seat().state, room.seat().away_why) == ("away", "lost")


def test_nobody_is_judged_while_the_web_is_dead(monkeypatch):
    monkeypatch.setattr(live, "serving_since", lambda: None)
    room.ready()
    room.forward(600)
    actions.sweep()
    assert room.seat().state == "ready"


def test_a_web_that_has_just_come_back_gives_everybody_twelve_seconds(monkeypatch):
    contact = room.talking()
    room.forward(60)
    contact.refresh_from_db()
    back = room.seat().seen_at + timedelta(seconds=55)
    monkeypatch.setattr(live, "serving_since", lambda: back)
    actions.sweep()
    assert room.state(contact) == "connected"
    room.forward(10)
    actions.sweep()
    assert room.state(contact) == "waiting"


def test_an_offer_to_a_lost_page_goes_on():
    ada, eva = world.ada(), world.eva()
    contact = room.offered(ada)
    room.forward(13)
    room.ready(eva)
    actions.sweep()
    contact.refresh_from_db()
    assert contact.seat == room.seat(eva)
    assert room.seat(ada).away_why == "lost"


def test_a_lost_helper_leaves_the_caller_at_its_old_place_held_for_the_returning_page():
    ada, eva = world.ada(), world.eva()
    contact = room.talking(ada)
    place = contact.queued_at
    room.forward(13)
    room.ready(eva)
    actions.sweep()
    contact.refresh_from_db()
    assert (contact.state, contact.queued_at, contact.held_for) == ("waiting", place, room.seat(ada))
    room.forward(4, beating=[eva])
    actions.sweep()
    assert room.state(contact) == "waiting"
    assert actions.beat(ada, instance="after-reload", by=ada)
    contact.refresh_from_db()
    assert (contact.state, contact.seat, contact.held_for) == ("connected", room.seat(ada), None)
    room.check()


def test_after_the_hold_it_goes_to_somebody_else_and_the_lost_page_is_out_of_the_call():
    ada, eva = world.ada(), world.eva()
    contact = room.talking(ada)
    room.forward(13)
    room.ready(eva)
    actions.sweep()
    room.forward(9, beating=[eva])
    swept = actions.sweep()
    assert (swept.released, swept.matched) == (1, 1)
    assert not contact.call.legs.filter(person=ada, left_at=None).exists()
    actions.take(contact, by=eva)
    actions.beat(ada, instance="late", by=ada)
    assert room.seat(ada).state == "away"
    room.check()


def test_everything_within_fifteen_seconds():
    contact = room.talking()
    room.forward(12.1)
    actions.sweep()
    assert room.state(contact) == "waiting"


def test_the_file_closes_when_the_page_is_lost_and_opens_when_it_is_back():
    ada = world.ada()
    contact = room.talking(ada)
    room.verify(contact)
    room.forward(13)
    actions.sweep()
    assert not Grant.objects.open().exists()
    actions.beat(ada, instance="after-reload", by=ada)
    assert Grant.objects.open().filter(person=ada, contact_id=contact.pk).exists()


def test_the_next_helper_of_the_same_call_has_the_file_without_asking_again():
    ada, eva = world.ada(), world.eva()
    contact = room.talking(ada)
    room.verify(contact)
    room.forward(13)
    actions.sweep()
    room.forward(9)
    room.ready(eva)
    actions.sweep()
    actions.take(contact, by=eva)
    assert Grant.objects.open().get().person == eva


def test_a_silent_caller_keeps_its_place_and_is_not_offered():
    contact = room.arrive(carrier="browser")
    signals.leg_lost.send(Call, call=contact.call, role=Leg.Role.CUSTOMER)
    room.ready()
    assert actions.sweep().matched == 0
    signals.leg_returned.send(Call, call=contact.call, role=Leg.Role.CUSTOMER)
    assert actions.sweep().matched == 1


def test_an_offer_of_a_silent_caller_is_withdrawn_without_blame():
    contact = room.offered(carrier="browser")
    signals.leg_lost.send(Call, call=contact.call, role=Leg.Role.CUSTOMER)
    assert room.state(contact) == "waiting"
    assert room.seat().state == "ready"


def test_a_caller_who_is_gone_gave_up():
    contact = room.arrive(carrier="browser")
    signals.leg_gone.send(Call, call=contact.call, role=Leg.Role.CUSTOMER)
    assert room.state(contact) == "abandoned"
    assert room.moves(contact)[-1] == "caller_lost"


def test_a_lost_caller_who_is_back_in_time_has_the_old_place():
    contact = room.arrive(carrier="browser")
    place = contact.queued_at
    actions.caller_gone(contact)
    room.forward(15)
    actions.caller_back(contact)
    contact.refresh_from_db()
    assert (contact.state, contact.queued_at, contact.closed_at) == ("waiting", place, None)


def test_who_hung_up_or_comes_too_late_is_not_back():
    hung_up, late = room.arrive(), room.arrive()
    actions.give_up(hung_up)
    actions.caller_gone(late)
    room.forward(21)
    for contact in (hung_up, late):
        actions.caller_back(contact)
    assert [room.state(hung_up), room.state(late)] == ["abandoned", "abandoned"]


def test_a_caller_lost_in_conversation_comes_back_into_it():
    contact = room.talking(carrier="browser")
    actions.caller_gone(contact)
    assert room.state(contact) == "wrap_up"
    actions.caller_back(contact)
    assert room.state(contact) == "connected"
    assert room.seat().state == "talking"
    room.check()


def test_a_helpers_leg_that_is_lost_counts_like_a_lost_page():
    ada = world.ada()
    contact = room.talking(ada, carrier="browser")
    leg = contact.call.legs.get(role=Leg.Role.HELPER)
    Leg.objects.filter(pk=leg.pk).update(lost_at="2026-01-01T00:00Z")
    signals.leg_lost.send(Call, call=contact.call, role=Leg.Role.HELPER)
    assert room.state(contact) == "waiting"
    actions.beat(ada, instance=room.TAB, by=ada)
    assert room.state(contact) == "waiting", "the page is there, but nobody would hear the caller"
    Leg.objects.filter(pk=leg.pk).update(lost_at=None)
    signals.leg_returned.send(Call, call=contact.call, role=Leg.Role.HELPER)
    assert room.state(contact) == "connected"
    assert contact.call.legs.get(role=Leg.Role.HELPER, left_at=None) == leg, (
        "the same leg: nothing is built anew"
    )


def test_a_call_that_ended_without_a_word_ends_the_contact_at_the_next_sweep():
    waiting, connected = room.arrive("fr"), room.talking()
    Call.objects.filter(pk__in=[waiting.call_id, connected.call_id]).update(
        ended_at="2026-01-01T00:00Z", ended_by="lost"
    )
    assert actions.sweep().ended == 2
    assert [room.state(waiting), room.state(connected)] == ["abandoned", "wrap_up"]


def test_a_wrap_up_whose_page_is_gone_for_half_an_hour_is_closed_and_not_called_solved():
    contact = room.talking()
    room.verify(contact)
    actions.hang_up(contact, by=world.ada())
    room.forward(29 * 60)
    actions.sweep()
    assert room.state(contact) == "wrap_up"
    room.forward(2 * 60)
    assert actions.sweep().left == 1
    contact.refresh_from_db()
    assert (contact.state, contact.solved) == ("closed", None)
    assert not Grant.objects.open().exists()


def test_a_wrap_up_may_last_as_long_as_somebody_sits_there():
    ada = world.ada()
    contact = room.wrapping(ada)
    for _ in range(4):
        room.forward(31 * 60, beating=[ada])
        actions.sweep()
    assert room.state(contact) == "wrap_up"


def test_what_a_lost_helper_had_noted_is_a_note_also_when_the_caller_gives_up():
    ada = world.ada()
    contact = room.talking(ada)
    room.verify(contact)
    actions.draft(contact, words="asked about the letter", purpose="vvg_contract", solved=None, by=ada)
    room.forward(13)
    actions.sweep()
    actions.give_up(contact)
    contact.refresh_from_db()
    assert (contact.state, contact.note_words) == ("abandoned", "")
    with everything():
        note = Note.objects.get(contact_id=contact.pk)
    assert (note.words, note.purpose, note.written_by, note.member) == (
        "asked about the letter", "vvg_contract", ada, None,
    )  # fmt: skip
