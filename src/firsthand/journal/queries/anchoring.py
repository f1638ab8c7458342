from __future__ import annotations

from datetime import date

from django.utils import timezone

from firsthand.journal import anchors
from firsthand.journal.anchors import Anchor
from firsthand.journal.ledger import Ledger
from firsthand.journal.pure.closing import Closing
from firsthand.journal.queries.chain import rows
from firsthand.journal.queries.months import closings


def fits(ledger: Ledger) -> bool:
    """Whether the chain, and the records of what went from it, still are those of which anchors were kept."""
    records = closings(ledger.entries)
    return all(
        _told(anchor, records) and _there(ledger, anchor, records) for anchor in anchors.dropped(ledger)
    )


def _told(anchor: Anchor, records: list[Closing]) -> bool:
    """The anchor knows each record of the days before it, and knows it as it stands: else somebody wrote one
    later and dated it back."""
    known = records[: anchor.closing]
    if len(known) < anchor.closing or (known and known[-1].seal != anchor.seal):
        return False
    return all(str(_day(one)) >= anchor.day for one in records[anchor.closing :])


def _there(ledger: Ledger, anchor: Anchor, records: list[Closing]) -> bool:
    last = (records[-1].last or 0) if records else 0
    if anchor.n > last:
        return [anchor.hash] == [bytes(hash) for (hash,) in rows(ledger, "link", n=anchor.n)]
    # Gone with its month. Where a cut was made, its hash is still known.
    return anchor.n > 0 and all(one.hash == anchor.hash for one in records if one.last == anchor.n)


def _day(one: Closing) -> date:
    return timezone.localtime(one.at).date()
