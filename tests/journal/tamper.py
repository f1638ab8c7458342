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
    filled = [ledger for ledger in ledgers() if _touched(ledger)]
    with triggers_off(*(table for ledger in filled for table in tables(ledger))):
        for ledger in filled:
            run(f"DELETE FROM {ledger.entries}; DELETE FROM {ledger.links}")
            run(f"UPDATE {ledger.seal} SET seen = '1:1:'")


def _touched(ledger: Ledger) -> bool:
    asked = f"SELECT FROM {ledger.seal} WHERE seen::text <> '1:1:' UNION ALL SELECT FROM {ledger.entries}"
    with become(OWNER), connection.cursor() as cursor:
        cursor.execute(f"SELECT EXISTS ({asked} UNION ALL SELECT FROM {ledger.links})")
        return cursor.fetchone()[0]
