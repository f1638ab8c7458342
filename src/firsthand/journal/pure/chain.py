"""Each link is the hash of its entry and of the link before: a changed, missing or added row shows."""

import json
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
    actor: int | None
    verb: str
    kind: str
    object: str
    details: str  # JSON


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


def sealed(before: bytes, n: int, entry: Entry) -> bytes:
    """The hash of link `n`. Canonical: one JSON list, keys sorted, time in UTC to the microsecond."""
    fields = [
        n,
        entry.id,
        entry.at.astimezone(UTC).isoformat(timespec="microseconds"),
        entry.actor,
        entry.verb,
        entry.kind,
        entry.object,
        json.loads(entry.details),
    ]
    text = json.dumps(fields, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return sha256(before + text.encode()).digest()


def chained(before: bytes, n: int, entries: Iterable[Entry]) -> Iterator[tuple[int, Entry, bytes]]:
    """The links for these entries, after link `n` whose hash is `before`."""
    for entry in entries:
        n, before = n + 1, sealed(before, n + 1, entry)
        yield n, entry, before


class Walk:
    """Goes along the chain from its start and says where it breaks first."""

    def __init__(self) -> None:
        self.n = 0
        self.hash = START
        self.latest = datetime.fromtimestamp(0, UTC)

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
