"""Somebody calls, waits, asks to be called back, or hangs up."""

from __future__ import annotations

from django.conf import settings
from django.db import transaction

from firsthand.answer.actions.matching import match_contact_soon, match_seat_soon
from firsthand.answer.actions.moving import wrap_up
from firsthand.answer.actions.noting import note_down
from firsthand.answer.actions.refusals import BadPhone, TooLate
from firsthand.answer.models import Contact, Seat
from firsthand.answer.nudges import tell
from firsthand.answer.pure.phone import to_call
from firsthand.answer.queries.clock import Now
from firsthand.answer.queries.rows import last_talked, locked
from firsthand.answer.queries.shielding import kept, unkept
from firsthand.members.pure import phones
from firsthand.people.models import Person
from firsthand.protect import actions as protect
from firsthand.voice import actions as voice
from firsthand.voice.models import Leg

State = Contact.State


@transaction.atomic
def arrive(
    *,
    language: str,
    topic: str = "",
    name: str = "",
    phone: str = "",
    carrier: str = "browser",
    synthetic: bool = False,
    by: Person | None = None,
) -> Contact:
    """A call comes in. What the caller typed is kept as a guess; a number that is none is not kept."""
    call, _ = voice.start(carrier=carrier, by=by)
    contact = Contact.objects.create(
        language=language,
        topic=topic,
        synthetic=synthetic,
        call=call,
        caller_name=protect.screened_name(name, language=language)[:120],
        caller_phone=phones.e164(phone, settings.COUNTRY),
        **(unkept() if synthetic else kept(phone=phone, name=name)),
    )
    contact.refresh_from_db()
    tell(contact)
    match_contact_soon(contact.pk, by=by)
    return contact


@transaction.atomic
def ask_callback(contact: Contact, phone: str, *, by: Person | None = None) -> None:
    """The caller hangs up and keeps the place: it is called back when its turn comes."""
    number = to_call(phone, settings.COUNTRY)
    if not number:
        raise BadPhone
    contact = locked(contact.pk)
    if contact.state not in (State.WAITING, State.OFFERED):
        raise TooLate
    seat = _free(contact, by=by)
    # Whoever picks up then is asked who they are, also when somebody had verified them in this call.
    asked_anew = {"member": None, "verify_tries": 0}
    apart = unkept() if contact.synthetic else kept(contact, phone=number)
    called_back = {"callback_phone": number, "paused": False, **asked_anew, **apart}
    _move(contact, State.CALLBACK, "asked_callback", by, **called_back)
    if contact.call and not contact.call.ended_at:
        voice.end(contact.call, Leg.Role.CUSTOMER, by=by)
    tell(contact, people=[seat.person_id] if seat else [])
    match_contact_soon(contact.pk, by=by)


@transaction.atomic
def give_up(contact: Contact, *, by: Person | None = None, why: str = "gave_up") -> None:
    """The caller does not wait any longer, or does not want to be called back after all. Twice is once."""
    contact = locked(contact.pk)
    if contact.state == State.ABANDONED:
        return
    if contact.state not in (State.WAITING, State.OFFERED, State.CALLBACK):
        raise TooLate
    seat = _free(contact, by=by)
    # After a conversation that was cut off nobody has the file open: the note stays with the contact.
    if helper := last_talked(contact):
        note_down(contact, None, by=helper)
    ended = {"closed_at": Now(), "wake_at": None, "held_for": None, "held_until": None, "note_words": ""}
    _move(contact, State.ABANDONED, why, by, **ended)
    if contact.call and not contact.call.ended_at and why != "caller_lost":
        voice.end(contact.call, Leg.Role.CUSTOMER, by=by)
    tell(contact, people=[seat.person_id] if seat else [])


@transaction.atomic
def caller_hung_up(contact: Contact, *, by: Person | None = None) -> None:
    """Before somebody answered it is given up; after, the helper wraps up. Later, and twice, it changes
    nothing.
    """
    contact = locked(contact.pk)
    if contact.state in (State.WAITING, State.OFFERED):
        give_up(contact, by=by, why="caller_hung_up")
    elif contact.state == State.CONNECTED and not contact.is_callback:
        wrap_up(contact, "caller_hung_up", by=by)


def _free(contact: Contact, *, by: Person | None) -> Seat | None:
    """The seat that was being offered this contact is ready again, and keeps its place among the idle."""
    seat = contact.seat
    if seat is not None:
        Seat.objects.filter(pk=seat.pk).update(state=Seat.State.READY)
        match_seat_soon(seat.pk, by=by)
    return seat


def _move(contact: Contact, state: str, why: str, by: Person | None, **more: object) -> None:
    Contact.objects.filter(pk=contact.pk).update(
        state=state, seat=None, offered_at=None, moved_why=why, moved_by=by, **more
    )
