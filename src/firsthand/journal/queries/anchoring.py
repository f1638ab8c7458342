from __future__ import annotations

from firsthand.journal import anchors
from firsthand.journal.ledger import Ledger
from firsthand.journal.queries.chain import rows


def fits(ledger: Ledger) -> bool:
    """Whether the chain still is the one of which the anchors were kept."""
    return all(
        [anchor.hash] == [bytes(hash) for (hash,) in rows(ledger, "link", n=anchor.n)]
        for anchor in anchors.dropped(ledger)
    )
