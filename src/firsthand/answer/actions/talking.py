"""While two people talk: hold, resume, hang up; and calling back."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction

from firsthand.answer.actions.matching import match_seat_soon
from firsthand.answer.actions.moving import requeue, wrap_up
from firsthand.answer.actions.refusals import NotYours
from firsthand.answer.models import Contact, ContactEvent, Seat
from firsthand.answer.nudges import tell
from firsthand.answer.queries.clock import Now
from firsthand.answer.queries.rows import mine
from firsthand.people.models import Person
from firsthand.voice import actions as voice
from firsthand.voice.models import Call, Leg, Mode

State = Contact.State
# Somebody who asked to be called and did not pick up is called again, so often and after so long.
CALLS = 3
CALL_AGAIN = timedelta(minutes=30)


@transaction.atomic
def hold(contact: Contact, *, by: Person) -> None:
    """The caller hears that it is on hold, and hears when the helper is back."""
    _mode(contact, Mode.HOLD, by)


@transaction.atomic
def resume(contact: Contact, *, by: Person) -> None:
    _mode(contact, Mode.TALK, by)


def _mode(contact: Contact, mode: Mode, by: Person) -> None:
    contact = mine(contact, by, State.CONNECTED)
    if contact.call is None or contact.call.ended_at:
        raise NotYours
    if contact.call.mode != mode:
        voice.set_mode(contact.call, mode, by=by)
        tell(contact, people=[by.pk])


@transaction.atomic
def hang_up(contact: Contact, *, by: Person) -> None:
    """The helper ends the call; wrap-up ends when the helper says so. Twice is once."""
    contact = mine(contact, by, State.CONNECTED, State.WRAP_UP)
    if contact.state == State.WRAP_UP:
        return
    wrap_up(contact, "hung_up", by=by)
    if contact.call and not contact.call.ended_at:
        voice.end(contact.call, Leg.Role.HELPER, by=by)


@transaction.atomic
def audible(call: Call, *, by: Person | None = None) -> None:
    """Both hear each other: the talk clock starts, once."""
    Contact.objects.filter(call=call, talk_at=None).update(talk_at=Now())
    for contact in Contact.objects.filter(call=call, state=State.CONNECTED).select_related("seat"):
        tell(contact, people=[contact.seat.person_id] if contact.seat else [])


@transaction.atomic
def reached(contact: Contact, *, by: Person) -> None:
    """The person to be called back is on the helper's telephone: the talk clock starts."""
    contact = mine(contact, by, State.CONNECTED)
    Contact.objects.filter(pk=contact.pk, talk_at=None).update(talk_at=Now())
    tell(contact, people=[by.pk])


@transaction.atomic
def not_reached(contact: Contact, *, by: Person) -> None:
    """Nobody picked up: it is tried again later, by whoever is free then; after the last try the helper
    closes it.
    """
    contact = mine(contact, by, State.CONNECTED)
    if not contact.is_callback or contact.seat_id is None:
        raise NotYours
    tried = ContactEvent.objects.filter(contact_id=contact.pk, why="not_reached").count()
    if tried + 1 >= CALLS:
        wrap_up(contact, "not_reached", by=by)
        return
    requeue(contact, "not_reached", by=by, seat_state=Seat.State.READY)
    Contact.objects.filter(pk=contact.pk).update(paused=True, wake_at=Now() + CALL_AGAIN)
    match_seat_soon(contact.seat_id, by=by)
