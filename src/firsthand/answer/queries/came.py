"""Who came to a front week that is over: a number, of nobody in particular."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import connection

from firsthand.kernel import sql
from firsthand.plan.registry import Span


def came(spans: Sequence[Span]) -> int:
    """Half-days on which somebody answered at least one call, summed over people."""
    with connection.cursor() as cursor:
        cursor.execute(
            sql.named("firsthand.answer", "came")["came"],
            {"starts": [begin for begin, _ in spans], "ends": [end for _, end in spans]},
        )
        return int(cursor.fetchone()[0])
