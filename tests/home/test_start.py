"""Each role's start page, and the doors of whoever is not signed in."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from firsthand.answer import actions as answer
from firsthand.answer.queries.memo import memo
from firsthand.kernel import zones
from firsthand.learn import actions as learn
from firsthand.people.models import Role
from firsthand.plan.models import FrontWeek
from firsthand.protect import actions as protect
from firsthand.protect import queries as files
from tests import world

# What the tests say to become another login (tests/logins.py): in real life that is another connection.
BECOMING = ("SELECT session_user", "SET SESSION AUTHORIZATION")

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _forget():
    cache.clear()


def start(client, person, **headers) -> str:
    client.force_login(person)
    response = client.get("/", **headers)
    assert response.status_code == 200
    return response.content.decode()


def test_a_stranger_chooses_a_door(client, settings):
    settings.DEMO = False
    page = client.get("/").content.decode()
    assert 'href="/call/"' in page
    assert "/accounts/login/" in page
    assert "/demo/" not in page


def test_in_a_demo_one_chooses_who_to_be(client, settings):
    settings.DEMO = True
    page = client.get("/").content.decode()
    assert 'href="/demo/"' in page


def test_a_helper_who_is_ready_goes_to_the_desk(client):
    FrontWeek.objects.create(
        name="Herbst", starts_on=timezone.localdate(), ends_on=timezone.localdate() + timedelta(days=3)
    )
    page = start(client, world.ada())
    assert "Take your seat and say you are ready." in page
    assert "Premium and payment" in page
    assert "Deutsch, English" in page
    assert "signed on" in page
    assert "Herbst, on until" in page


def test_a_helper_without_training_is_told_so(client):
    assert "Ask the organiser for your training." in start(client, world.beat())


def test_a_helper_who_has_not_signed_signs_first(client):
    nina = world.person("Nina Muster", Role.HELPER, secrecy_signed_at=None, ready=True)
    page = start(client, nina)
    assert "Sign the secrecy undertaking." in page
    assert "/people/secrecy/" in page


def test_who_is_ready_waits_for_the_next(client):
    answer.say_ready(world.ada(), instance="tab", by=world.ada())
    assert "The next caller comes to your desk." in start(client, world.ada())


def test_an_organiser_sees_whether_the_room_holds_and_who_cannot_be_put_through(client):
    world.beat(), world.ada()
    answer.arrive(language="it")
    page = start(client, world.otto())
    assert "Will the room hold now?" in page
    assert "Somebody waits for Italiano" in page
    assert "Beat Aebi" in page
    assert "Ada Lindner" not in page


def test_an_executive_reads_first_and_then_takes_a_seat(client):
    learn.observe("Niemand versteht den Brief.", by=world.ada())
    page = start(client, world.eva())
    assert page.index("Niemand versteht den Brief.") < page.index("Take your seat")


def test_an_owner_reads_what_was_said_about_what_they_can_change(client):
    learn.observe("Der Vertrag.", about="terms", by=world.ada())
    learn.observe("Der Knopf.", about="portal", by=world.ada())
    assert "Nobody has said yet what you can change." in start(client, world.dario())
    dario, otto = world.dario(), world.otto()
    with zones.of(zones.LEARN):
        learn.hand_over("terms", dario, by=otto)
    part = start(client, world.dario(), HTTP_HX_REQUEST="true", HTTP_HX_LIVE="owned")
    assert "Der Vertrag." in part
    assert "Der Knopf." not in part
    assert start(client, world.dario()).count("Der Vertrag.</blockquote>") == 1


def test_data_protection_sees_who_looked_today(client):
    page = start(client, world.petra())
    assert "Nobody has opened a member" in page
    assert 'href="/protect/requests/">Requests</a>' in page
    protect.open_file(4711, world.frau_keller(), by=world.ada())
    for _ in range(3):
        files.file_for(world.ada(), 4711)
    page = start(client, world.petra())
    assert page.count("<td>Ada Lindner</td>") == 1
    assert "4711" in page
    assert "chain checked at" in page
    assert "Keller" not in page


def test_who_looked_last_stands_first_however_early_they_opened_the_file(client):
    protect.open_file(4711, world.frau_keller(), by=world.ada())
    files.file_for(world.ada(), 4711)
    protect.open_file(4712, world.frau_keller(), by=world.carla())
    files.file_for(world.carla(), 4712)
    files.file_for(world.ada(), 4711)
    page = start(client, world.petra())
    assert page.index("<td>Ada Lindner</td>") < page.index("<td>Carla Bernasconi</td>")


def test_what_the_officer_asks_back_stands_where_an_advisor_begins(client):
    carla = world.carla()
    opened = protect.break_glass(
        world.frau_keller(), kind="letter", branch="basic", reason="A letter about May", by=carla
    )
    asks = "The data-protection officer asks you about a file that you opened."
    assert asks not in start(client, carla)
    petra = world.petra()
    with zones.of(zones.PROTECTION):
        protect.review(opened, says="asked", words="Which letter was it?", by=petra)
    page = start(client, carla)
    assert page.index(asks) < page.index("Take your seat")
    assert 'href="/protect/open/"' in page.partition(asks)[2][:200]
    assert asks not in start(client, world.ada())
    protect.answer_review(opened, words="The one of last Monday.", by=carla)
    assert asks not in start(client, carla)


def test_several_roles_see_their_sections_in_order(client):
    many = world.person("Vera Muster", Role.ORGANISER, Role.HELPER, Role.OWNER, ready=True)
    page = start(client, many)
    places = [page.index(words) for words in ("Will the room hold", "Take your seat", "what you can change")]
    assert places == sorted(places)


def test_a_part_comes_alone_and_asks_only_for_itself(client):
    client.force_login(world.eva())
    learn.observe("Niemand versteht den Brief.", by=world.ada())
    with CaptureQueriesContext(connection) as asked:
        part = client.get("/", HTTP_HX_REQUEST="true", HTTP_HX_LIVE="heard").content.decode()
    assert len([one for one in asked if not one["sql"].startswith(BECOMING)]) <= 8
    assert "Niemand versteht den Brief." in part
    assert "<html" not in part
    assert "Take your seat" not in part


def test_a_part_that_does_not_exist_is_the_page(client):
    assert "<html" in start(client, world.ada(), HTTP_HX_REQUEST="true", HTTP_HX_LIVE="../secret")


def test_it_asks_the_same_number_of_questions_however_many_people(client):
    person = world.person("Vera Muster", *Role, ready=True)
    client.force_login(person)
    client.get("/")
    for n in range(30):
        helper = world.person(f"Person{n} Muster", Role.HELPER)
        learn.observe(f"Nummer {n}", by=helper)
    memo.clear()  # what is kept for a second may be over by now, or not
    with CaptureQueriesContext(connection) as asked:
        client.get("/")
    assert len([one for one in asked if not one["sql"].startswith(BECOMING)]) <= 36
