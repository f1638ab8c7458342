"""The room's time: the database's."""

from __future__ import annotations

from datetime import datetime

from django.db import connection, models
from django.utils import timezone


class Now(models.Func):
    """The room's clock in an expression."""

    function = "answer_now"
    output_field = models.DateTimeField()


def now_and_today() -> tuple[datetime, datetime]:
    """Now, and when today began where the insurer is. Fetched first, so that the statements that follow have
    real times in them: with a function there the planner would read ten million rows instead of today's."""
    with connection.cursor() as cursor:
        zone = timezone.get_default_timezone_name()
        cursor.execute("SELECT t, date_trunc('day', t, %s) FROM (SELECT answer_now() AS t) AS clock", [zone])
        now, today = cursor.fetchone()
    return now, today


def now() -> datetime:
    with connection.cursor() as cursor:
        cursor.execute("SELECT answer_now()")
        moment: datetime = cursor.fetchone()[0]
    return moment
