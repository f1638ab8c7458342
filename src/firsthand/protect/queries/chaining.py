"""Whether the journal and the read log are complete and unchanged."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime

from django.core.cache import cache
from django.utils import timezone

from firsthand.journal import anchors
from firsthand.journal import queries as journal
from firsthand.journal.ledger import Ledger, ledgers
from firsthand.kernel.keeping import Says
from firsthand.protect.models import READS, TERMS

# Checking a chain reads all of it; a page shows the verdict of the last quarter of an hour.
CHAIN_SECONDS = 15 * 60
KEPT = "protect.chains"


@dataclass(frozen=True)
class Cut:
    """Old months of one log that went."""

    says: Says
    since: date  # it is whole from this day on
    on: date  # when the last of them went
    gone: int
    held: int  # older entries that stay for a legal hold


@dataclass(frozen=True)
class Chain:
    """One ledger, or all of them together."""

    name: str
    ok: bool
    checked: int
    at: datetime
    broken_at: int | None = None
    why: str = ""
    anchored: str = ""  # the day of the newest anchor
    cuts: tuple[Cut, ...] = ()


def older_looks() -> Cut | None:
    """Until when what anybody looked at is not told any more. For everybody who may tell a member who looked."""
    return next(iter(cuts(READS.entries)), None)


def chains() -> list[Chain]:
    """Each ledger's chain as of the last check; checked now if nobody did in the last quarter of an hour."""
    kept: list[Chain] | None = cache.get(KEPT)
    if kept is None:
        kept = [_checked(ledger) for ledger in ledgers()]
        cache.set(KEPT, kept, CHAIN_SECONDS)
    return kept


def check() -> Chain:
    """All together. Long with many entries: the page asks for it apart."""
    return _together(chains())


def last_check() -> Chain | None:
    """All together as of the last check; None if that is too long ago."""
    kept: list[Chain] | None = cache.get(KEPT)
    return _together(kept) if kept else None


def _checked(ledger: Ledger) -> Chain:
    verdict = journal.verify(ledger)
    days = [anchor.day for anchor in anchors.dropped(ledger)]
    return Chain(
        ledger.name,
        verdict.ok,
        verdict.checked,
        timezone.now(),
        verdict.broken_at,
        verdict.why,
        max(days, default=""),
        cuts(ledger.entries),
    )


def _together(each: list[Chain]) -> Chain:
    broken = next((chain for chain in each if not chain.ok), None)
    return Chain(
        broken.name if broken else "all",
        broken is None,
        sum(chain.checked for chain in each),
        min(chain.at for chain in each),
        cuts=tuple(cut for chain in each for cut in chain.cuts),
    )


def cuts(table: str) -> tuple[Cut, ...]:
    """None or one: what went of this table, altogether."""
    records = journal.closings(table)
    if not records:
        return ()
    last = records[-1]
    # A month begins in UTC, as its partition does.
    since, on = last.until.astimezone(UTC).date(), timezone.localtime(last.at).date()
    return (Cut(TERMS[last.clock].says, since, on, sum(one.gone for one in records), last.held),)
