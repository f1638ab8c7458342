import pytest
from django.db import connection, transaction
from django.db.utils import ProgrammingError

from firsthand.journal import actions, queries
from tests import world
from tests.journal import tamper

pytestmark = pytest.mark.django_db


def refused(statement: str) -> bool:
    with pytest.raises(ProgrammingError, match="append only"), transaction.atomic():
        tamper.run(statement)
    return True


def test_it_says_who_did_what_to_what():
    ada, beat = world.ada(), world.beat()
    actions.record("looked", beat, by=ada, contact=7, how="verified", first=True)
    entry = queries.looked_at("people.person", beat.pk).get()
    assert (entry.actor_id, entry.verb, entry.kind) == (ada.pk, "looked", "people.person")
    assert entry.details == {"contact": 7, "first": True, "how": "verified"}
    assert queries.with_verb("looked").get() == entry


def test_it_is_gone_with_the_transaction_that_was_rolled_back():
    ada = world.ada()
    with transaction.atomic():
        actions.record("looked", ada, by=None)
        transaction.set_rollback(True)
    assert not queries.looked_at("people.person", ada.pk).exists()


@pytest.mark.parametrize("table", ["journal_entry", "the month", "journal_link"])
def test_it_refuses_change_to_the_table_and_to_its_partitions(table):
    ada = world.ada()
    actions.record("looked", ada, by=ada)
    if table == "the month":
        with connection.cursor() as cursor:
            cursor.execute("SELECT tableoid::regclass::text FROM journal_entry")
            (table,) = cursor.fetchone()
        assert table.startswith("journal_entry_2")
    if table == "journal_link":
        tamper.run("INSERT INTO journal_link VALUES (1, 1, now(), '')")
        assert refused("UPDATE journal_link SET n = 2")
    else:
        assert refused(f"UPDATE {table} SET verb = 'slept'")
    assert refused(f"DELETE FROM {table}")
    assert refused(f"TRUNCATE {table}")


@pytest.mark.parametrize("table", ["journal_entry_rest", "journal_entry", "journal_link"])
def test_it_refuses_change_also_in_a_session_that_plays_replica(table):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tgenabled FROM pg_trigger WHERE tgrelid = %s::regclass AND NOT tgisinternal", [table]
        )
        assert cursor.fetchall() == [("A",), ("A",)]


@pytest.mark.parametrize(
    "details", [{"name": "Keller"}, {"why": "has cancer"}, {"phone": 41443218765}, {"x": 1.5}]
)
def test_it_refuses_words_and_long_numbers(details):
    ada = world.ada()
    with pytest.raises(ValueError, match="short codes") as refusal:
        actions.record("looked", ada, by=ada, **details)
    assert str(next(iter(details.values()))) not in str(refusal.value)
    assert not queries.looked_at("people.person", ada.pk).exists()
