"""A page nobody touches is locked; the session, and a call, go on."""

import time

import pytest
from django.test import Client

from firsthand.people import access
from tests import world
from tests.people.signing import client_of

pytestmark = pytest.mark.django_db
PASSWORD = "Limmat und Aare fliessen"
LOCK = "/people/locked/?next="


@pytest.fixture
def ada():
    person = world.ada()
    person.set_password(PASSWORD)
    person.save()
    return person


@pytest.fixture
def client(ada) -> Client:
    client = client_of(ada)
    client.get("/people/me/")
    return client


def wait(client: Client, minutes: float) -> None:
    session = client.session
    session["people_seen"] = time.time() - minutes * 60
    session.save()


def test_it_stays_open_while_somebody_works(client):
    wait(client, 14)
    assert client.get("/people/me/").status_code == 200
    assert time.time() - client.session["people_seen"] < 5


def test_it_locks_and_shows_nothing(client):
    wait(client, 16)
    answer = client.get("/people/secrecy/?from=desk")
    assert answer.status_code == 302
    assert answer["Location"] == "/people/locked/?next=%2Fpeople%2Fsecrecy%2F%3Ffrom%3Ddesk"
    page = client.get(answer["Location"]).content.decode()
    assert "<nav" not in page
    assert "Is it still you?" in page


def test_it_stays_locked_however_often_one_asks(client):
    wait(client, 16)
    for _ in range(3):
        assert client.get("/people/me/").status_code == 302


def test_the_password_leads_back_to_the_page(client):
    wait(client, 16)
    client.get("/people/secrecy/")
    answer = client.post("/accounts/reauthenticate/", {"password": PASSWORD, "next": "/people/secrecy/"})
    assert answer["Location"] == "/people/secrecy/"
    assert client.get("/people/secrecy/").status_code == 200


def test_a_wrong_password_does_not(client):
    wait(client, 16)
    client.get("/people/secrecy/")
    answer = client.post(
        "/accounts/reauthenticate/", {"password": "something else", "next": "/people/secrecy/"}
    )
    assert answer.status_code == 200
    assert client.get("/people/secrecy/").status_code == 302


def test_a_password_given_before_the_lock_does_not_open_it(client):
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    wait(client, 16)
    time.sleep(0.01)
    assert client.get("/people/secrecy/").status_code == 302
    assert client.get("/people/secrecy/").status_code == 302


@pytest.mark.parametrize(
    "headers",
    [
        {"HX-Request": "true", "X-Background": "1"},
        {"Sec-Fetch-Dest": "empty"},
        {"X-Background": "1"},
        {"Accept": "*/*"},
    ],
)
def test_what_no_hand_caused_keeps_no_session_awake(client, headers):
    wait(client, 14)
    before = client.session["people_seen"]
    assert client.get("/people/me/", headers=headers).status_code == 200
    assert client.session["people_seen"] == before


def test_a_hand_on_the_keyboard_does(client):
    wait(client, 14)
    client.post("/people/here/", headers={"Sec-Fetch-Dest": "empty"})
    assert time.time() - client.session["people_seen"] < 5


def test_a_live_part_sends_the_page_to_the_lock(client):
    wait(client, 16)
    headers = {
        "HX-Request": "true",
        "X-Background": "1",
        "HX-Current-URL": "http://testserver/people/secrecy/?a=1",
    }
    answer = client.get("/people/me/", headers=headers)
    assert answer.status_code == 204
    assert answer["HX-Redirect"] == "/people/locked/?next=%2Fpeople%2Fsecrecy%2F%3Fa%3D1"
    assert not answer.content


def test_a_script_hears_that_it_is_locked(client):
    wait(client, 16)
    assert client.get("/people/here/", headers={"Sec-Fetch-Dest": "empty"}).status_code == 423


def left(client: Client) -> int:
    return client.get("/people/here/", headers={"Sec-Fetch-Dest": "empty"}).json()["left"]


def test_a_page_hears_how_long_it_still_is(client):
    wait(client, 5)
    assert 598 <= left(client) <= 600
    wait(client, 14.5)
    assert 28 <= left(client) <= 30, "to ask keeps nothing awake"
    client.post("/people/here/", headers={"Sec-Fetch-Dest": "empty"})
    assert left(client) >= 898


def test_of_a_short_clock_the_second_half_warns(client, settings):
    assert client.get("/people/here/").json()["warning"] == 60
    settings.LOCK_MINUTES = 1
    assert client.get("/people/here/").json()["warning"] == 30


def test_a_call_that_ends_in_the_last_minute_does_not_end_in_a_lock(client, ada, monkeypatch):
    monkeypatch.setattr(access, "busy_checks", [lambda person: person.pk == ada.pk])
    wait(client, 14.5)
    assert left(client) >= 898
    monkeypatch.setattr(access, "busy_checks", [lambda person: False])
    assert left(client) >= 898


def test_nobody_is_locked_out_of_a_call(client, ada, monkeypatch):
    monkeypatch.setattr(access, "busy_checks", [lambda person: person.pk == ada.pk])
    wait(client, 40)
    assert client.get("/people/me/", headers={"Sec-Fetch-Dest": "empty"}).status_code == 200
    monkeypatch.setattr(access, "busy_checks", [lambda person: False])
    assert client.get("/people/me/").status_code == 200, "the quarter of an hour begins when the call ends"


def test_signing_out_and_the_language_work_while_it_is_locked(client):
    wait(client, 16)
    client.get("/people/me/")
    assert client.post("/people/language/", {"language": "fr", "next": "/"}).status_code == 302
    client.post("/accounts/logout/")
    assert client.get("/people/me/")["Location"].startswith("/accounts/login/")


def test_in_a_demo_one_chooses_oneself_again(client, ada, settings):
    settings.DEMO = True
    wait(client, 16)
    client.get("/people/me/")
    assert client.get("/people/me/").status_code == 302
    client.post("/demo/", {"person": ada.pk, "next": "/people/me/"})
    assert client.get("/people/me/").status_code == 200


def test_the_lock_page_leads_on_when_nothing_is_locked(client):
    assert client.get(LOCK + "/people/me/")["Location"] == "/people/me/"
