"""Why somebody opened what was sealed, in their own words: for the officer, beside the read."""

from __future__ import annotations

from collections.abc import Collection
from datetime import timedelta

from firsthand.protect.models import Opening, Read, What

# An opening is written in the moment after its read (sql/access.sql).
MOMENT = timedelta(minutes=1)


def reasons(reads: Collection[Read]) -> dict[int, str]:
    """By read. One question, and none if nothing sealed is among them; opened for a request, nobody was asked why."""
    sealed = [read for read in reads if read.what == What.CONFIDENCE and read.contact_id]
    if not sealed:
        return {}
    openings = Opening.objects.filter(
        contact_id__in={read.contact_id for read in sealed},
        opened_by__in={read.actor_id for read in sealed},
        opened_at__gte=min(read.at for read in sealed),
        opened_at__lte=max(read.at for read in sealed) + MOMENT,
    )
    said = list(openings.order_by("opened_at", "pk"))
    return {read.id: _of(read, said) for read in sealed}


def _of(read: Read, said: Collection[Opening]) -> str:
    for one in said:
        same = one.contact_id == read.contact_id and one.opened_by_id == read.actor_id
        if same and read.at <= one.opened_at <= read.at + MOMENT:
            return one.reason
    return ""
