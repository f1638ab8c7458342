"""The file is there while the contact is on the desk, and not a moment longer; what was typed is kept."""

import pytest
from django.db import connection
from django.http import Http404

from firsthand.answer import actions, queries
from firsthand.protect import actions as shielding
from firsthand.protect import queries as protect
from firsthand.protect.models import Grant
from tests import world
from tests.answer import room
from tests.answer.pages import promise, says
from tests.people.signing import client_of

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


def opened(client, person=None, **more):
    """A verified caller on the desk of Ada, whose page shows the file."""
    person = person or world.ada()
    contact = room.talking(person, **more)
    room.verify(contact, person)
    client.force_login(person)
    assert "Ruth Keller" in client.get("/desk/").text
    return contact


def topics_since(before):
    with connection.cursor() as cursor:
        cursor.execute("SELECT topic FROM live_outbox WHERE id > %s", [before])
        return {topic for (topic,) in cursor.fetchall()}


def newest():
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(max(id), 0) FROM live_outbox")
        return cursor.fetchone()[0]


def lose(contact):
    actions.helper_silent(contact)


def hand_in(contact):
    actions.hang_up(contact, by=world.ada())
    actions.close(contact, solved=True, by=world.ada())


def not_reached(contact):
    actions.not_reached(contact, by=world.ada())


@pytest.mark.parametrize("end", [lose, hand_in], ids=lambda end: end.__name__)
def test_it_closes_at_once_and_the_page_is_told(client, end):
    ada = world.ada()
    contact = opened(client)
    before = newest()
    end(contact)
    assert protect.file_for(ada, contact.pk) is None
    assert not Grant.objects.open().exists()
    assert f"desk:{ada.pk}" in topics_since(before)
    answer = client.get(f"/desk/?scene=contact-{contact.public_id}", headers=HTMX)
    assert answer["HX-Retarget"] == "main", "the whole scene is replaced, not only its bar"
    for page in (answer.text, client.get("/desk/").text):
        assert "Keller" not in page
        assert "100200300" not in page


def test_in_wrap_up_an_open_file_stays_and_a_closed_one_cannot_be_opened(client):
    contact = opened(client)
    actions.hang_up(contact, by=world.ada())
    assert "Ruth Keller" in client.get("/desk/").text
    hand_in(contact)
    unknown = room.wrapping()
    page = client.get("/desk/").text
    assert "The caller is gone" in page
    assert 'id="verify-name"' not in page
    typed = {"name": "Ruth Keller", "born_on": "4.3.1958", "postcode": "8005", "number": ""}
    answer = client.post(f"/desk/{unknown.public_id}/verify/", typed, headers=HTMX)
    assert answer.status_code == 422
    assert "Limmatstrasse" not in answer.text


def test_a_callback_that_goes_back_forgets_who_it_was(client):
    contact = opened(client)
    actions.hang_up(contact, by=world.ada())
    hand_in(contact)
    waiting = room.arrive()
    actions.ask_callback(waiting, "044 321 87 65")
    actions.sweep()
    waiting.refresh_from_db()
    actions.take(waiting, by=world.ada())
    room.verify(waiting)
    assert "+41 44 321 87 65" in client.get("/desk/").text
    not_reached(waiting)
    assert protect.file_for(world.ada(), waiting.pk) is None
    assert "Keller" not in client.get("/desk/").text


@pytest.mark.parametrize("verb", ["record", "promise", "concern", "hold", "close", "search"])
def test_what_is_sent_for_a_contact_that_has_left_is_answered_with_a_sentence(client, verb):
    contact = opened(client)
    actions.write(contact, answered="kept", by=world.ada())
    lose(contact)
    answer = client.post(f"/desk/{contact.public_id}/{verb}/", {"answered": "later"}, headers=HTMX)
    assert answer.status_code == 422
    assert "not on your desk any more" in answer.text
    assert answer["HX-Retarget"] == "#notices"
    contact.refresh_from_db()
    assert contact.answered == "kept"


def test_a_stranger_and_one_who_was_only_offered_it_still_find_nothing(client):
    ada = world.ada()
    contact = room.offered(ada)
    actions.decline(contact, by=ada)
    for person in (ada, world.eva()):
        with pytest.raises(Http404):
            queries.contact_for(person, contact.public_id)


def test_the_next_helper_has_the_file_and_the_first_has_not(client):
    ada, eva = world.ada(), world.eva()
    contact = opened(client)
    lose(contact)
    room.forward(9)
    actions.sweep()
    room.ready(eva)
    actions.sweep()
    contact.refresh_from_db()
    actions.take(contact, by=eva)
    assert protect.file_for(eva, contact.pk).name == "Ruth Keller"
    with pytest.raises(Http404):
        protect.file_for(ada, contact.pk)


def test_a_shield_named_in_mid_call_takes_what_was_asked_before_from_the_desk_too():
    ada, keller = world.ada(), world.frau_keller()
    before = room.talking(ada)
    room.verify(before)
    actions.name_concern(before, world.concern(), by=ada)
    promise(before, "Send the form")
    actions.hang_up(before, by=ada)
    actions.close(before, solved=True, by=ada)
    contact = room.talking(ada)
    room.verify(contact)
    desk = client_of(ada)
    asked = "Warum zahle ich"
    assert asked in says(desk.get("/desk/"))
    seen = newest()
    shielding.shield(ada, number=keller.number, born_on=keller.born_on, kind="relative", by=ada)
    assert f"desk:{ada.pk}" in topics_since(seen), "the page that shows it is told"
    page = says(desk.get("/desk/"))
    assert asked not in page
    assert "Send the form" not in page
    assert keller.family_name not in page
