"""Drafts of a roster, and which of them came too late."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Max

from firsthand.plan.models import FrontWeek, Roster
from firsthand.plan.models.forecasts import State
from firsthand.plan.queries import weeks

SHOWN = 5


def of(week: FrontWeek) -> list[Roster]:
    """Those that were worked out, the newest first."""
    rows = Roster.objects.filter(week=week, published_at=None, state__in=[State.DONE, State.STOPPED])
    return list(rows[:SHOWN])


def settled_at(week: FrontWeek) -> datetime | None:
    """When a roster was last published or, once it held, changed. A draft begun earlier knows nothing of that."""
    holds = weeks.published(week)
    if holds is None:
        return None
    changed: datetime | None = holds.moves.aggregate(last=Max("at"))["last"]
    return max(filter(None, (holds.published_at, changed)))
