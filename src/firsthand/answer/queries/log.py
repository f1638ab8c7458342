"""Does the log of each contact tell where the contact stands?"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter

from firsthand.answer.models import Contact, ContactEvent
from firsthand.answer.pure import log


@dataclass(frozen=True)
class Differs:
    contact_id: int
    why: str


def replayed(contacts: list[Contact]) -> list[Differs]:
    """The contacts whose events do not lead to their row; none, unless somebody wrote past the triggers."""
    rows = ContactEvent.objects.filter(contact_id__in=[contact.pk for contact in contacts])
    by_contact = {
        pk: [log.Event(row.version, row.state, row.seat_id, row.why) for row in group]
        for pk, group in groupby(rows.order_by("contact_id", "version"), key=attrgetter("contact_id"))
    }
    checked = ((contact, _why(contact, by_contact.get(contact.pk, []))) for contact in contacts)
    return [Differs(contact.pk, why) for contact, why in checked if why]


def _why(contact: Contact, events: list[log.Event]) -> str:
    try:
        stand = log.replay(events)
    except log.Broken as broken:
        return str(broken)
    row = log.Stand(contact.state, contact.seat_id, contact.version)
    return "" if stand == row else f"the log says {stand}, the row {row}"
