"""An offer is taken or declined; what expires is the sweeper's."""

from __future__ import annotations

from django.db import transaction

from firsthand.answer.actions.matching import match_contact_soon, match_seat_soon
from firsthand.answer.actions.moving import connect, requeue
from firsthand.answer.actions.refusals import NotSigned, NotYours, OfferGone
from firsthand.answer.models import Contact, Seat
from firsthand.answer.queries.rows import locked, mine
from firsthand.people.models import Person

State = Contact.State


@transaction.atomic
def take(contact: Contact, *, by: Person) -> Contact:
    """Answer. A double click is one answer: for the same person, a contact already answered is answered."""
    contact = locked(contact.pk)
    seat = contact.seat
    if seat is None or seat.person_id != by.pk or contact.state not in (State.OFFERED, State.CONNECTED):
        raise OfferGone
    if contact.state == State.OFFERED:
        if by.secrecy_signed_at is None:  # another text came into force while it rang
            raise NotSigned
        connect(contact, seat, "taken", by=by)
        contact.refresh_from_db()
    return contact


@transaction.atomic
def decline(contact: Contact, *, by: Person) -> None:
    """Not this one: it goes on to somebody else, and this seat is offered another."""
    try:
        contact = mine(contact, by, State.OFFERED)
    except NotYours:
        raise OfferGone from None
    requeue(contact, "declined", by=by, seat_state=Seat.State.READY, declined=True)
    match_contact_soon(contact.pk, by=by)
    match_seat_soon(contact.taken_by.pk, by=by)
