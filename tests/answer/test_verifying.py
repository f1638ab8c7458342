"""The file opens for a verified caller, for this contact, and closes with it."""

import pytest
from django.http import Http404

from firsthand.answer import actions, queries
from firsthand.protect import actions as protect_actions
from firsthand.protect import queries as protect
from firsthand.protect.models import Grant
from firsthand.voice.models import Call
from tests import world
from tests.answer import room

pytestmark = pytest.mark.django_db
WRONG = {"name": "Ruth Keller", "born_on": "01.01.1950", "postcode": "1000", "number": ""}


def wrong(contact, by=None):
    world.frau_keller()
    return actions.verify(contact, by=by or world.ada(), **WRONG)


def test_two_facts_of_three_open_the_file_to_this_helper():
    ada = world.ada()
    contact = room.talking(ada)
    assert room.verify(contact).number == "100200300"
    assert protect.file_for(ada, contact.pk) is not None
    with pytest.raises(Http404):
        protect.file_for(world.eva(), contact.pk)


def test_a_wrong_try_counts_and_does_not_say_what_was_wrong():
    contact = room.talking()
    with pytest.raises(actions.NotVerified) as refusal:
        wrong(contact)
    assert refusal.value.tries_left == 2
    assert queries.desk(world.ada()).tries_left == 2
    for word in ("birth", "postcode", "number", "name"):
        assert word not in str(refusal.value)


def test_after_three_tries_the_call_goes_on_without_the_file():
    contact = room.talking()
    for _ in range(2):
        with pytest.raises(actions.NotVerified):
            wrong(contact)
    for _ in range(2):
        with pytest.raises(actions.NoMoreTries):
            wrong(contact)
    with pytest.raises(actions.NoMoreTries):
        room.verify(contact)
    assert room.state(contact) == "connected"
    assert not Grant.objects.exists()
    actions.write(contact, answered="in general", by=world.ada())


def test_the_file_closes_with_the_contact():
    ada = world.ada()
    contact = room.talking(ada)
    room.verify(contact)
    actions.hang_up(contact, by=ada)
    assert Grant.objects.open().exists(), "while the helper writes down what was said"
    actions.close(contact, solved=True, by=ada)
    assert not Grant.objects.open().exists()
    assert protect.file_for(ada, contact.pk) is None


def test_nobody_verifies_for_a_contact_of_another():
    contact = room.talking(world.ada())
    with pytest.raises(actions.NotYours):
        room.verify(contact, world.eva())


def test_a_stranger_does_not_find_the_contact():
    contact = room.talking(world.ada())
    assert queries.contact_for(world.ada(), contact.public_id) == contact
    with pytest.raises(Http404):
        queries.contact_for(world.eva(), contact.public_id)


def test_when_the_caller_is_gone_nobody_can_say_who_they_are():
    ada = world.ada()
    contact = room.wrapping(ada)
    with pytest.raises(actions.CallerGone):
        room.verify(contact)
    assert not Grant.objects.exists()
    assert queries.desk(ada).tries_left == 3, "no try is spent"


def test_a_call_that_is_over_before_the_contact_knows_it_opens_nothing():
    contact = room.talking()
    Call.objects.filter(pk=contact.call_id).update(ended_at="2026-01-01T00:00Z", ended_by="customer")
    with pytest.raises(actions.CallerGone):
        room.verify(contact)
    assert not Grant.objects.exists()


def test_what_the_desk_knows_of_a_member_goes_with_the_file():
    ada = world.ada()
    first = room.talking(ada)
    room.verify(first)
    actions.promise(first, words="send the form", due_on=room.today(), by=ada)
    actions.hang_up(first, by=ada)
    actions.close(first, solved=False, by=ada)
    second = room.talking(ada)
    room.verify(second)
    assert queries.desk(ada).earlier
    protect_actions.close_file(second.pk, by=None)
    desk = queries.desk(ada)
    assert (desk.verified, desk.earlier, desk.open_promises) == (True, (), ())


def test_a_closed_contact_is_found_by_nobody():
    contact = room.closed()
    with pytest.raises(Http404):
        queries.contact_for(world.ada(), contact.public_id)


def test_before_verification_the_desk_has_a_guess_and_nothing_else():
    world.frau_keller()
    ada = world.ada()
    contact = room.talking(ada, phone="044 321 87 65")
    desk = queries.desk(ada)
    assert (desk.guess.name, desk.verified, desk.earlier, desk.open_promises) == (
        "Ruth Keller",
        False,
        (),
        (),
    )
    room.verify(contact)
    assert queries.desk(ada).verified


def test_who_comes_back_shows_with_what_and_what_is_still_promised():
    ada = world.ada()
    first = room.talking(ada)
    room.verify(first)
    actions.name_concern(first, world.concern(), by=ada)
    actions.promise(first, words="send the form", due_on=room.today(), by=ada)
    actions.hang_up(first, by=ada)
    actions.close(first, solved=False, by=ada)
    second = room.talking(ada)
    room.verify(second)
    desk = queries.desk(ada)
    assert [(one.question, one.solved) for one in desk.earlier] == [
        (world.concern().texts.get().question, False)
    ]
    assert [one.words for one in desk.open_promises] == ["send the form"]
    assert desk.promises == ()
