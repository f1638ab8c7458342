"""How many called on a day, as planning wants to know it: counts and means, of nobody in particular."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from django.db import connection
from django.utils.timezone import get_default_timezone

from firsthand.kernel import sql
from firsthand.plan.registry import Counted

MINUTES = 15


def volumes_of(day: date) -> Sequence[Counted]:
    """A local day, also one of 23 or 25 hours, in quarters of an hour; what nobody called in is left out."""
    with connection.cursor() as cursor:
        cursor.execute(
            sql.named("firsthand.answer", "volumes")["counted"],
            {"first": _midnight(day), "last": _midnight(day + timedelta(days=1))},
        )
        return [
            Counted(
                language,
                topic,
                at,
                MINUTES,
                offered,
                answered,
                abandoned,
                None if aht is None else float(aht),
            )
            for language, topic, at, offered, answered, abandoned, aht in cursor.fetchall()
        ]


def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=get_default_timezone())
