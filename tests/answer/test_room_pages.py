"""The wall for everybody, the queue for organisers, the promises for those who answer."""

from datetime import timedelta

import pytest
from django.utils import timezone

from firsthand.answer import actions as answer
from firsthand.journal.models import Entry
from firsthand.people.models import Role
from firsthand.plan.models import FrontWeek
from tests import world
from tests.answer import room
from tests.answer.pages import HTMX, promise, says
from tests.people.signing import client_of

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def otto(client):
    client.force_login(world.otto())
    return client


def test_the_wall_is_for_everybody_who_works_here(client):
    assert client.get("/room/").status_code == 302
    client.force_login(world.dario())
    page = says(client.get("/room/"))
    assert "How is it going in the room?" in page
    for words in (
        "waiting now",
        "the longest wait",
        "answered in time today",
        "solved at first contact today",
    ):
        assert words in page


def test_in_an_empty_room_the_wall_is_calm_and_claims_nothing(otto):
    page = says(otto.get("/room/"))
    assert "figure now" not in page
    assert "Nobody is free just now" in page
    assert "0 %" not in page.replace("80 %", "")


def test_the_wall_shows_who_is_free_by_first_name_and_nobody_by_rank(otto):
    room.ready(world.ada(), world.eva())
    page = says(otto.get("/room/"))
    assert "</span> Ada" in page
    assert "</span> Eva" in page
    assert "Executive" not in page


def test_the_wall_turns_red_only_past_a_threshold(otto):
    room.arrive("de")
    assert "figure now" in says(otto.get("/room/", headers=HTMX))  # more wait than are here
    room.ready()
    room.arrive("fr")
    part = says(otto.get("/room/", headers=HTMX))
    assert "<html" not in part
    assert "<time-since" in part


def test_the_wall_counts_what_was_solved_today(otto):
    room.closed_by_many(solved=3, of=6)
    page = says(otto.get("/room/"))
    assert "50 %" in page
    assert "100 %" in page


def test_what_few_people_solved_is_nobodys_to_see(otto):
    room.closed(solved=False)
    page = says(otto.get("/room/"))
    assert "shown from five people on" in page
    assert "0 %" not in page.replace("80 %", "").replace("100 %", "")


def test_the_queue_is_for_organisers(client):
    client.force_login(world.ada())
    assert client.get("/room/watch/").status_code == 404


def test_the_queue_shows_pressure_by_language_and_no_caller(otto):
    room.arrive("fr", name="Ruth Keller", phone="044 321 87 65")
    room.ready()
    page = says(otto.get("/room/watch/"))
    assert "Français" in page
    assert "nobody can answer" in page
    assert "Ada Lindner" in page
    assert "Keller" not in page
    assert "321" not in page


def test_the_queue_knows_the_front_week_and_what_is_due(otto):
    today = timezone.localdate()
    assert "No front week is on today" in says(otto.get("/room/watch/"))
    FrontWeek.objects.create(name="Autumn", starts_on=today, ends_on=today + timedelta(days=4))
    contact = room.talking()
    answer.name_concern(contact, world.concern(), by=world.ada())
    promise(contact, "Send the letter", days=0)
    page = says(otto.get("/room/watch/"))
    assert "Autumn is on, until" in page
    assert '«Warum zahle ich nächstes Jahr mehr?» <span class="quiet">Ada Lindner' in page
    assert "Send the letter" not in page


def test_a_promise_is_kept_with_one_click_by_who_gave_it(desk):
    made = promise(room.talking(), "Send the letter")
    assert "Send the letter" in says(desk.get("/promises/"))
    assert desk.post(f"/promises/{made.pk}/keep/").status_code == 302
    made.refresh_from_db()
    assert made.kept_by == world.ada()
    assert "Nothing is open" in says(desk.get("/promises/"))


def test_before_its_day_a_promise_is_its_makers_alone():
    made = promise(room.talking(), "Send the letter", days=1)
    client = client_of(world.eva())
    assert "Nothing is open" in says(client.get("/promises/"))
    for verb in ("keep", "take-over"):
        assert client.post(f"/promises/{made.pk}/{verb}/").status_code == 404
    made.refresh_from_db()
    assert (made.kept_at, made.taken_by) == (None, None)


def test_a_helper_sees_the_words_of_others_once_taken_over(desk):
    contact = room.talking()
    answer.name_concern(contact, world.concern(), by=world.ada())
    made = promise(contact, "Send the letter", days=0)
    client = client_of(world.eva())
    page = says(client.get("/promises/"))
    assert "Warum zahle ich" in page
    assert "Ada Lindner" in page
    assert "Send the letter" not in page
    assert client.post(f"/promises/{made.pk}/keep/").status_code == 404
    assert client.post(f"/promises/{made.pk}/take-over/").status_code == 302
    page = says(client.get("/promises/"))
    assert "Send the letter" in page
    assert "Eva Steiner" in page
    # Nobody else does it now, and it is no longer Ada's to read.
    assert "Nothing is open" in says(desk.get("/promises/"))
    late = client_of(world.person("Fritz Frei", Role.HELPER)).post(f"/promises/{made.pk}/take-over/")
    assert late.status_code == 422
    assert "Somebody else does this now" in says(late)
    made.refresh_from_db()
    assert made.taken_by == world.eva()
    assert Entry.objects.filter(verb="took_over", actor_id=world.eva().pk).count() == 1


def test_the_back_office_sees_all_words_and_organisers_none(otto):
    promise(room.talking(), "Send the letter", days=3)
    page = says(otto.get("/promises/"))
    assert "Ada Lindner" in page
    assert "Send the letter" not in page
    assert "/take-over/" not in page
    assert "Send the letter" in says(client_of(world.carla()).get("/promises/"))


def test_a_stranger_keeps_no_promise(client):
    made = promise(room.talking(), "Send the letter")
    client.force_login(world.dario())
    assert client.get("/promises/").status_code == 404
    assert client.post(f"/promises/{made.pk}/keep/").status_code == 404
    made.refresh_from_db()
    assert made.kept_at is None


@pytest.mark.parametrize(("address", "queries"), [("/room/", 14), ("/room/watch/", 14), ("/promises/", 8)])
def test_a_long_list_asks_no_more_than_a_short_one(otto, address, queries, django_assert_max_num_queries):
    contact = room.talking()
    for number in range(20):
        promise(contact, f"Send letter {number}")
        room.arrive("fr")
    with django_assert_max_num_queries(queries):
        otto.get(address)
