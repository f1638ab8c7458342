"""A call that is no advertising needs what asks for it: an open promise, or a contact that wished it."""

import pytest
from django.db import IntegrityError, transaction

from firsthand.answer import actions as answer
from firsthand.protect import actions
from firsthand.protect.models import OutboundContact
from tests import world
from tests.answer import room

pytestmark = pytest.mark.django_db


def refused(begin) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        begin()
    assert not OutboundContact.objects.exists()


def test_without_a_wish_nobody_is_called_back():
    ada, contact = world.ada(), room.talking()
    refused(lambda: actions.call_back(contact.pk, None, by=ada))
    refused(lambda: actions.call_back(4711, None, by=ada))


def test_somebody_elses_callback_is_no_proof():
    ada, contact = world.ada(), room.arrive()
    answer.ask_callback(contact, "044 700 00 00")
    refused(lambda: actions.call_back(contact.pk, None, by=ada))


def test_who_asked_to_be_called_back_is_called_by_the_one_who_took_the_call_and_nobody_else():
    ada, contact = world.ada(), room.arrive(carrier="browser")
    answer.ask_callback(contact, "044 700 00 00")
    room.ready(ada)
    answer.sweep()
    answer.take(contact, by=ada)
    assert OutboundContact.objects.get().person == ada
    with pytest.raises(IntegrityError), transaction.atomic():
        actions.call_back(contact.pk, None, by=world.carla())


def test_an_open_promise_to_this_member_is_proof_and_a_kept_one_is_none():
    ada, contact = world.ada(), room.talking()
    keller = room.verify(contact)
    promise = answer.promise(contact, words="We ring when it is decided.", due_on=room.today(), by=ada)
    refused(lambda: actions.call_about_promise(promise.pk, None, by=ada))
    assert actions.call_about_promise(promise.pk, keller, by=ada).kind == "service"
    answer.keep_promise(promise, by=ada)
    with pytest.raises(IntegrityError), transaction.atomic():
        actions.call_about_promise(promise.pk, keller, by=ada)


def test_advertising_does_not_hide_behind_a_promise():
    ada, contact = world.ada(), room.talking()
    keller = room.verify(contact)
    promise = answer.promise(contact, words="w", due_on=room.today(), by=ada)
    for kind, purpose in (("service", "survey"), ("advertising", "promise")):
        refused(
            lambda kind=kind, purpose=purpose: OutboundContact.objects.create(
                member=keller, kind=kind, purpose=purpose, promise_id=promise.pk, person=ada
            )
        )
