"""No signature under the text in force, no ready seat: refused by the action in a sentence, and by the
database.
"""

import pytest
from django.db import DatabaseError, transaction

from firsthand.answer import actions, queries
from firsthand.answer.models import Seat
from firsthand.people import actions as people
from firsthand.people import secrecy
from firsthand.people.models import Person, Role
from tests import world
from tests.answer import room

pytestmark = pytest.mark.django_db


@pytest.fixture
def new_text(monkeypatch):
    """A release with another text."""

    def publish() -> None:
        monkeypatch.setattr(secrecy, "EDITION", "2027-02")
        people.publish_secrecy()

    return publish


def test_nobody_is_ready_before_they_have_signed():
    hanna = world.person("Hanna Frei", Role.HELPER, secrecy_signed_at=None, ready=True)
    with pytest.raises(actions.NotSigned):
        actions.say_ready(hanna, instance=room.TAB, by=hanna)
    people.sign_secrecy(hanna, by=hanna)
    assert actions.say_ready(hanna, instance=room.TAB, by=hanna).state == "ready"


def test_the_database_asks_for_the_signature_whatever_a_column_says():
    hanna = world.person("Hanna Frei", Role.HELPER, secrecy_signed_at=None, ready=True)
    Person.objects.filter(pk=hanna.pk).update(secrecy_signed_at=world.SIGNED)
    seat = Seat.objects.create(person=hanna)
    for change in (
        lambda: Seat.objects.filter(pk=seat.pk).update(state="ready"),
        lambda: Seat.objects.create(person=world.person("Ivo Frei", secrecy_signed_at=None), state="ready"),
    ):
        with pytest.raises(DatabaseError, match="no signature"), transaction.atomic():
            change()


def test_a_new_text_ends_readiness_within_a_second(new_text):
    ada = world.ada()
    room.ready(ada)
    new_text()
    contact = room.arrive()
    actions.sweep()
    seat = room.seat(ada)
    assert (seat.state, seat.away_why, room.state(contact)) == ("away", "unsigned", "waiting")
    assert "new text" in str(queries.desk(ada).why)


def test_a_contact_that_is_going_on_is_finished_first(new_text):
    ada = world.ada()
    contact = room.talking(ada)
    new_text()
    actions.hang_up(contact, by=ada)
    actions.close(contact, solved=True, by=ada)
    assert (room.state(contact), room.seat(ada).state, room.seat(ada).away_why) == (
        "closed",
        "away",
        "unsigned",
    )
    room.check()
    ada.refresh_from_db()
    people.sign_secrecy(ada, by=ada)
    room.ready(ada)
    assert room.seat(ada).state == "ready"
