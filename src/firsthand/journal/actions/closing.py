"""Let old months of a table go: whole months only, checked before, told in their place and in an anchor."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection, transaction
from psycopg import sql as composed

from firsthand.journal import actions, queries
from firsthand.journal.ledger import Ledger, ledger_of
from firsthand.journal.models import Closing
from firsthand.journal.pure import chain, closing
from firsthand.journal.queries.chain import entry, rows
from firsthand.kernel import sql, zones


class ChainIsBroken(Exception):
    """Nothing goes from a chain that does not hold: what is there is what somebody will have to look at."""


class NotChainedYet(Exception):
    """Something old has no link yet: the worker has not come to it."""


@dataclass(frozen=True)
class Months:
    """What is dated before a moment, the first of a month in UTC; but not what is held: SQL and its values."""

    table: str
    before: datetime
    clock: str
    amount: int
    held: composed.Composable
    given: Mapping[str, Any]


@zones.within(zones.PROTECTION)
def check(table: str, *, by: Any) -> None:
    """Before months go: all that is chained holds. Apart from the transaction, because it may take a minute."""
    if ledger := ledger_of(table):
        actions.chain_up(ledger, by=by)
        verdict = queries.verify(ledger)
        if not verdict.ok:
            raise ChainIsBroken(verdict.why)


@transaction.atomic
def close(months: Months, *, by: Any) -> int:
    """They go, and a record takes their place; how many entries went. `check` comes first."""
    ledger = ledger_of(months.table)
    late = _late(months, ledger) if ledger else []
    # What is late still has its link, and is the chain's to prove.
    stays = [row for row in _held(months, ledger) if (int(row[0]), row[1]) not in late]
    held, held_hash = (
        closing.held_hash(entry(row[2:]) for row in stays) if ledger else (len(stays), chain.START)
    )
    lie = [*late, *((int(place), row) for place, row, *_ in stays)]
    given: dict[str, Any] = {
        **{"table": months.table, "links": ledger.links if ledger else None, "before": months.before},
        **{"clock": months.clock, "months": months.amount, "held": held, "held_hash": held_hash},
        **{"stay_in": [place for place, _ in lie], "stay": [row for _, row in lie]},
    }
    with connection.cursor() as cursor:
        cursor.execute(sql.named("firsthand.journal")["drop_months"], given)
        gone = int(cursor.fetchone()[0])
    if gone:
        made = Closing.objects.filter(entries=months.table).latest("number")
        actions.record(
            "closed",
            made,
            by=by,
            table=months.table,
            clock=months.clock,
            number=made.number,
            until=f"{made.until:%Y-%m}",
            gone=gone,
            held=held,
        )
        if ledger:
            transaction.on_commit(lambda: actions.anchor_one(ledger, by=by, cut=True))
    return gone


def _late(months: Months, ledger: Ledger) -> list[tuple[int, str]]:
    """With the ledger's seal in hand: until the end nobody adds a link."""
    rows(ledger, "hold")
    if rows(ledger, "unlinked", before=months.before)[0][0]:
        raise NotChainedYet
    return [(int(place), str(row)) for place, row in rows(ledger, "late", before=months.before)]


def _held(months: Months, ledger: Ledger | None) -> list[tuple[Any, ...]]:
    """Where each row under a hold lies, and what is hashed of it in a chain."""
    columns = ["id", "at", *(f"{column}::text" for column in ledger.columns)] if ledger else ["at"]
    statement = composed.SQL(
        "SELECT tableoid, ctid::text, {} FROM {} WHERE at < {} AND {} ORDER BY 3"
    ).format(
        composed.SQL(", ".join(columns)),
        composed.Identifier(months.table),
        composed.Placeholder("before"),
        months.held,
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, {**months.given, "before": months.before})
        return list(cursor.fetchall())
