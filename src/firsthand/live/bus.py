"""What changed, told to every open page: an outbox row in the action's transaction, a bare wake-up after it.

NOTIFY inside a busy transaction would serialise every commit of the database; a row does not.
"""

import json
import time
from typing import Any

from django.db import connection, transaction

from firsthand.kernel import sql
from firsthand.live.pure.mail import checked

# A process that rang this short a time ago need not ring again: a hub reads `hub.COALESCE` (50 ms) after it
# heard the ring, so what was committed up to 20 ms after the ring was sent is in that read already.
HUSH = 0.02
_rang = float("-inf")


def touch(*topics: str) -> None:
    """Tell every page that shows one of these topics to fetch its part again. Ids only: no personal data."""
    _put(list(dict.fromkeys(topics)), None)


def send(topic: str, message: dict[str, Any]) -> None:
    """Carry a message of call signalling to the one page that listens to `topic`."""
    _put([topic], json.dumps(message))


def _put(topics: list[str], message: str | None) -> None:
    rows: dict[str, Any] = {
        "topics": [checked(topic) for topic in topics],
        "messages": [message] * len(topics),
    }
    with connection.cursor() as cursor:
        cursor.execute(sql.named("firsthand.live")["put"], rows)
    ring_after_commit()


def ring_after_commit() -> None:
    """For whoever puts rows into the outbox within a statement of their own; `touch` and `send` do it themselves.

    Robust: a ring that fails costs a moment (hubs also look without one), never the action that succeeded.
    """
    transaction.on_commit(_ring, robust=True)


def _ring() -> None:
    global _rang  # noqa: PLW0603  one bell for the process, whichever thread pulls it
    now = time.monotonic()
    if now - _rang < HUSH:
        return
    # Noted before it is sent: noted after, a slow NOTIFY would let others count on a read that is over.
    _rang = now
    with connection.cursor() as cursor:
        cursor.execute(sql.named("firsthand.live")["ring"])
