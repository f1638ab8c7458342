"""The contact is over: the file closes, the seat is free."""

from __future__ import annotations

from django.db import transaction

from firsthand.answer.actions.cases import at_last_a_case
from firsthand.answer.actions.matching import match_seat_soon
from firsthand.answer.actions.noting import note_down
from firsthand.answer.actions.refusals import NotYours, StillTalking
from firsthand.answer.models import Contact, Seat
from firsthand.answer.nudges import tell
from firsthand.answer.queries.clock import Now
from firsthand.answer.queries.rows import locked
from firsthand.people.models import Person
from firsthand.protect import actions as protect
from firsthand.protect.models import Field

State = Contact.State


@transaction.atomic
def close(contact: Contact, *, solved: bool, then_away: bool = False, by: Person) -> None:
    """Done, when the helper says so. A double click closes once."""
    contact = locked(contact.pk)
    if contact.seat is None or contact.seat.person_id != by.pk:
        raise NotYours
    if contact.state == State.CLOSED:
        return
    if contact.state != State.WRAP_UP:
        raise StillTalking
    shut(contact, "closed", solved=solved, by=by, away_why=Seat.Away.SAID if then_away else "")


def shut(contact: Contact, why: str, *, solved: bool | None, by: Person | None, away_why: str) -> None:
    """The contact is locked and in wrap-up."""
    at_last_a_case(contact, by=by)
    note_down(contact, contact.member, by=contact.taken_by.person)
    if away_why:
        Seat.objects.filter(pk=contact.taken_by.pk).update(
            state=Seat.State.AWAY, away_why=away_why, ready_at=None
        )
    else:
        Seat.objects.filter(pk=contact.taken_by.pk).update(state=Seat.State.READY, ready_at=Now())
        match_seat_soon(contact.taken_by.pk, by=by)
    Contact.objects.filter(pk=contact.pk).update(
        state=State.CLOSED,
        solved=solved,
        note_words="",
        needed=[one for one in contact.needed if one["field"] != Field.NOTE],
        closed_at=Now(),
        wake_at=None,
        moved_why=why,
        moved_by=by,
    )
    protect.close_file(contact.pk, by=by)
    tell(contact, people=[contact.taken_by.person_id])
