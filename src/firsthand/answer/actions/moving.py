"""The moves that several verbs share. The contact is locked by whoever calls them."""

from __future__ import annotations

from datetime import timedelta

from django.db.models.functions import Coalesce

from firsthand.answer.models import Contact, Seat
from firsthand.answer.nudges import tell
from firsthand.answer.queries.clock import Now
from firsthand.answer.queries.rows import run
from firsthand.people.models import Person
from firsthand.protect import actions as protect
from firsthand.voice import actions as voice
from firsthand.voice.models import Leg

# When the sweeper looks again at what nothing is due for: an open contact always has such a moment.
LOOK_AGAIN = timedelta(minutes=30)


def connect(contact: Contact, seat: Seat, why: str, *, by: Person) -> None:
    """Contact and seat go into conversation together. A file that was open without a call closes."""
    protect.close_opened(by=by)
    Seat.objects.filter(pk=seat.pk).update(state=Seat.State.TALKING, ready_at=None, seen_at=Now())
    Contact.objects.filter(pk=contact.pk).update(
        state=Contact.State.CONNECTED,
        seat=seat,
        moved_why=why,
        moved_by=by,
        # The first answer counts for "answered in time", whoever goes on with it.
        connected_at=Coalesce("connected_at", Now()),
        wake_at=Now() + LOOK_AGAIN,
        held_for=None,
        held_until=None,
    )
    if contact.is_callback:
        protect.call_back(contact.pk, contact.member, by=by)
    if contact.call and not contact.call.ended_at:
        if not contact.call.legs.open().filter(role=Leg.Role.HELPER, person=by).exists():
            voice.join(contact.call, Leg.Role.HELPER, by, by=by)
        if contact.member:
            # Verified in this same call, by the helper who lost it: the caller is not asked again.
            protect.open_file(contact.pk, contact.member, by=by)
    tell(contact, people=[by.pk])


def wrap_up(contact: Contact, why: str, *, by: Person | None) -> None:
    """The call is over, the contact is not: the helper writes down what is needed, without haste."""
    Seat.objects.filter(pk=contact.taken_by.pk).update(state=Seat.State.WRAP_UP)
    Contact.objects.filter(pk=contact.pk).update(
        state=Contact.State.WRAP_UP, moved_why=why, moved_by=by, hung_up_at=Now(), wake_at=Now() + LOOK_AGAIN
    )
    tell(contact, people=[contact.taken_by.person_id])


def requeue(
    contact: Contact,
    why: str,
    *,
    by: Person | None,
    seat_state: str,
    away_why: str = "",
    declined: bool = False,
    hold: timedelta | None = None,
) -> None:
    """Back into the queue at its old place. Whatever file the seat could see is closed with it."""
    run(
        "requeue",
        contact=contact.pk,
        why=why,
        by=by.pk if by else None,
        seat_state=seat_state,
        away_why=away_why,
        declined=declined,
        hold=hold,
    )
    if contact.state == Contact.State.CONNECTED:
        protect.close_file(contact.pk, by=by)
        if contact.is_callback:
            # The next call may be picked up by somebody else: they are asked who they are.
            Contact.objects.filter(pk=contact.pk).update(member=None, verify_tries=0)
    tell(contact, people=[contact.taken_by.person_id])
