"""Who did or looked at what; and whether the chain still holds."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import QuerySet

from firsthand.journal import anchors
from firsthand.journal.models import Entry
from firsthand.journal.pure import chain
from firsthand.kernel import sql

PAGE = 5000


@dataclass(frozen=True)
class Verdict:
    """`why` is a code: gap, missing, changed, backdated, unchained, anchor."""

    ok: bool
    checked: int
    broken_at: int | None = None  # the entry
    why: str = ""


def looked_at(kind: str, object_id: object) -> QuerySet[Entry]:
    """Every entry about one thing, newest first: who did something to it and who looked at it."""
    return Entry.objects.filter(kind=kind, object_id=str(object_id)).order_by("-at", "-id")


def with_verb(*verbs: str) -> QuerySet[Entry]:
    """Every entry of these verbs, newest first."""
    return Entry.objects.filter(verb__in=verbs).order_by("-at", "-id")


def waiting_seconds() -> float:
    """How long the oldest entry has waited for its link; 0 when all are chained."""
    (row,) = _rows("waiting")
    return max(0.0, row[0] or 0.0)


def head() -> tuple[int, bytes]:
    """The last link's number and hash."""
    for n, hash in _rows("head"):
        return n, bytes(hash)
    return 0, chain.START


def unsealed(seen: str, most: int) -> tuple[str, list[chain.Entry]]:
    """The snapshot of now, and the entries that became visible since the snapshot `seen`."""
    rows = _rows("unsealed", seen=seen, most=most)
    if went_back(seen, rows[0][0]):
        rows = _rows("unsealed_anywhere", most=most)
    return rows[0][0], [chain.Entry(*row[1:]) for row in rows if row[1] is not None]


def went_back(seen: str, now: str) -> bool:
    """The count of transactions is lower than it was: the journal was restored into another database."""
    return int(now.split(":")[1]) < int(seen.split(":")[1])


def verify() -> Verdict:
    """Walk the whole chain, recompute every hash, and hold it against the anchors."""
    walk = chain.Walk()
    for link in _links():
        if broken := walk.step(link):
            return Verdict(False, walk.n, broken.entry_id, broken.why)
    if unchained := _rows("unchained"):
        return Verdict(False, walk.n, unchained[0][0], "unchained")
    for anchor in anchors.dropped():
        if [anchor.hash] != [bytes(hash) for (hash,) in _rows("link", n=anchor.n)]:
            return Verdict(False, walk.n, None, "anchor")
    return Verdict(True, walk.n)


def _links() -> Iterator[chain.Link]:
    """In pages, not by a cursor: that would hold a transaction open, and a pool in front would lose it."""
    after: int | None = 0
    while after is not None:
        rows = _rows("links", after=after, most=PAGE)
        for n, entry_id, hash, *entry in rows:
            yield chain.Link(n, entry_id, bytes(hash), None if entry[0] is None else chain.Entry(*entry))
        after = rows[-1][0] if rows else None


def _rows(name: str, **given: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql.named("firsthand.journal")[name], given)
        return list(cursor.fetchall())
