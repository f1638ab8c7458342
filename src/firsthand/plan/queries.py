"""The front weeks."""

from __future__ import annotations

from datetime import date

from firsthand.plan.models import FrontWeek


def front_week(on: date) -> FrontWeek | None:
    """The front week a day belongs to: at most one, for they do not overlap."""
    return FrontWeek.objects.filter(starts_on__lte=on, ends_on__gte=on).first()
