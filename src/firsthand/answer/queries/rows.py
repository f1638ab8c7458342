"""Rows under lock, in one order everywhere: contact, then seat, then call."""

from __future__ import annotations

from typing import Any

from django.db import connection
from django.utils.translation import gettext_lazy as _

from firsthand.answer.models import Contact, ContactEvent
from firsthand.kernel import sql
from firsthand.kernel.refusal import Refusal
from firsthand.people.models import Person
from firsthand.voice.models import Call


class NotYours(Refusal):
    says = _("This contact is not on your desk any more. What you had saved is kept with it.")


def run(name: str, **params: Any) -> list[tuple[Any, ...]]:
    """A named statement of this room."""
    with connection.cursor() as cursor:
        cursor.execute(sql.named("firsthand.answer")[name], params)
        return cursor.fetchall() if cursor.description else []


def locked(contact_id: int) -> Contact:
    contacts = Contact.objects.select_for_update(of=("self",)).select_related(
        "seat__person", "call", "member", "concern"
    )
    return contacts.get(pk=contact_id)


def mine(contact: Contact, by: Person, *states: str) -> Contact:
    """This contact, locked, if it stands on `by`'s desk in one of these states."""
    found = locked(contact.pk)
    if found.seat is None or found.seat.person_id != by.pk or found.state not in states:
        raise NotYours
    return found


def of_call(call: Call) -> Contact | None:
    """The contact of a call, locked."""
    pk = Contact.objects.filter(call=call).values_list("pk", flat=True).first()
    return locked(pk) if pk else None


def last_talked(contact: Contact) -> Person | None:
    """Who was last in conversation in this contact, also when it has left their seat."""
    talked = ContactEvent.objects.filter(contact_id=contact.pk, state=Contact.State.CONNECTED)
    seat = talked.order_by("-version").values_list("seat_id", flat=True).first()
    return Person.objects.filter(seat=seat).first() if seat else None
