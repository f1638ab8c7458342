"""No signature under the text in force, no ready seat: refused by the action in a sentence, and by the
database.
"""

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse
from django.utils import timezone

from firsthand.answer import actions, queries
from firsthand.answer.models import Seat
from firsthand.learn import actions as learn
from firsthand.people import actions as people
from firsthand.people import secrecy
from firsthand.people.models import Person, Role
from firsthand.protect import actions as protect
from tests import world
from tests.answer import room
from tests.answer.pages import HTMX, TAB, address, says
from tests.people.signing import client_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def new_text(monkeypatch):
    """A release with another text."""

    def publish() -> None:
        monkeypatch.setattr(secrecy, "EDITION", "2027-02")
        people.publish_secrecy()

    return publish


def test_nobody_is_ready_before_they_have_signed():
    hanna = world.person("Hanna Frei", Role.HELPER, secrecy_signed_at=None, ready=True)
    with pytest.raises(actions.NotSigned):
        actions.say_ready(hanna, instance=room.TAB, by=hanna)
    people.sign_secrecy(hanna, by=hanna)
    assert actions.say_ready(hanna, instance=room.TAB, by=hanna).state == "ready"


def test_the_database_asks_for_the_signature_whatever_a_column_says():
    hanna = world.person("Hanna Frei", Role.HELPER, secrecy_signed_at=None, ready=True)
    Person.objects.filter(pk=hanna.pk).update(secrecy_signed_at=world.SIGNED)
    seat = Seat.objects.create(person=hanna)
    for change in (
        lambda: Seat.objects.filter(pk=seat.pk).update(state="ready"),
        lambda: Seat.objects.create(person=world.person("Ivo Frei", secrecy_signed_at=None), state="ready"),
    ):
        with pytest.raises(DatabaseError, match="no signature"), transaction.atomic():
            change()


def test_a_new_text_ends_readiness_within_a_second(new_text):
    ada = world.ada()
    room.ready(ada)
    new_text()
    contact = room.arrive()
    actions.sweep()
    seat = room.seat(ada)
    assert (seat.state, seat.away_why, room.state(contact)) == ("away", "unsigned", "waiting")
    assert "new text" in str(queries.desk(ada).why)


def test_a_contact_that_is_going_on_is_finished_first(new_text):
    ada = world.ada()
    contact = room.talking(ada)
    new_text()
    actions.hang_up(contact, by=ada)
    actions.close(contact, solved=True, by=ada)
    assert (room.state(contact), room.seat(ada).state, room.seat(ada).away_why) == (
        "closed",
        "away",
        "unsigned",
    )
    room.check()
    ada.refresh_from_db()
    people.sign_secrecy(ada, by=ada)
    room.ready(ada)
    assert room.seat(ada).state == "ready"


def unsigned(*roles: Role) -> Person:
    return world.person("Hanna Frei", *roles, secrecy_signed_at=None, ready=True)


def test_an_offer_that_rings_while_another_text_comes_is_not_taken(new_text):
    ada = world.ada()
    contact = room.offered()
    new_text()
    client = client_of(ada)
    answer = client.post(address(contact, "take"), headers=TAB | HTMX)
    assert answer.status_code == 422
    assert "Before the first call you sign" in says(answer)
    assert 'href="/people/secrecy/' in says(answer)
    assert room.state(contact) == "offered"
    client.post("/people/secrecy/", {"understood": "on"})
    assert client.post(address(contact, "take"), headers=TAB | HTMX)["Location"] == "/desk/"
    assert room.state(contact) == "connected"


def test_a_callback_goes_past_whoever_has_not_signed():
    hanna, contact = unsigned(Role.HELPER), room.arrive()
    actions.ask_callback(contact, "044 700 00 00")
    with pytest.raises(actions.NotSigned):
        actions.say_ready(hanna, instance=room.TAB, by=hanna)
    actions.sweep()
    assert room.state(contact) == "callback"
    people.sign_secrecy(hanna, by=hanna)
    actions.say_ready(hanna, instance=room.TAB, by=hanna)
    actions.sweep()
    assert room.state(contact) == "offered"


def test_a_specialist_who_has_not_signed_takes_no_seat():
    answer = client_of(unsigned(Role.SPECIALIST)).post("/desk/ready/", headers=TAB | HTMX)
    assert answer.status_code == 422
    assert "/people/secrecy/" in says(answer)


WANTED = {
    "/board/": Role.HELPER,
    "/protect/open/": Role.SPECIALIST,
    "/promises/": Role.ADVISOR,
    "/protect/consents/": Role.ADVISOR,
}


@pytest.mark.parametrize("page", WANTED)
def test_what_insured_persons_told_us_is_read_after_signing_and_one_comes_back_to_it(page):
    client = client_of(unsigned(WANTED[page]))
    refused = client.get(page)
    assert refused.status_code == 422
    assert "for those who have signed the duty of secrecy" in says(refused)
    where = f"/people/secrecy/?next={page}"
    assert f'href="{where}"' in says(refused)
    assert f'name="next" value="{page}"' in says(client.get(where))
    assert client.post("/people/secrecy/", {"understood": "on", "next": page})["Location"] == page
    assert client.get(page).status_code == 200


@pytest.mark.parametrize("page", WANTED)
def test_another_text_is_signed_before_one_reads_on(page, new_text):
    person = world.person("Hanna Frei", WANTED[page], ready=True)
    client = client_of(person)
    assert client.get(page).status_code == 200
    new_text()
    assert client.get(page).status_code == 422
    client.post("/people/secrecy/", {"understood": "on"})
    assert client.get(page).status_code == 200


def test_without_a_signature_no_file_is_opened_nobody_called_and_no_promise_taken_over():
    hanna, keller = unsigned(Role.ADVISOR), world.frau_keller()
    contact = room.talking()
    promise = actions.promise(contact, words="We write.", due_on=timezone.localdate(), by=world.ada())
    for way in (
        lambda: protect.break_glass(
            keller, kind="letter", branch="basic", reason="A letter of today", by=hanna
        ),
        lambda: protect.begin_outbound(keller, "survey", by=hanna),
        lambda: actions.take_promise(promise, by=hanna),
    ):
        with pytest.raises(secrecy.NotSigned):
            way()


def test_the_start_page_keeps_what_was_heard_until_one_has_signed():
    learn.observe("Nobody understands the letter.", by=world.ada())
    client = client_of(unsigned(Role.EXECUTIVE))
    page = says(client.get("/"))
    assert "Nobody understands the letter." not in page
    assert "stands here when you have signed" in page
    client.post("/people/secrecy/", {"understood": "on"})
    assert "Nobody understands the letter." in says(client.get("/"))


def test_in_a_contact_that_goes_on_one_may_still_say_what_one_heard(new_text):
    contact = room.talking()
    new_text()
    words = {"words": "Nobody understands the letter.", "contact": contact.public_id, "about": "other"}
    client = client_of(world.ada())
    assert client.post(reverse("learn:observe"), words, headers=HTMX).status_code == 200
    assert client.post(reverse("learn:observe"), words).status_code == 422, "that way leads to the board"


def test_a_desk_that_another_text_emptied_leads_to_it(new_text):
    room.ready(world.ada())
    new_text()
    actions.sweep()
    assert 'href="/people/secrecy/?next=/desk/"' in says(client_of(world.ada()).get("/desk/"))
