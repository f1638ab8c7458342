"""Write down who did or looked at what, and chain it."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import connection, models, transaction
from django.utils import timezone

from firsthand.journal import anchors, queries
from firsthand.journal import partitions as monthly
from firsthand.journal.ledger import JOURNAL, Ledger, ledgers
from firsthand.journal.pure import chain, words
from firsthand.kernel import sql, zones

BATCH = 5000


def record(verb: str, thing: models.Model, *, by: Any, **details: int | str | bool | None) -> None:
    """In the caller's transaction; `by=None` is the house itself.

    `details` hold ids and codes, never a name, a number or a word of a caller: all else is a ValueError.
    """
    _write("record", verb, thing, by, words.details(details))


def record_each(
    verb: str, thing: models.Model, each: Iterable[Mapping[str, int | str | bool | None]], *, by: Any
) -> None:
    """As `record`, an entry for each of these details, in one question to the database."""
    if details := [words.details(one) for one in each]:
        _write("record_each", verb, thing, by, details)


def _write(statement: str, verb: str, thing: models.Model, by: Any, details: str | list[str]) -> None:
    entry = {
        "actor": by.pk if by else None,
        "verb": verb,
        "kind": thing._meta.label_lower,
        "object": str(thing.pk),
        "details": details,
    }
    with connection.cursor() as cursor:
        cursor.execute(sql.named("firsthand.journal")[statement], entry)


@zones.within(zones.PROTECTION)
def seal(*, by: Any = None) -> int:
    """Chain everything that was committed since the last time, in every ledger; how many. The worker calls it
    each second.
    """
    return sum(chain_up(ledger, by=by) for ledger in ledgers())


@zones.within(zones.PROTECTION)
def chain_up(ledger: Ledger = JOURNAL, *, by: Any = None) -> int:
    """Those who write entries wait for nothing: the order is the one in which rows became visible to this,
    the only writer of links. The row of the seal is its lock.
    """
    done = 0
    while (count := _seal_some(ledger)) == BATCH:
        done += count
    return done + count


@transaction.atomic(durable=True)
def _seal_some(ledger: Ledger) -> int:
    with connection.cursor() as cursor:
        # Who waited here takes a new snapshot for the next statement, and sees what the other has chained.
        cursor.execute(ledger.statement("hold"))
        seen = cursor.fetchone()[0]
        now, entries = queries.unsealed(ledger, seen, BATCH)
        n, before = queries.head(ledger)
        links = list(chain.chained(before, n, entries))
        if links:
            cursor.execute(
                ledger.statement("chain"),
                {
                    "n": [n for n, _, _ in links],
                    "id": [entry.id for _, entry, _ in links],
                    "at": [entry.at for _, entry, _ in links],
                    "hash": [hash for _, _, hash in links],
                },
            )
        # With more to come the old snapshot stays: it still says what is due, and links say what is done.
        if len(links) < BATCH and (links or queries.went_back(seen, now)):
            cursor.execute(ledger.statement("seen"), {"seen": now})
    return len(links)


@zones.within(zones.PROTECTION)
def anchor(*, by: Any = None) -> int:
    """Write the end of each chain into a file, once a day; `verify` holds the chain against all of them."""
    return sum(anchor_one(ledger, by=by) for ledger in ledgers())


def anchor_one(ledger: Ledger, *, by: Any, cut: bool = False) -> bool:
    """`cut`: old months have just gone from it."""
    n, hash = queries.head(ledger)
    last = queries.last_closing(ledger.entries)
    closing, seal = (last.number, last.seal) if last else (0, b"")
    today = timezone.localdate()
    return n > 0 and anchors.drop(today, n, hash, ledger, closing=closing, seal=seal, cut=cut)


def partitions(*, by: Any = None, months: int = 2) -> int:
    """Make the partitions of this and the next months for every registered table; how many were new."""
    made = 0
    for table in monthly.tables():
        with transaction.atomic(), connection.cursor() as cursor:
            # Behind a long report everybody would queue up after us: rather try again at the next turn.
            cursor.execute("SET LOCAL lock_timeout = '2s'")
            cursor.execute(sql.named("firsthand.journal")["partitions"], {"table": table, "months": months})
            made += cursor.fetchone()[0]
    return made
