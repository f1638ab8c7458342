"""Since when the house has been reachable, and what a returning page has missed."""

from collections.abc import Iterable
from datetime import datetime

from django.db import connection

from firsthand.kernel import sql
from firsthand.live.pure.mail import News


def serving_since() -> datetime | None:
    """Since when some web process has served without a gap; None while none does.

    Whoever judges a silent page to be lost asks this first: nobody could be heard while the web was dead.
    """
    with connection.cursor() as cursor:
        cursor.execute(sql.named("firsthand.live")["serving"])
        row = cursor.fetchone()
    return row[0] if row else None


def missed(topics: Iterable[str], since: str) -> list[News]:
    """The messages that became visible after the snapshot `since`."""
    with connection.cursor() as cursor:
        cursor.execute(sql.named("firsthand.live")["missed"], {"topics": list(topics), "since": since})
        return [News(*row) for row in cursor.fetchall()]
