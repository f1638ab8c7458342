"""Which pages show what has changed."""

from __future__ import annotations

from collections.abc import Iterable, Sized
from uuid import UUID

from django.db import transaction

from firsthand.answer.models import Contact
from firsthand.answer.queries.memo import memo
from firsthand.answer.queries.wall import WALL
from firsthand.live import bus

# What shows all contacts together.
ROOMS = ["queue", "wall", "room"]


def tell(*contacts: Contact, callers: Iterable[UUID] = (), people: Iterable[int] = ()) -> None:
    """Whatever shows these contacts, callers, desks, the queue or the room fetches itself again."""
    _forget()
    pages = [*callers, *(contact.public_id for contact in contacts)]
    bus.touch(*(f"caller:{page}" for page in pages), *(f"desk:{pk}" for pk in people), *ROOMS)


def told(pairs: Sized) -> bool:
    """A statement of this room has made these offers, and put the nudges for them into the outbox itself."""
    if pairs:
        _forget()
        bus.ring_after_commit()
    return bool(pairs)


def _forget() -> None:
    memo.delete(WALL)
    transaction.on_commit(lambda: memo.delete(WALL), robust=True)
