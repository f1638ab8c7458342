"""The second opinion on a chain: link by link in Python, with nothing but `hashlib`. Slow, independent."""

from __future__ import annotations

from collections.abc import Iterator

from firsthand.journal.ledger import JOURNAL, Ledger
from firsthand.journal.pure import chain
from firsthand.journal.queries import months
from firsthand.journal.queries.anchoring import fits
from firsthand.journal.queries.chain import entry, rows
from firsthand.kernel import zones

PAGE = 5000


@zones.within(zones.PROTECTION)
def walk(ledger: Ledger = JOURNAL) -> chain.Verdict:
    """Go along the whole chain, recompute every hash, and hold it against the anchors."""
    begun = months.start(ledger)
    verdict = _walked(ledger, begun)
    if not verdict.ok and months.start(ledger) != begun:
        return walk(ledger)  # old months went while we looked
    return verdict


def _walked(ledger: Ledger, begun: months.Start) -> chain.Verdict:
    walking = chain.Walk(*begun)
    for link in _links(ledger):
        if broken := walking.step(link):
            return chain.Verdict(False, walking.n - begun[0], broken.entry_id, broken.why)
    if unchained := rows(ledger, "unchained"):
        return chain.Verdict(False, walking.n - begun[0], unchained[0][0], "unchained")
    why = months.wrong(ledger) or ("" if fits(ledger) else "anchor")
    return chain.Verdict(not why, walking.n - begun[0], None, why)


def _links(ledger: Ledger) -> Iterator[chain.Link]:
    """In pages, not by a cursor: that would hold a transaction open, and a pool in front would lose it."""
    after: int | None = 0
    while after is not None:
        found = rows(ledger, "links", after=after, most=PAGE)
        for n, entry_id, hash, *rest in found:
            yield chain.Link(n, entry_id, bytes(hash), None if rest[0] is None else entry(tuple(rest)))
        after = found[-1][0] if found else None
