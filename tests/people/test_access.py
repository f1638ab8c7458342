"""Who may open what."""

import pytest
from django.test import Client

from firsthand.people.models import Role
from tests import world
from tests.people.signing import client_of

pytestmark = pytest.mark.django_db
ORGANISERS_PAGES = ["/people/", "/people/add/", "/people/{pk}/"]


@pytest.mark.parametrize("page", ORGANISERS_PAGES)
@pytest.mark.parametrize("stranger", [world.ada, world.carla, world.dario, world.eva, world.petra])
def test_for_a_stranger_the_page_does_not_exist(page, stranger):
    page = page.format(pk=world.beat().pk)
    assert client_of(stranger()).get(page).status_code == 404
    assert client_of(world.otto()).get(page).status_code == 200


@pytest.mark.parametrize("verb", ["invite", "leave", "come-back"])
def test_a_stranger_can_do_nothing_to_anybody(verb):
    beat = world.beat()
    assert client_of(world.ada()).post(f"/people/{beat.pk}/{verb}/").status_code == 404
    beat.refresh_from_db()
    assert beat.is_active


@pytest.mark.parametrize(
    "page", [*ORGANISERS_PAGES, "/people/me/", "/people/secrecy/", "/people/here/", "/people/locked/"]
)
def test_who_is_not_signed_in_is_asked_to(page):
    page = page.format(pk=world.beat().pk)
    answer = Client().get(page)
    assert answer.status_code == 302
    assert answer["Location"] == f"/accounts/login/?next={page}"


def test_an_action_needs_a_form():
    assert client_of(world.otto()).get(f"/people/{world.beat().pk}/leave/").status_code == 405


def test_who_left_is_out_of_every_session():
    ada = world.ada()
    client = client_of(ada)
    assert client.get("/people/me/").status_code == 200
    client_of(world.otto()).post(f"/people/{ada.pk}/leave/")
    assert client.get("/people/me/").status_code == 302


def test_a_synthetic_person_has_no_page():
    robo = world.person("Robo One", Role.HELPER, synthetic=True)
    assert client_of(world.otto()).get(f"/people/{robo.pk}/").status_code == 404
