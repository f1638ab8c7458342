"""What the verbs share: locking in one order (contact, then seat, then call), nudging, matching after commit."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.core.cache import cache
from django.db import connection, models, transaction

from firsthand.answer.actions.refusals import NotYours
from firsthand.answer.models import Contact
from firsthand.answer.queries.wall import WALL
from firsthand.kernel import sql
from firsthand.live import bus
from firsthand.people.models import Person


class Now(models.Func):
    """The room's clock: the database's, which a test or the demo's history may move."""

    function = "answer_now"
    output_field = models.DateTimeField()


def run(name: str, **params: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql.named("firsthand.answer")[name], params)
        return cursor.fetchall() if cursor.description else []


def locked(contact_id: int) -> Contact:
    return Contact.objects.select_for_update(of=("self",)).select_related("seat", "call").get(pk=contact_id)


def mine(contact: Contact, by: Person, *states: Contact.State) -> Contact:
    """This contact, locked, if it stands on `by`'s desk in one of these states."""
    found = locked(contact.pk)
    if found.seat is None or found.seat.person_id != by.pk or found.state not in states:
        raise NotYours
    return found


def tell(*contacts: Contact, people: Iterable[int] = ()) -> None:
    """Everything that shows these contacts, these people's desks, the queue or the room fetches itself again."""
    cache.delete(WALL)
    transaction.on_commit(lambda: cache.delete(WALL), robust=True)
    callers = (f"caller:{contact.public_id}" for contact in contacts)
    bus.touch(*callers, *(f"desk:{pk}" for pk in people), "queue", "wall", "room")


def soon(match: Callable[[int], object], pk: int) -> None:
    """Match right after the commit that made a contact or a seat available, in a transaction of its own.

    What was committed stands, whatever happens to the match: the sweeper comes by within a second.
    """
    transaction.on_commit(lambda: match(pk), robust=True)
