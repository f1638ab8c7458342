"""What is typed at the desk goes through the screen before it is written anywhere."""

from __future__ import annotations

from collections.abc import Sequence

from django.conf import settings

from firsthand.answer.models import Contact
from firsthand.know.models import Concern
from firsthand.people.models import Person
from firsthand.protect import actions as protect
from firsthand.protect.actions import Screening
from firsthand.protect.models import Field, Purpose
from firsthand.protect.models.purposes import proposed
from firsthand.protect.pure.categories import Action, Category
from firsthand.protect.pure.screen import Choice


def screened(
    contact: Contact, words: str, *, field: Field, choices: Sequence[Choice] | None = None, by: Person
) -> Screening:
    """`choices`: as the page has them; None: as they were when it was saved last."""
    about = contact.concern
    return protect.screened(
        words,
        language=contact.language,
        concern=about.code if about else "",
        topic=about.topic if about else "",
        known=protect.names_around(by, member=contact.member, said=contact.caller_name),
        choices=kept(contact, field) if choices is None else choices,
        by=by,
    )


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


def seal(contact: Contact, field: Field, result: Screening, *, by: Person) -> None:
    protect.seal_draft(
        contact.pk,
        field=field,
        purpose=purpose(contact),
        sealed=result.sealed,
        marks=result.marks,
        by=by,
    )


def purpose(contact: Contact) -> str:
    """As chosen; until then as the concern has it."""
    return contact.note_purpose or purpose_of(contact.concern).value


def purpose_of(concern: Concern | None) -> Purpose:
    """What the desk proposes."""
    if concern is None:
        return proposed(settings.COUNTRY)
    return proposed(settings.COUNTRY, concern.topic, concern.branches)
