"""What one does for oneself: sign the duty of secrecy, say one's languages."""

import pytest

from firsthand.journal.models import Entry
from firsthand.people.models import Person, Role
from tests import world
from tests.people.signing import client_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def hanna() -> Person:
    return world.person("Hanna Frei", Role.HELPER, secrecy_signed_at=None)


def test_secrecy_is_read_and_signed(hanna):
    client = client_of(hanna)
    assert "Open a file only for the contact you are in." in client.get("/people/secrecy/").content.decode()
    assert (
        client.post("/people/secrecy/", {"understood": "on", "next": "/people/me/"})["Location"]
        == "/people/me/"
    )
    hanna.refresh_from_db()
    assert hanna.secrecy_signed_at
    assert Entry.objects.filter(verb="signed secrecy", actor_id=hanna.pk).count() == 1


def test_it_is_not_signed_without_the_tick(hanna):
    assert client_of(hanna).post("/people/secrecy/", {}).status_code == 422
    hanna.refresh_from_db()
    assert hanna.secrecy_signed_at is None


def test_signing_twice_keeps_the_first_day(hanna):
    client = client_of(hanna)
    client.post("/people/secrecy/", {"understood": "on"})
    hanna.refresh_from_db()
    first = hanna.secrecy_signed_at
    client.post("/people/secrecy/", {"understood": "on"})
    hanna.refresh_from_db()
    assert hanna.secrecy_signed_at == first
    assert Entry.objects.filter(verb="signed secrecy").count() == 1


def test_my_languages_are_mine_to_say(hanna):
    client = client_of(hanna)
    assert client.post("/people/me/", {"languages": ["fr", "it"]}).status_code == 302
    hanna.refresh_from_db()
    assert hanna.languages == ["fr", "it"]
    assert client.post("/people/me/", {"languages": ["klingon"]}).status_code == 422


def test_who_cannot_come_back_in_is_told(hanna):
    assert "You cannot sign in again yet." in client_of(hanna).get("/people/me/").content.decode()
