"""Months long past, with entries in them: as a house that has been running for years has them."""

from datetime import UTC, datetime, timedelta

from firsthand.journal import actions, queries
from firsthand.journal.ledger import JOURNAL, Ledger, ledgers
from firsthand.journal.pure.closing import Closing
from firsthand.kernel import zones
from tests.journal import tamper

FIRST = (2019, 11)  # over the turn of a year
ROW = {
    JOURNAL.entries: "(at, actor_id, verb, kind, object_id) VALUES (%s, 7, 'looked', 'people.person', '7')",
    "answer_contactevent": "(at, contact_id, version, state, why) VALUES"
    " (%s, 0, (SELECT count(*) FROM answer_contactevent), 'closed', 'x')",
    "protect_read": "(at, actor_id, role, member_id, what, why, purposes)"
    " VALUES (%s, 7, 'helper', 40, 'consent', 'proof', '{kvg_a}')",
}


def start(month: int) -> datetime:
    """The first moment of the month so many after the first."""
    year, left = divmod(FIRST[0] * 12 + FIRST[1] - 1 + month, 12)
    return datetime(year, left + 1, 1, tzinfo=UTC)


def name(ledger: Ledger, month: int) -> str:
    return f"{ledger.entries}_{start(month):%Y_%m}"


def make(ledger: Ledger, month: int) -> None:
    tamper.run(
        f"CREATE TABLE {name(ledger, month)} PARTITION OF {ledger.entries} FOR VALUES FROM (%s) TO (%s)",
        start(month),
        start(month + 1),
    )
    tamper.run(f"SELECT journal_append_only('{ledger.entries}')")


def write(ledger: Ledger, *moments: datetime) -> None:
    for at in moments:
        tamper.run(f"INSERT INTO {ledger.entries} {ROW[ledger.entries]}", at)


def fill(ledger: Ledger, counts: dict[int, int]) -> None:
    """So many entries in each month, a day apart, chained."""
    for month, count in counts.items():
        make(ledger, month)
        write(ledger, *(start(month) + timedelta(days=day, hours=12) for day in range(count)))
    actions.seal()


def records(ledger: Ledger) -> list[Closing]:
    with zones.of(zones.PROTECTION):
        return queries.closings(ledger.entries)


def partitions(ledger: Ledger) -> list[str]:
    """Of the past."""
    return sorted(t for t in tamper.tables(ledger) if t[-7:-3].isdigit() and int(t[-7:-3]) < 2025)


def forget() -> None:
    """Tests that commit leave entries, records and months behind."""
    tamper.forget_everything()
    with tamper.triggers_off("journal_closing"):
        tamper.run("DELETE FROM journal_closing")
    for ledger in ledgers():
        for table in partitions(ledger):
            tamper.run(f"DROP TABLE {table}")
