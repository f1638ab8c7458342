"""Five minutes of a busy morning, with a clock of its own: nobody is lost, nobody real is called."""

from collections import Counter
from random import Random

import pytest
from django.core.cache import cache
from django.db import connection

from firsthand.answer import actions as answer
from firsthand.answer import queries
from firsthand.answer.models import Contact, Seat
from firsthand.home.demo import busy
from firsthand.know import actions as know
from firsthand.people.models import Person
from tests import world

pytestmark = pytest.mark.django_db


@pytest.fixture
def catalogue():
    know.load_catalogue()


def set_clock(seconds: float) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('firsthand.clock_offset', %s, true)", [f"{seconds} seconds"])


def run(house: busy.Busy, first: int, last: int, every: int = 5) -> None:
    """The simulation and the sweeper, as the worker has them; `every` so many seconds, to save time."""
    for second in range(first, last, every):
        set_clock(second)
        house.step(float(second))
        answer.sweep()


def states() -> Counter:
    return Counter(Contact.objects.values_list("state", flat=True))


def test_five_minutes_go_by_with_plausible_figures(catalogue):
    run(busy.Busy(Random(1)), 0, 300, every=1)
    contacts = list(Contact.objects.all())
    assert 20 <= len(contacts) <= 55  # about seven a minute, in the fuller half of the wave
    assert all(contact.synthetic for contact in contacts)
    done = [contact for contact in contacts if contact.state == "closed"]
    assert len(done) >= 5
    for contact in done:
        assert contact.concern_id
        assert contact.answered
        assert contact.solved is not None
        assert 2 <= (contact.connected_at - contact.offered_at).total_seconds() <= 10
        assert 35 <= (contact.hung_up_at - contact.talk_at).total_seconds() <= 190
    assert states()["abandoned"] <= len(contacts) / 3
    assert queries.replayed(contacts) == []
    cache.clear()
    wall = queries.wall()
    assert wall.present == 14
    assert wall.in_time.of >= len(done)


def test_it_stays_away_from_real_people(catalogue):
    seat = answer.say_ready(world.ada(), instance="tab", by=world.ada())
    run(busy.Busy(Random(2)), 0, 60)
    seat.refresh_from_db()
    assert not seat.contacts.exists()
    assert all(one.person.synthetic for one in Seat.objects.select_related("person").exclude(pk=seat.pk))
    assert {person.synthetic for person in Person.objects.filter(name__startswith="Robo-")} == {True}


def test_it_goes_on_after_a_restart(catalogue):
    run(busy.Busy(Random(3)), 0, 90)
    before = set(Contact.objects.filter(closed_at=None).values_list("pk", flat=True))
    assert before
    run(busy.Busy(Random(4)), 90, 420)
    assert not Contact.objects.filter(pk__in=before, closed_at=None).exists()
    assert Person.objects.filter(synthetic=True).count() == 14


def test_what_was_left_for_long_is_finished_at_the_start(catalogue):
    run(busy.Busy(Random(3)), -1000, -910)
    left = set(Contact.objects.filter(closed_at=None).values_list("pk", flat=True))
    set_clock(0)
    house = busy.Busy(Random(4))
    house.step(0.0)
    assert left
    assert not Contact.objects.filter(pk__in=left, closed_at=None).exists()


def test_everything_can_be_finished(catalogue):
    run(busy.Busy(Random(5)), 0, 60)
    waiting = answer.arrive(language="de")
    assert busy.finish() > 0
    assert not Contact.objects.filter(synthetic=True, closed_at=None).exists()
    waiting.refresh_from_db()
    assert waiting.state == "waiting"
    assert set(Seat.objects.values_list("state", flat=True)) <= {"away", "ready"}
