"""What is typed at the desk goes through the screen before it is written anywhere."""

from __future__ import annotations

from collections.abc import Sequence

from firsthand.answer.models import Contact
from firsthand.answer.queries.drafts import kept, purpose
from firsthand.people.models import Person
from firsthand.protect import actions as protect
from firsthand.protect.actions import Screening
from firsthand.protect.models import Field
from firsthand.protect.pure.screen import Choice
from firsthand.protect.queries.names import names_around


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
        known=names_around(by, member=contact.member, said=contact.caller_name),
        choices=kept(contact, field) if choices is None else choices,
        by=by,
    )


def seal(contact: Contact, field: Field, result: Screening, *, by: Person) -> None:
    protect.seal_draft(
        contact.pk,
        field=field,
        purpose=purpose(contact),
        sealed=result.sealed,
        marks=result.marks,
        by=by,
    )
