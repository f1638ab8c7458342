"""Where a ledger's chain stands, and what is still to be chained."""

from __future__ import annotations

from typing import Any

from django.db import connection

from firsthand.journal.ledger import JOURNAL, Ledger
from firsthand.journal.pure import chain
from firsthand.kernel import zones


@zones.within(zones.PROTECTION)
def waiting_seconds(ledger: Ledger = JOURNAL) -> float:
    """How long the oldest entry has waited for its link; 0 when all are chained."""
    (row,) = rows(ledger, "waiting")
    return max(0.0, row[0] or 0.0)


def unsealed(ledger: Ledger, seen: str, most: int) -> tuple[str, list[chain.Entry]]:
    """The snapshot of now, and the entries that became visible since the snapshot `seen`."""
    found = rows(ledger, "unsealed", seen=seen, most=most)
    if went_back(seen, found[0][0]):
        found = rows(ledger, "unsealed_anywhere", most=most)
    return found[0][0], [entry(row[1:]) for row in found if row[1] is not None]


def went_back(seen: str, now: str) -> bool:
    """The count of transactions is lower than it was: the ledger was restored into another database."""
    return int(now.split(":")[1]) < int(seen.split(":")[1])


def entry(row: tuple[Any, ...]) -> chain.Entry:
    return chain.Entry(row[0], row[1], tuple(row[2:]))


def rows(ledger: Ledger, name: str, **given: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(ledger.statement(name), given)
        return list(cursor.fetchall())
