"""A table without its triggers for a moment, as only whoever owns it can have it.

An append-only table refuses even the owner, and says so by triggers that are ENABLE ALWAYS. `ENABLE TRIGGER USER`
would leave them plain ones, which a session can switch off by itself: here each comes back as it stood.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from typing import Any

from psycopg.pq import TransactionStatus

# Of each table and of its partitions: a partition has triggers of its own, and its own word for each.
STANDING = """
SELECT c.oid::regclass::text, quote_ident(tgname),
    CASE tgenabled WHEN 'A' THEN 'ALWAYS' WHEN 'R' THEN 'REPLICA' ELSE '' END
FROM pg_trigger JOIN pg_class c ON c.oid = tgrelid
WHERE NOT tgisinternal AND tgenabled <> 'D'
    AND ARRAY[c.oid, pg_partition_root(c.oid)] && %s::regclass[]::oid[]
ORDER BY 1, 2
"""


@contextmanager
def without(cursor: Any, tables: Collection[str]) -> Iterator[None]:
    """Django's cursor or psycopg's. Where the block fails in a transaction, that takes the change back."""
    cursor.execute(STANDING, [list(tables)])
    standing = cursor.fetchall()
    _each(cursor, (f"ALTER TABLE {table} DISABLE TRIGGER {name}" for table, name, _ in standing))
    try:
        yield
    finally:
        if cursor.connection.info.transaction_status != TransactionStatus.INERROR:
            _each(
                cursor,
                (f"ALTER TABLE {table} ENABLE {word} TRIGGER {name}" for table, name, word in standing),
            )


def _each(cursor: Any, statements: Iterator[str]) -> None:
    if together := "; ".join(statements):
        cursor.execute(together)
