"""Whoever empties a table that only grows leaves it as it was: it refuses again, whatever a session says."""

import pytest
from django.db import connection
from psycopg.errors import DivisionByZero

from firsthand.config import walls
from firsthand.learn import actions
from tests import committed, logins, triggers, world
from tests.committed import committed as commits
from tests.learn import stands

__all__ = ["commits"]

# One with partitions, one with triggers of every kind, one that stands alone.
TABLES = ["answer_contactevent", "protect_grant", "learn_observation"]
HOW = (
    "SELECT tgenabled::text FROM pg_trigger WHERE NOT tgisinternal AND tgrelid = %s::regclass AND tgname = %s"
)


def standing(cursor):
    return cursor.execute(triggers.STANDING, [TABLES]).fetchall()


@pytest.fixture
def cursor(commits):
    with logins.administrator() as plain, plain.cursor() as cursor:
        yield cursor


def test_each_trigger_comes_back_as_it_stood_those_of_partitions_too(cursor):
    before = standing(cursor)
    assert {word for _, _, word in before} == {"ALWAYS", ""}
    assert ("answer_contactevent_rest", "append_only", "ALWAYS") in before
    with triggers.without(cursor, TABLES):
        assert standing(cursor) == []
    assert standing(cursor) == before


def test_what_was_switched_off_stays_off_and_what_was_for_replicas_only_stays_so(cursor):
    with cursor.connection.transaction(force_rollback=True):
        cursor.execute("ALTER TABLE protect_grant DISABLE TRIGGER grant_is_signed")
        cursor.execute("ALTER TABLE protect_grant ENABLE REPLICA TRIGGER grant_only_closes")
        with triggers.without(cursor, TABLES):
            pass
        found = [cursor.execute(HOW, ["protect_grant", name]).fetchone()[0] for name in NAMES]
        assert found == ["D", "R"]


NAMES = ("grant_is_signed", "grant_only_closes")


def test_a_partition_alone_leaves_the_others_alone(cursor):
    before = standing(cursor)
    with triggers.without(cursor, ["answer_contactevent_rest"]):
        left = standing(cursor)
    assert {table for table, _, _ in set(before) - set(left)} == {"answer_contactevent_rest"}
    assert standing(cursor) == before


def test_a_block_that_fails_leaves_them_as_they_stood(cursor):
    before = standing(cursor)
    with pytest.raises(ValueError, match="broken"), triggers.without(cursor, TABLES):
        raise ValueError("broken")
    assert standing(cursor) == before
    with pytest.raises(DivisionByZero), cursor.connection.transaction(), triggers.without(cursor, TABLES):
        cursor.execute("SELECT 1 / 0")
    assert standing(cursor) == before


def test_a_database_that_tests_emptied_is_whole(commits):
    actions.observe("The letter is long.", by=world.ada())
    committed.empty()
    assert not stands.said()
    with logins.everything(), connection.cursor():
        assert not [fault for fault in walls.faults() if "trigger" in fault.says]
