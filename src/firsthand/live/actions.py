"""What the worker does for the stream."""

from typing import Any

from django.db import connection

from firsthand.kernel import sql


def tidy(*, by: Any = None) -> int:
    """Forget what every hub has long read: rows older than two minutes."""
    return _run("tidy")


def beat(*, by: Any = None) -> None:
    """Note that the web is serving. The hub does this every two seconds on its own connection."""
    _run("beat")


def _run(name: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(sql.named("firsthand.live")[name])
        return int(cursor.rowcount)
