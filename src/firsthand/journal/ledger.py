"""What is chained: each ledger is three tables and a list of columns. The journal is one, others register."""

from dataclasses import dataclass
from functools import cache

from firsthand.kernel import sql

UNTIL = "SELECT max(c.until) FROM journal_closing c"
LATE = (
    "EXISTS (SELECT FROM {links} l WHERE l.entry_id = {entries}.id"
    " AND l.n > (SELECT min(n) FROM {links} WHERE entry_at >= %(moment)s))"
)


@dataclass(frozen=True)
class Ledger:
    """Entries that only grow, a link for each, and one row that says how far the chain has seen.

    Every ledger has `id`, `at` and `xid`; `columns` are what else an entry says, in the order in which it is
    hashed, each as PostgreSQL writes it as text.
    """

    name: str
    entries: str
    links: str
    seal: str
    columns: tuple[str, ...]

    @property
    def in_time(self) -> str:
        """SQL: whether an entry of the months before `moment` was chained before the first entry of the next.
        One that was not is proved by the chain for a month longer, and goes with that.
        """
        return "NOT " + LATE.format(links=self.links, entries=self.entries)

    def statement(self, name: str) -> str:
        """A named statement about this ledger's tables. Their names are ours, never typed by anybody."""
        return _statement(self, name)


JOURNAL = Ledger(
    "journal",
    entries="journal_entry",
    links="journal_link",
    seal="journal_seal",
    columns=("actor_id", "verb", "kind", "object_id", "details"),
)

_ledgers: dict[str, Ledger] = {JOURNAL.name: JOURNAL}


def register(ledger: Ledger) -> None:
    _ledgers[ledger.name] = ledger


def ledgers() -> list[Ledger]:
    return list(_ledgers.values())


def ledger_of(entries: str) -> Ledger | None:
    """The ledger whose entries stand in this table; None: it has no chain."""
    return next((one for one in ledgers() if one.entries == entries), None)


@cache
def _statement(ledger: Ledger, name: str) -> str:
    fields = [f"octet_length(e.{column}::text), ':', e.{column}::text, E'\\n'" for column in ledger.columns]
    return sql.named("firsthand.journal", "ledger")[name].format(
        entries=ledger.entries,
        links=ledger.links,
        seal=ledger.seal,
        # The months before went, and left a record (sql/closing.sql).
        until=f"coalesce(({UNTIL} WHERE c.entries = '{ledger.entries}'), '-infinity')",
        columns=", ".join(f"e.{column}::text" for column in ledger.columns),
        fields=", ".join(fields),
    )
