"""Which months of a table went, and whether the records of it hold."""

from __future__ import annotations

from dataclasses import fields
from datetime import datetime
from typing import Any

from firsthand.journal.ledger import JOURNAL, Ledger
from firsthand.journal.models import Closing as Row
from firsthand.journal.pure import chain, closing
from firsthand.journal.queries.chain import entry, rows

# A link's number and hash, and the moment before which nothing is left.
Start = tuple[int, bytes, datetime | None]
FIELDS = [field.name for field in fields(closing.Closing)]


def closings(entries: str) -> list[closing.Closing]:
    """The records of this table, oldest first."""
    found = Row.objects.filter(entries=entries).order_by("number").values(*FIELDS)
    return [closing.Closing(**{name: _plain(row[name]) for name in FIELDS}) for row in found]


def last_closing(entries: str) -> closing.Closing | None:
    return next(reversed(closings(entries)), None)


def _plain(value: Any) -> Any:
    return bytes(value) if isinstance(value, memoryview) else value


def start(ledger: Ledger) -> Start:
    """From where the chain goes on: after the last link that went with its month."""
    last = last_closing(ledger.entries)
    if last is None:
        return 0, chain.START, None
    return last.last or 0, last.hash or chain.START, last.until


def head(ledger: Ledger = JOURNAL) -> tuple[int, bytes]:
    """The last link's number and hash; of one that went with its month, if none came since."""
    for n, hash in rows(ledger, "head"):
        return n, bytes(hash)
    n, hash, _until = start(ledger)
    return n, hash


def held(ledger: Ledger) -> list[chain.Entry]:
    """Entries of months that went, which stay for a legal hold."""
    return [entry(row) for row in rows(ledger, "held")]


def wrong(ledger: Ledger) -> str:
    """A code when a record of dropped months, or an entry under a hold, is not as it was written."""
    records = closings(ledger.entries)
    if not closing.hold(records):
        return "closing"
    told = (records[-1].held, records[-1].held_hash) if records else (0, chain.START)
    return "" if closing.held_hash(held(ledger)) == told else "held"
