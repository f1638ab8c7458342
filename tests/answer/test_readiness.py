"""Who may be offered what: language, readiness, secrecy and presence are never relaxed."""

from datetime import timedelta

import pytest
from django.utils import timezone

from firsthand.answer import actions
from firsthand.people.models import Person, Role
from firsthand.train.models import Readiness
from tests import world
from tests.answer import room

pytestmark = pytest.mark.django_db


def test_nobody_is_ready_without_readiness():
    with pytest.raises(actions.NotReady):
        room.ready(world.beat())


def test_nobody_is_ready_before_secrecy_is_signed():
    ada = world.ada()
    Person.objects.filter(pk=ada.pk).update(secrecy_signed_at=None)
    ada.refresh_from_db()
    with pytest.raises(actions.NotSigned):
        room.ready(ada)


def test_nobody_without_a_role_in_the_room_has_a_seat():
    with pytest.raises(actions.NotAnswering):
        room.ready(world.dario())


def test_the_language_fits():
    room.ready(world.ada())
    french, english = room.arrive("fr"), room.arrive("en")
    actions.sweep()
    assert [room.state(french), room.state(english)] == ["waiting", "offered"]


def test_the_topic_fits():
    ada = world.ada()
    Readiness.objects.filter(person=ada).exclude(topic="praemie").delete()
    room.ready(ada)
    other = room.arrive(topic="umzug")
    actions.sweep()
    assert room.state(other) == "waiting"
    mine = room.arrive(topic="praemie")
    actions.sweep()
    assert room.state(mine) == "offered"


def test_waiting_never_relaxes_readiness():
    ada = world.ada()
    Readiness.objects.filter(person=ada).exclude(topic="praemie").delete()
    room.ready(ada)
    contact = room.arrive(topic="umzug")
    for _ in range(5):
        room.forward(46, beating=[ada])
        actions.sweep()
    assert room.state(contact) == "waiting"


def test_readiness_that_ends_while_somebody_sits_there_ends_the_offers():
    ada = world.ada()
    Readiness.objects.filter(person=ada).update(until=timezone.localdate())
    room.ready(ada)
    room.forward(timedelta(days=1).total_seconds(), beating=[ada])
    contact = room.arrive()
    Readiness.objects.filter(person=ada).delete()
    actions.sweep()
    assert room.state(contact) == "waiting"
    assert room.seat(ada).away_why == "unfit"


def test_the_longest_idle_comes_first():
    ada, eva = world.ada(), world.eva()
    room.ready(eva)
    room.ready(ada)
    contact = room.arrive()
    actions.sweep()
    contact.refresh_from_db()
    assert contact.seat == room.seat(eva)


def test_a_synthetic_caller_and_a_real_helper_do_not_meet():
    robot = world.person("Robo Helfer", Role.HELPER, ready=True, synthetic=True)
    room.ready(world.ada())
    synthetic = room.arrive(synthetic=True)
    actions.sweep()
    assert room.state(synthetic) == "waiting"
    real = room.arrive()
    actions.say_away(world.ada(), by=world.ada())
    room.ready(robot)
    actions.sweep()
    assert [room.state(synthetic), room.state(real)] == ["offered", "waiting"]


def test_a_silent_seat_is_offered_nothing():
    room.ready()
    room.forward(13)
    contact = room.arrive()
    assert not actions.match_contact(contact.pk)


def test_another_page_of_the_same_person_does_not_keep_the_seat():
    ada = world.ada()
    room.ready(ada)
    assert not actions.beat(ada, instance="tab-2", by=ada)
    room.forward(13)
    assert actions.beat(ada, instance="tab-2", by=ada)
    assert not actions.beat(ada, instance=room.TAB, by=ada)
