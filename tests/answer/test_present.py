"""How many are ready now, told to those who plan: a number for each language, of nobody in particular."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from firsthand.answer.models import Seat
from firsthand.answer.queries.present import present
from firsthand.people.models import Role
from firsthand.plan import registry
from tests import world
from tests.answer import room
from tests.plan import planned

pytestmark = pytest.mark.django_db


def test_whoever_is_ready_counts_in_each_of_their_languages():
    assert present() == {}
    room.ready(world.ada())  # German, English
    room.ready(world.carla())  # German, Italian
    assert present() == {"de": 2, "en": 1, "it": 1}
    assert registry.present() == present()


@pytest.mark.parametrize(
    "no_longer",
    [{"state": "away"}, {"synthetic": True}, {"fit_until": "2026-01-01T00:00Z"}],
)
def test_who_could_not_be_offered_a_contact_does_not_count(no_longer):
    room.ready(world.ada())
    Seat.objects.update(**no_longer)
    assert present() == {}


def test_whoever_is_in_a_contact_is_not_ready():
    room.talking(world.ada())
    assert present() == {}


def test_many_seats_take_one_question_to_the_database():
    for number in range(12):
        room.ready(world.person(f"Helper{number} Muster", Role.HELPER, ready=True))
    with CaptureQueriesContext(connection) as asked:
        assert present() == {"de": 12}
    assert len(asked) == 1


def test_the_page_of_today_shows_who_is_ready_now(client, monkeypatch):
    monkeypatch.setattr(planned, "monday", timezone.localdate)
    week = planned.week()
    planned.need(week, {"de": (1, 1, 1), "fr": (1, 1, 1)})
    room.ready(world.ada(), world.carla())
    client.force_login(world.otto())
    page = " ".join(client.get(f"/weeks/{week.pk}/hold/{week.starts_on}/").text.split())
    assert page.index("2 are ready at this moment.") < page.index("0 are ready at this moment.")
    tomorrow = client.get(f"/weeks/{week.pk}/hold/{week.ends_on}/").text
    assert "at this moment" not in tomorrow
