"""A database in which a test commits, without emptying a hundred tables after it: for tests that touch few.

What such a test leaves in the tables of its own room it takes away at its start; elsewhere it leaves nothing.
"""

from functools import cache
from typing import Any

import psycopg
import pytest
from django.db import connection

from tests import logins, triggers

# Made by Django after the migrations, and the same for every test.
KEPT = {"django_content_type", "auth_permission"}
# They keep their rows, for good reasons. 8: on DELETE.
REFUSING = """
SELECT DISTINCT tgrelid::regclass::text FROM pg_trigger
WHERE NOT tgisinternal AND tgtype & 8 <> 0 AND tgrelid = ANY(%s::regclass[])
"""
# No table is altered while a row waits for its check at the end.
DECIDED = "SET CONSTRAINTS ALL IMMEDIATE"


@pytest.fixture
def committed(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock():
        yield
        connection.close()


def empty(*_: object) -> None:
    """Instead of `flush` after a test with `transaction=True`: that writes a hundred new files with TRUNCATE,
    then makes all permissions anew, half a second each time. The rows of a test are few; deleting them takes
    milliseconds. Like `flush` it leaves what no model manages: the journal, the outbox, the log of contacts.
    """
    plain = _sweeper()
    with plain.transaction(), plain.cursor() as cursor:
        filled = [table for (table,) in cursor.execute(_look_into_all())]
        refusing = [table for (table,) in cursor.execute(REFUSING, [filled])] if filled else []
        with triggers.without(cursor, refusing):
            cursor.execute("; ".join([f"DELETE FROM {table}" for table in filled] + [DECIDED]))


@cache
def _look_into_all() -> str:
    """Asks which tables hold a row. No test makes a table that Django manages."""
    tables = set(connection.introspection.django_table_names(only_existing=True)) - KEPT
    rows = (f"SELECT '{table}' WHERE EXISTS (SELECT FROM {table})" for table in sorted(tables))
    return " UNION ALL ".join(rows)


def _sweeper() -> psycopg.Connection[Any]:
    """Kept open: a new connection reads the catalogue of a hundred tables, each time."""
    if not _kept or _kept[0].broken or _kept[0].closed:
        _kept[:] = [logins.administrator()]
    return _kept[0]


_kept: list[psycopg.Connection[Any]] = []


def leave() -> None:
    """Before the database is dropped."""
    for plain in _kept:
        plain.close()
    _kept.clear()
