"""Which pages show what has changed."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction

from firsthand.answer.models import Contact
from firsthand.answer.queries.memo import memo
from firsthand.answer.queries.wall import WALL
from firsthand.live import bus


def tell(*contacts: Contact, people: Iterable[int] = ()) -> None:
    """Whatever shows these contacts, these people's desks, the queue or the room fetches itself again."""
    memo.delete(WALL)
    transaction.on_commit(lambda: memo.delete(WALL), robust=True)
    callers = (f"caller:{contact.public_id}" for contact in contacts)
    bus.touch(*callers, *(f"desk:{pk}" for pk in people), "queue", "wall", "room")
