"""What one decision asks of the database: one way there, and never all seats or all who wait."""

import pytest
from django.db import connection

from firsthand.answer import actions
from firsthand.answer.models import Contact, Seat
from firsthand.config.logins import OWNER
from tests import world
from tests.answer import room
from tests.logins import become

pytestmark = pytest.mark.django_db


def sql(statement: str, *params):
    with connection.cursor() as cursor:
        cursor.execute(statement, params)
        return cursor.fetchall() if cursor.description else []


def scans() -> int:
    """How often this transaction has read a table from its first to its last row."""
    tables = "('answer_seat', 'answer_contact')"
    return sql(f"SELECT sum(seq_scan) FROM pg_stat_xact_user_tables WHERE relname IN {tables}")[0][0]  # noqa: S608


def waiting() -> Contact:
    """Somebody waits, to whom nothing has been offered."""
    return Contact.objects.create(language="de")


def test_an_offer_and_its_nudges_are_one_statement(django_assert_num_queries):
    ada = world.ada()
    room.ready(ada)
    contact, seat = waiting(), room.seat(ada)
    sql("DELETE FROM live_outbox")
    with django_assert_num_queries(1):
        assert actions.match_contact(contact.pk)
    told = {topic for (topic,) in sql("SELECT topic FROM live_outbox")}
    assert told == {f"caller:{contact.public_id}", f"desk:{ada.pk}", "queue", "wall", "room"}
    assert (room.state(contact), room.seat(ada).state) == ("offered", "offered")
    with django_assert_num_queries(1):
        assert not actions.match_seat(seat.pk)


def test_a_miss_tells_nobody():
    contact = waiting()
    sql("DELETE FROM live_outbox")
    assert not actions.match_contact(contact.pk)
    assert sql("SELECT topic FROM live_outbox") == []


@pytest.fixture
def crowd():
    """Two hundred ready seats and as many who wait, for somebody else: one contact and one seat fit."""
    people = [world.person(f"H{n} Muster", languages=("de",)) for n in range(200)]
    Seat.objects.bulk_create(Seat(person=one, languages=["it"], topics=["praemie"]) for one in people)
    Seat.objects.update(state="ready", ready_at="2026-11-01T08:00Z", seen_at="9999-01-01T00:00Z")
    Seat.objects.update(fit_until="9999-01-01T00:00Z")
    Contact.objects.bulk_create(Contact(language="fr") for _ in range(200))
    with become(OWNER):
        sql("ANALYZE answer_seat, answer_contact")


@pytest.mark.parametrize("by", ["contact", "seat"])
def test_neither_all_seats_nor_all_who_wait_are_read(crowd, by):
    ada = world.ada()
    room.ready(ada)
    contact, seat = waiting(), room.seat(ada)
    before = scans()
    found = actions.match_contact(contact.pk) if by == "contact" else actions.match_seat(seat.pk)
    assert found
    assert room.state(contact) == "offered"
    assert scans() == before
