"""What an organiser says about readiness holds at once, for a seat that is ready already."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from firsthand.answer import actions
from firsthand.answer.actions import sweeping
from firsthand.answer.models import Seat
from firsthand.answer.queries.fitness import fitness
from firsthand.people import actions as people
from firsthand.train import actions as train
from tests import world
from tests.answer import room
from tests.people.signing import client_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def ada():
    """Made once: the world makes her ready for everything each time it is asked for her."""
    return world.ada()


def seat() -> Seat:
    return Seat.objects.get(person__name="Ada Lindner")


def test_what_was_taken_away_is_offered_no_more(ada):
    room.ready(ada)
    train.take_away(ada, "umzug", by=world.otto())
    contact = room.arrive(topic="umzug")
    actions.sweep()
    assert room.state(contact) == "waiting"
    assert "umzug" not in seat().topics
    assert seat().state == Seat.State.READY


def test_between_the_word_and_the_sweeper_nothing_is_offered(ada):
    room.ready(ada)
    train.take_away(ada, "umzug", by=world.otto())
    contact = room.arrive(topic="umzug")
    actions.match_contact(contact.pk)
    assert room.state(contact) == "waiting"


def test_what_was_given_is_offered(ada):
    train.take_away(ada, "umzug", by=world.otto())
    room.ready(ada)
    contact = room.arrive(topic="umzug")
    actions.sweep()
    assert room.state(contact) == "waiting"
    train.give(ada, "umzug", timezone.localdate() + timedelta(days=1), by=world.otto())
    actions.sweep()
    assert room.state(contact) == "offered"


def test_without_any_topic_the_seat_is_not_ready(ada):
    room.ready(ada)
    for topic in world.TOPICS:
        train.take_away(ada, topic, by=world.otto())
    actions.sweep()
    assert seat().state == Seat.State.AWAY


def test_a_language_that_was_taken_back_is_offered_no_more(ada):
    room.ready(ada)
    people.set_languages(ada, ["de"], by=ada)
    contact = room.arrive(language="en")
    assert not actions.match_contact(contact.pk)
    actions.sweep()
    assert room.state(contact) == "waiting"
    assert (seat().state, seat().languages) == (Seat.State.READY, ["de"])


def test_who_has_left_or_answers_no_longer_is_offered_nothing_more(ada):
    eva = world.eva()
    room.ready(ada, eva)
    people.leave(ada, by=world.otto())
    people.change(eva, name=eva.name, email=eva.email, roles=["owner"], languages=["de"], by=world.otto())
    contact = room.arrive()
    assert not actions.match_contact(contact.pk)
    actions.sweep()
    assert room.state(contact) == "waiting"
    assert set(Seat.objects.values_list("state", flat=True)) == {Seat.State.AWAY}


def test_who_signs_out_is_offered_nothing_more(ada):
    client = client_of(ada)
    contact = room.offered(ada)
    client.post("/accounts/logout/")
    assert (seat().state, seat().away_why) == (Seat.State.AWAY, Seat.Away.SAID)
    assert room.state(contact) == "waiting"


def test_who_signs_out_in_a_contact_is_lost_like_a_page(ada):
    client = client_of(ada)
    contact = room.talking(ada)
    client.post("/accounts/logout/")
    assert room.state(contact) == "connected"
    room.forward(13)
    actions.sweep()
    assert (room.state(contact), seat().state) == ("waiting", Seat.State.AWAY)


def test_one_seat_that_cannot_be_looked_at_keeps_nobody_else_waiting(ada, monkeypatch, caplog):
    carla, eva = world.carla(), world.eva()
    room.ready(ada, carla, eva)
    for person in (ada, carla, eva):
        train.take_away(person, "umzug", by=world.otto())

    def broken_for_carla(person):
        return Seat.objects.extra(where=["1 / 0 = 1"]).get() if person == carla else fitness(person)

    monkeypatch.setattr(sweeping, "fitness", broken_for_carla)
    contacts = [room.arrive() for _ in range(3)]
    assert actions.sweep().matched == 2
    assert sorted(map(room.state, contacts)) == ["offered", "offered", "waiting"]
    assert all("umzug" not in room.seat(person).topics for person in (ada, eva))
    assert room.seat(carla).state == Seat.State.READY, (
        "looked at again in a second; offered nothing until then"
    )
    assert f"seat {room.seat(carla).pk}" in caplog.text


def test_ready_for_ever_is_ready(ada):
    room.ready(ada)
    for topic in world.TOPICS:
        train.give(ada, topic, date.max, by=world.otto())
    actions.sweep()
    contact = room.arrive()
    actions.sweep()
    assert room.state(contact) == "offered"
