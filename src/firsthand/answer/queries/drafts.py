"""What is typed at the desk and not yet a note: for which purpose, and what somebody said is needed in it."""

from __future__ import annotations

from django.conf import settings

from firsthand.answer.models import Contact
from firsthand.know.models import Concern
from firsthand.protect.actions import Screening
from firsthand.protect.models import Field, Purpose
from firsthand.protect.models.purposes import proposed
from firsthand.protect.pure.categories import Action, Category
from firsthand.protect.pure.screen import Choice


def kept(contact: Contact, field: str) -> list[Choice]:
    """What somebody said is needed in this field."""
    return [
        Choice(Category(one["category"]), one["print"], Action.KEEP, one["why"])
        for one in contact.needed
        if one["field"] == field
    ]


def needed(contact: Contact, field: Field, result: Screening) -> list[dict[str, str]]:
    """The reasons of all fields, with those of this one as they are now."""
    others = [one for one in contact.needed if one["field"] != field]
    return [*others, *({"field": field.value, **one} for one in result.kept)]


def purpose(contact: Contact) -> str:
    """As chosen; until then as the concern has it."""
    return contact.note_purpose or purpose_of(contact.concern).value


def purpose_of(concern: Concern | None) -> Purpose:
    """What the desk proposes."""
    if concern is None:
        return proposed(settings.COUNTRY)
    return proposed(settings.COUNTRY, concern.topic, concern.branches, concern=concern.code)
