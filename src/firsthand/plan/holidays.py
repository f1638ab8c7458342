"""The public holidays this insurer keeps (FIRSTHAND_COUNTRY, FIRSTHAND_REGION)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.conf import settings

from firsthand.plan.pure import public_holidays


def between(first: date, last: date, language: str = "") -> Mapping[date, str]:
    """The days off from `first` to `last`, both included, with their names; those of the country's own language."""
    place = f"{settings.COUNTRY}-{settings.REGION}".rstrip("-")
    return public_holidays.between(place, first, last, language)
