"""What changed, told to every open page: an outbox row in the action's transaction, a bare wake-up after it.

NOTIFY inside a busy transaction would serialise every commit of the database; a row does not.
"""

import json
from typing import Any

from django.db import connection, transaction

from firsthand.kernel import sql

CHANNEL = "firsthand_live"


def touch(*topics: str) -> None:
    """Tell every page that shows one of these topics to fetch its part again. Ids only: no personal data."""
    _put([(topic, None) for topic in topics])


def send(topic: str, message: dict[str, Any]) -> None:
    """Carry a message of call signalling to the one page that listens to `topic`."""
    _put([(topic, json.dumps(message))])


def _put(rows: list[tuple[str, str | None]]) -> None:
    with connection.cursor() as cursor:
        cursor.executemany(sql.named("firsthand.live")["put"], rows)
    transaction.on_commit(_ring)


def _ring() -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"NOTIFY {CHANNEL}")
