"""Assignment, through its one writer in the database (sql/match.sql)."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction

from firsthand.answer.actions.common import run, tell
from firsthand.answer.models import Contact, Seat


@transaction.atomic
def match_contact(contact_id: int) -> bool:
    """Offer this contact, which has just become available. A miss leaves it where it is: in the queue."""
    return _offered(run("match_contact", contact=contact_id))


@transaction.atomic
def match_seat(seat_id: int) -> bool:
    """Offer something to this seat, which has just become available."""
    return _offered(run("match_seat", seat=seat_id))


def match_all() -> int:
    """Opening time, and the races that the other two lost: everything at once."""
    pairs = run("match_all")
    _offered(pairs)
    return len(pairs)


def _offered(pairs: Sequence[tuple[int, int]]) -> bool:
    if not pairs:
        return False
    people = Seat.objects.filter(pk__in=[seat for _, seat in pairs]).values_list("person_id", flat=True)
    tell(*Contact.objects.filter(pk__in=[contact for contact, _ in pairs]), people=people)
    return True
