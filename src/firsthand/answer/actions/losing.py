"""Pages fall silent and come back: a closed tab, a lost network, a laptop asleep. See decisions/0008."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction

from firsthand.answer.actions.arriving import caller_hung_up, give_up
from firsthand.answer.actions.matching import match_contact_soon, match_seat_soon
from firsthand.answer.actions.moving import LOOK_AGAIN, connect, requeue, wrap_up
from firsthand.answer.models import Contact, Seat
from firsthand.answer.nudges import tell
from firsthand.answer.queries.clock import Now
from firsthand.answer.queries.rows import locked
from firsthand.people.models import Person
from firsthand.voice.models import Leg

State = Contact.State
# With the 12 s after which a page counts as lost: 20 s in which a reload brings the same call back.
HOLD = timedelta(seconds=8)
RETURN = timedelta(seconds=20)


@transaction.atomic
def helper_silent(contact: Contact, *, by: Person | None = None) -> None:
    """The helper's page is lost: the contact waits at its old place, and for some seconds for this very
    helper.
    """
    contact = locked(contact.pk)
    if contact.state == State.OFFERED:
        requeue(contact, "helper_lost", by=by, seat_state=Seat.State.AWAY, away_why=Seat.Away.LOST)
        match_contact_soon(contact.pk, by=by)
    elif contact.state == State.CONNECTED:
        requeue(contact, "helper_lost", by=by, seat_state=Seat.State.AWAY, away_why=Seat.Away.LOST, hold=HOLD)


@transaction.atomic
def give_back(contact_id: int, *, by: Person | None = None) -> bool:
    """The helper for whom a contact is held has a page again, and a leg that can be heard: they go on
    talking.
    """
    contact = locked(contact_id)
    if contact.held_for_id is None or contact.paused or _helper_unheard(contact):
        return False
    # Locked, too: a seat whose person said "ready" meanwhile may be offered something else at this moment.
    seat = Seat.objects.select_for_update(of=("self",)).select_related("person").get(pk=contact.held_for_id)
    if seat.busy or (contact.shielded and seat.decides) or seat.person_id in contact.kept_from:
        return False
    connect(contact, seat, "helper_back", by=seat.person)
    return True


def _helper_unheard(contact: Contact) -> bool:
    """The page is there and its sound is not: given back now, the caller would talk to nobody."""
    legs = contact.call.legs.open() if contact.call else Leg.objects.none()
    return legs.filter(role=Leg.Role.HELPER, lost_at__isnull=False).exists()


@transaction.atomic
def helper_back(contact: Contact, *, by: Person | None = None) -> None:
    give_back(contact.pk, by=by)


@transaction.atomic
def caller_silent(contact: Contact, *, by: Person | None = None) -> None:
    """The caller's page is lost: it keeps its place and is not offered. In conversation, the helper sees
    it.
    """
    contact = locked(contact.pk)
    seat = contact.seat
    if contact.state == State.OFFERED and seat is not None:
        requeue(contact, "caller_silent", by=by, seat_state=Seat.State.READY)
        match_seat_soon(seat.pk, by=by)
    if contact.state in (State.WAITING, State.OFFERED):
        Contact.objects.filter(pk=contact.pk).update(paused=True)
    tell(contact, people=[seat.person_id] if seat else [])


@transaction.atomic
def caller_gone(contact: Contact, *, by: Person | None = None) -> None:
    """Nobody waits any longer for the caller's page. Both moves can be taken back if it returns after all."""
    contact = locked(contact.pk)
    if contact.state in (State.WAITING, State.OFFERED):
        give_up(contact, why="caller_lost")
    elif contact.state == State.CONNECTED and not contact.is_callback:
        wrap_up(contact, "caller_lost", by=None)


@transaction.atomic
def caller_back(contact: Contact, *, by: Person | None = None) -> None:
    """The caller's page is back: in its old place, or in the conversation it had."""
    contact = locked(contact.pk)
    seat = contact.seat
    if contact.state in (State.WAITING, State.CALLBACK):
        Contact.objects.filter(pk=contact.pk, state=State.WAITING).update(paused=False)
        match_contact_soon(contact.pk, by=by)
    elif contact.state == State.ABANDONED and not _over(contact):
        _wait_again(contact, by)
    elif (
        contact.state == State.WRAP_UP and contact.moved_why == "caller_lost" and seat and not _over(contact)
    ):
        Seat.objects.filter(pk=seat.pk).update(state=Seat.State.TALKING)
        Contact.objects.filter(pk=contact.pk).update(
            state=State.CONNECTED,
            moved_why="caller_back",
            moved_by=None,
            hung_up_at=None,
            wake_at=Now() + LOOK_AGAIN,
        )
    tell(contact, people=[seat.person_id] if seat else [])


def _over(contact: Contact) -> bool:
    """Who comes back after the carrier has ended the call makes a new one."""
    return contact.call is not None and contact.call.ended_at is not None


def _wait_again(contact: Contact, by: Person | None) -> None:
    """Only somebody who was lost, not somebody who hung up, and not for ever."""
    lost = Contact.objects.filter(pk=contact.pk, moved_why="caller_lost", closed_at__gt=Now() - RETURN)
    again = lost.update(
        state=State.WAITING, moved_why="caller_back", closed_at=None, wake_at=Now() + LOOK_AGAIN, paused=False
    )
    if again:
        match_contact_soon(contact.pk, by=by)


@transaction.atomic
def call_over(contact: Contact, ended_by: str, *, by: Person | None = None) -> None:
    """The carrier says the call has ended. Who hung up has often been written already: then nothing
    changes.
    """
    contact = locked(contact.pk)
    if ended_by == Leg.Role.CUSTOMER:
        caller_hung_up(contact, by=by)
    elif ended_by == Leg.Role.HELPER and contact.state == State.CONNECTED:
        wrap_up(contact, "hung_up", by=contact.seat.person if contact.seat else None)
    else:
        caller_gone(contact, by=by)
