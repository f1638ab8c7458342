"""What the member on the line says about being called."""

from __future__ import annotations

from firsthand.answer.actions.refusals import NotYours
from firsthand.answer.models import Contact
from firsthand.people.models import Person
from firsthand.protect import actions as protect


def no_advertising(contact: Contact, *, by: Person) -> None:
    """No more calls to advertise: said once, and true from then on."""
    if contact.member is None:
        raise NotYours
    protect.withdraw_at_desk(contact.pk, contact.member, by=by)
