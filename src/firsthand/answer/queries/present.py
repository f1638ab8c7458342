"""How many are ready at this moment, for those who plan: numbers, of nobody in particular."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import connection

from firsthand.kernel import sql


def present() -> Mapping[str, int]:
    """By language; whoever answers in two counts in both. A language in which nobody is ready is not in it."""
    with connection.cursor() as cursor:
        cursor.execute(sql.named("firsthand.answer", "present")["present"])
        return dict(cursor.fetchall())
