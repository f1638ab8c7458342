"""Assignment, through its one writer in the database (sql/match.sql)."""

from __future__ import annotations

from django.db import transaction

from firsthand.answer.models import Seat
from firsthand.answer.nudges import ROOMS, tell, told
from firsthand.answer.pure import pairing
from firsthand.answer.queries.rows import run
from firsthand.people.models import Person


def match_contact(contact_id: int, *, by: Person | None = None) -> bool:
    """Offer this contact, which has just become available. A miss leaves it where it is: in the queue.

    One statement, hence one transaction without a BEGIN: it is asked after each call.
    """
    return told(run("match_contact", contact=contact_id, rooms=ROOMS))


def match_seat(seat_id: int, *, by: Person | None = None) -> bool:
    """Offer something to this seat, which has just become available. One statement, as above."""
    return told(run("match_seat", seat=seat_id, rooms=ROOMS))


def match_contact_soon(contact_id: int, *, by: Person | None) -> None:
    """Right after the commit that made the contact available, in a transaction of its own.

    What was committed stands, whatever happens to the match: the sweeper comes by within a second.
    """
    transaction.on_commit(lambda: match_contact(contact_id, by=by), robust=True)


def match_seat_soon(seat_id: int, *, by: Person | None) -> None:
    transaction.on_commit(lambda: match_seat(seat_id, by=by), robust=True)


def match_all(*, by: Person | None = None) -> int:
    """Opening time, and the races that the other two lost: everybody at once, in the caller's transaction."""
    if not Seat.objects.filter(state=Seat.State.READY).exists():
        return 0
    contacts = [pairing.Contact(*row) for row in run("batch_contacts")]
    if not contacts:
        return 0
    seats = [pairing.Seat(*row) for row in run("batch_seats")]
    pairs = pairing.pair(contacts, seats)
    written = run(
        "batch_write", contacts=[contact for contact, _ in pairs], seats=[seat for _, seat in pairs]
    )
    if written:
        tell(callers=[caller for caller, _ in written], people=[person for _, person in written])
    return len(written)
