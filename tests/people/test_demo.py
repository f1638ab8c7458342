"""In a demo one click makes one somebody; anywhere else there is no such page."""

import pytest
from django.test import Client

from firsthand.people import queries
from firsthand.people.models import Role
from tests import world

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _demo(settings):
    settings.DEMO = True


def test_one_click_signs_in():
    client = Client()
    ada = world.ada()
    assert "Ada Lindner" in client.get("/demo/").content.decode()
    assert client.post("/demo/", {"person": ada.pk, "next": "/people/me/"})["Location"] == "/people/me/"
    assert client.get("/people/me/").context["request"].user == ada


def test_somebody_else_takes_over_the_window():
    client = Client()
    client.post("/demo/", {"person": world.ada().pk})
    client.post("/demo/", {"person": world.otto().pk})
    assert client.get("/people/").status_code == 200


def test_there_is_no_such_page_where_real_people_work(settings):
    settings.DEMO = False
    ada = world.ada()
    assert Client().get("/demo/").status_code == 404
    client = Client()
    assert client.post("/demo/", {"person": ada.pk}).status_code == 404
    assert client.get("/people/me/").status_code == 302


@pytest.mark.parametrize("person", ["", "0", "nobody", "99999999"])
def test_one_cannot_become_nobody(person):
    assert Client().post("/demo/", {"person": person}).status_code == 404


def test_one_cannot_become_a_real_person_or_a_machine():
    real = world.person("Rosa Real", Role.ORGANISER)
    real.email = "rosa@insurer.example"
    real.save()
    robo = world.person("Robo One", Role.HELPER, synthetic=True)
    for pk in (real.pk, robo.pk):
        assert Client().post("/demo/", {"person": pk}).status_code == 404


def test_each_role_shows_one_or_two_and_nobody_twice():
    for somebody in (world.ada, world.beat, world.carla, world.eva, world.otto, world.petra):
        somebody()
    world.person("Zoe Zaugg", Role.HELPER)
    shown = [person for card in queries.demo_people() for person in card.people]
    assert len(shown) == len(set(shown))
    assert all(1 <= len(card.people) <= 2 for card in queries.demo_people())
    assert {card.role for card in queries.demo_people()} == {
        Role.HELPER, Role.SPECIALIST, Role.ORGANISER, Role.EXECUTIVE, Role.PROTECTION,
    }  # fmt: skip
