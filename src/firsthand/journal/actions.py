"""Write down who did or looked at what, in the caller's transaction."""

from typing import Any

from django.db import connection, models

from firsthand.kernel import sql


def record(verb: str, thing: models.Model, *, by: Any, **details: int | str | bool | None) -> None:
    """`details` hold ids and codes, never a name, a number or a word of a caller. `by=None` is the house itself."""
    with connection.cursor() as cursor:
        cursor.execute(
            sql.named("firsthand.journal")["record"],
            {
                "actor": by.pk if by else None,
                "verb": verb,
                "kind": thing._meta.label_lower,
                "object": str(thing.pk),
                "details": _json(details),
            },
        )


def _json(details: dict[str, Any]) -> str:
    import json

    return json.dumps(details, sort_keys=True)
