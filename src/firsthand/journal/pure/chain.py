"""Each link is the hash of its entry and of the link before: a changed, missing or added row shows.

The same text is hashed here and, set by set, in `sql/ledger.sql`: number of the link, number of the entry,
time in UTC to the microsecond, then each field with its length in bytes, so that none can run into the next.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256

START = bytes(32)
# Entries are chained in the order in which they became visible, which differs from that of their times by
# the length of a transaction at most. More than this, and somebody wrote history.
LONGEST = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Entry:
    id: int
    at: datetime
    fields: tuple[str | None, ...]  # as PostgreSQL writes them; None = NULL


@dataclass(frozen=True, slots=True)
class Link:
    n: int
    entry_id: int
    hash: bytes
    entry: Entry | None  # None: the link stands, its entry does not


@dataclass(frozen=True, slots=True)
class Break:
    entry_id: int
    why: str


@dataclass(frozen=True)
class Verdict:
    """`why` is a code: gap, missing, changed, backdated, unchained, closing, held, anchor."""

    ok: bool
    checked: int
    broken_at: int | None = None  # the entry
    why: str = ""


def canonical(n: int, entry: Entry) -> bytes:
    at = entry.at.astimezone(UTC).replace(tzinfo=None).isoformat(" ", "microseconds")
    return b"".join([f"{n}\n{entry.id}\n{at}\n".encode(), *map(_field, entry.fields)])


def _field(words: str | None) -> bytes:
    if words is None:
        return b":\n"
    said = words.encode()
    return b"%d:%b\n" % (len(said), said)


def sealed(before: bytes, n: int, entry: Entry) -> bytes:
    """The hash of link `n`."""
    return sha256(before + canonical(n, entry)).digest()


def chained(before: bytes, n: int, entries: Iterable[Entry]) -> Iterator[tuple[int, Entry, bytes]]:
    """The links for these entries, after link `n` whose hash is `before`."""
    for entry in entries:
        n, before = n + 1, sealed(before, n + 1, entry)
        yield n, entry, before


class Walk:
    """Goes along the chain from its start and says where it breaks first. Where old months went, it starts
    after the last link of them, with its hash; `until` is the moment before which nothing is left.
    """

    def __init__(self, n: int = 0, hash: bytes = START, until: datetime | None = None) -> None:
        self.n = n
        self.hash = hash
        self.latest = until or datetime.fromtimestamp(0, UTC)

    def step(self, link: Link) -> Break | None:
        if link.n != self.n + 1:
            return Break(link.entry_id, "gap")
        if link.entry is None:
            return Break(link.entry_id, "missing")
        if link.hash != sealed(self.hash, link.n, link.entry):
            return Break(link.entry_id, "changed")
        if link.entry.at < self.latest - LONGEST:
            return Break(link.entry_id, "backdated")
        self.n, self.hash, self.latest = link.n, link.hash, max(self.latest, link.entry.at)
        return None
