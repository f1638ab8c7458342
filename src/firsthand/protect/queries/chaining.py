"""Whether the journal and the read log are complete and unchanged."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.core.cache import cache
from django.utils import timezone

from firsthand.journal import anchors
from firsthand.journal import queries as journal
from firsthand.journal.ledger import Ledger, ledgers

# Checking a chain reads all of it; a page shows the verdict of the last quarter of an hour.
CHAIN_SECONDS = 15 * 60
KEPT = "protect.chains"


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
    )


def _together(each: list[Chain]) -> Chain:
    broken = next((chain for chain in each if not chain.ok), None)
    return Chain(
        broken.name if broken else "all",
        broken is None,
        sum(chain.checked for chain in each),
        min(chain.at for chain in each),
    )
