"""What is kept of a contact."""

from datetime import timedelta

import pytest

from firsthand.answer import actions, queries
from firsthand.answer.actions.record import NotAPromise
from firsthand.answer.models import Case, Contact, Promise
from firsthand.kernel.refusal import Refusal
from firsthand.protect.models import Note
from firsthand.train.models import Readiness
from tests import world
from tests.answer import room
from tests.logins import everything
from tests.people.signing import client_of

pytestmark = pytest.mark.django_db


def known(person, code="CH01"):
    """A verified contact about a concern."""
    contact = room.talking(person)
    room.verify(contact, person)
    actions.name_concern(contact, world.concern(code), by=person)
    contact.refresh_from_db()
    return contact


def finished(person, code="CH01"):
    contact = known(person, code)
    actions.hang_up(contact, by=person)
    actions.close(contact, solved=True, by=person)
    return contact


def test_what_was_answered_is_saved_as_it_is_typed():
    ada = world.ada()
    contact = room.talking(ada)
    actions.write(contact, answered="Die Prämie steigt", by=ada)
    actions.write(contact, answered="Die Prämie steigt um 4 %.\x00", by=ada)
    contact.refresh_from_db()
    assert contact.answered == "Die Prämie steigt um 4 %."


def test_a_megabyte_is_refused_and_what_was_saved_stays():
    ada = world.ada()
    contact = room.talking(ada)
    actions.write(contact, answered="kurz", by=ada)
    with pytest.raises(actions.TooLong, match=r"1000000.*4000"):
        actions.write(contact, answered="x" * 1_000_000, by=ada)
    with pytest.raises(actions.TooLong):
        actions.note(contact, words="x" * 1_000_000, purpose="kvg_b", by=ada)
    contact.refresh_from_db()
    assert contact.answered == "kurz"
    with everything():
        assert not Note.objects.exists()


def test_a_note_of_a_member_needs_no_more_than_the_open_file():
    ada = world.ada()
    contact = room.talking(ada)
    loose = actions.note(contact, words="asked about the deductible", purpose="kvg_b", by=ada)
    assert loose.member is None
    room.verify(contact)
    assert (
        actions.note(contact, words="asked about the deductible", purpose="kvg_b", by=ada).member is not None
    )


def test_a_note_without_a_purpose_is_refused():
    contact = room.talking()
    with pytest.raises(Refusal):
        actions.note(contact, words="something", purpose="marketing", by=world.ada())


def test_nobody_closes_a_contact_of_somebody_else():
    contact = room.wrapping()
    with pytest.raises(actions.NotYours):
        actions.close(contact, solved=True, by=world.carla())
    assert room.state(contact) == "wrap_up"


def test_nothing_is_written_into_what_is_closed():
    contact = room.closed()
    for attempt in (
        lambda: actions.write(contact, answered="late", by=world.ada()),
        lambda: actions.name_concern(contact, world.concern(), by=world.ada()),
        lambda: actions.promise(contact, words="late", due_on=room.today(), by=world.ada()),
    ):
        with pytest.raises(actions.NotYours):
            attempt()


def test_a_promise_is_open_until_somebody_keeps_it():
    ada, eva = world.ada(), world.eva()
    contact = room.talking(ada)
    promise = actions.promise(contact, words=" call  back ", due_on=room.today(), by=ada)
    assert [one.words for one in queries.owed(ada)] == ["call back"]
    actions.keep_promise(promise, by=eva)
    actions.keep_promise(promise, by=ada)
    promise.refresh_from_db()
    assert promise.kept_by == eva
    assert list(queries.owed(ada)) == []


def test_more_promises_than_a_page_holds_are_counted_and_stand_on_the_next(desk, monkeypatch):
    monkeypatch.setattr("firsthand.answer.queries.promises.A_PAGE", 2)
    contact = room.talking()
    for words in ("Erstens", "Zweitens", "Drittens"):
        actions.promise(contact, words=words, due_on=room.today(), by=world.ada())
    first, last = (desk.get("/promises/", {"page": page}).text for page in ("", 2))
    assert ("Erstens" in first, "Drittens" in first, "Page 1 of 2" in first) == (True, False, True)
    assert 'href="?page=2"' in first
    assert '<span class="count">3</span>' in first
    assert ("Zweitens" in last, "Drittens" in last, 'href="?page=1"' in last) == (False, True, True)
    watched = client_of(world.otto()).get("/room/watch/").text
    assert '<span class="count">3</span>' in watched, "the card counts all that are due"


@pytest.mark.parametrize(("words", "days"), [("", 1), ("  ", 1), ("yesterday", -1)])
def test_an_empty_promise_or_one_for_yesterday_is_none(words, days):
    contact = room.talking()
    with pytest.raises(NotAPromise):
        actions.promise(contact, words=words, due_on=room.today() + timedelta(days=days), by=world.ada())
    assert not Promise.objects.exists()


def test_the_same_member_with_the_same_concern_within_thirty_days_is_one_case():
    ada = world.ada()
    first = finished(ada)
    room.forward(29 * 86400)
    second = finished(ada)
    assert Contact.objects.filter(pk__in=[first.pk, second.pk]).values("case").distinct().count() == 1


def test_after_thirty_days_it_is_a_new_case():
    ada = world.ada()
    finished(ada)
    room.forward(31 * 86400)
    Readiness.objects.update(until=room.today() + timedelta(days=60))
    finished(ada)
    assert Case.objects.count() == 2


def test_another_concern_is_another_case_and_a_corrected_one_leaves_none_behind():
    ada = world.ada()
    contact = known(ada)
    actions.name_concern(contact, world.concern("CH02"), by=ada)
    contact.refresh_from_db()
    assert contact.case == Case.objects.get()
    assert contact.case.concern.code == "CH02"


def test_rules_change_with_a_row_in_the_journal():
    from firsthand.journal.models import Entry

    otto = world.otto()
    actions.change_rules(by=otto, offer_seconds=30)
    entry = Entry.objects.filter(verb="rules changed").latest("id")
    assert (entry.details["offer_seconds"], entry.details["offer_seconds_before"]) == (30, 20)
    with pytest.raises(Refusal):
        actions.change_rules(by=otto, offer_seconds=0)
    assert queries.rules().offer_seconds == 30
