"""What only the owner of the database can do: switch the triggers off and rewrite history."""

from contextlib import contextmanager

from django.db import connection

from firsthand.config.logins import OWNER
from firsthand.journal.ledger import JOURNAL, Ledger, ledgers
from tests import triggers
from tests.logins import become


@contextmanager
def triggers_off(*tables: str):
    with become(OWNER), connection.cursor() as cursor, triggers.without(cursor, tables):
        yield


def run(statement: str, *given: object) -> int:
    with become(OWNER), connection.cursor() as cursor:
        cursor.execute(statement, given)
        return cursor.rowcount


def tables(ledger: Ledger = JOURNAL) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT relid::regclass::text FROM pg_partition_tree(%s)", [ledger.entries])
        return [*[name for (name,) in cursor.fetchall()], ledger.links]


def rewrite(statement: str, *given: object, ledger: Ledger = JOURNAL) -> int:
    with triggers_off(*tables(ledger)):
        return run(statement, *given)


def forget_everything() -> None:
    """Tests that commit leave entries behind; each starts with empty ledgers."""
    for ledger in ledgers():
        with triggers_off(*tables(ledger)):
            run(f"TRUNCATE {ledger.entries}, {ledger.links}")
            run(f"UPDATE {ledger.seal} SET seen = '1:1:'")
