"""One comes in by an invitation, once."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from firsthand.journal.models import Entry
from firsthand.people import actions
from firsthand.people.models import Invitation
from tests import world
from tests.people.signing import client_of

pytestmark = pytest.mark.django_db
PASSWORD = "Limmat und Aare fliessen"


def invited(person=None) -> str:
    return actions.invite(person or world.ada(), by=world.otto())


def test_the_link_lets_in_and_sets_a_password():
    link, client = invited(), Client()
    assert "Welcome, Ada Lindner" in client.get(link).content.decode()
    assert client.post(link, {"password": PASSWORD})["Location"] == "/"
    assert client.get("/people/me/").status_code == 200
    other = Client()
    other.post("/accounts/login/", {"login": "Ada@firnlicht.example", "password": PASSWORD})
    assert other.get("/people/me/").status_code == 200


def test_the_link_lets_in_to_make_a_passkey():
    client = Client()
    answer = client.post(invited(), {"passkey": "1"})
    assert answer["Location"] == "/accounts/2fa/webauthn/add/"
    assert client.get(answer["Location"]).status_code == 200


def test_it_works_once():
    link = invited()
    Client().post(link, {"password": PASSWORD})
    late = Client().get(link)
    assert late.status_code == 422
    assert "has been used or is too old" in late.content.decode()
    assert Client().post(link, {"passkey": "1"}).status_code == 422


def test_it_works_for_a_week():
    link = invited()
    Invitation.objects.update(ends_at=timezone.now() - timedelta(seconds=1))
    assert Client().get(link).status_code == 422


def test_a_new_one_ends_the_old_one():
    old, new = invited(), invited()
    assert Client().get(old).status_code == 422
    assert Client().get(new).status_code == 200


def test_it_ends_when_the_person_leaves():
    ada = world.ada()
    link = invited(ada)
    actions.leave(ada, by=world.otto())
    assert Client().get(link).status_code == 422


def test_a_weak_password_does_not_use_it_up():
    link, client = invited(), Client()
    assert client.post(link, {"password": "lindner"}).status_code == 422
    assert client.post(link, {"password": PASSWORD}).status_code == 302


def test_the_table_does_not_tell_the_link():
    word = invited().rstrip("/").rsplit("/", 1)[1]
    assert word not in str(list(Invitation.objects.values()))


def test_the_organiser_sees_the_link_once_to_hand_it_over():
    ada = world.ada()
    page = client_of(world.otto()).post(f"/people/{ada.pk}/invite/").content.decode()
    assert "http://testserver/people/welcome/" in page
    assert "/people/welcome/" not in client_of(world.otto()).get(f"/people/{ada.pk}/").content.decode()


def test_the_journal_knows_who_invited_whom_and_who_came():
    ada, otto = world.ada(), world.otto()
    Client().post(actions.invite(ada, by=otto), {"password": PASSWORD})
    seen = list(Entry.objects.filter(object_id=str(ada.pk)).order_by("id").values_list("verb", "actor_id"))
    assert ("invited", otto.pk) in seen
    assert ("accepted invitation", ada.pk) in seen
