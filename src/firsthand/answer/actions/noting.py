"""What was typed as a note becomes one, with its purpose, when the contact ends; what was sealed stands."""

from __future__ import annotations

from firsthand.answer.models import Contact
from firsthand.answer.queries.drafts import kept, purpose
from firsthand.members.models import Member
from firsthand.people.models import Person
from firsthand.protect import actions as protect
from firsthand.protect.models import Field


def note_down(contact: Contact, member: Member | None, *, by: Person) -> None:
    """In the name of whoever typed it; with a member, while the file is still open."""
    words, note, why = contact.note_words.strip(), None, purpose(contact)
    if words:
        about = contact.concern
        note = protect.write_note(
            contact.pk,
            member,
            words=words,
            purpose=why,
            language=contact.language,
            concern=about.code if about else "",
            topic=about.topic if about else "",
            choices=kept(contact, Field.NOTE),
            by=by,
        )
    protect.settle(contact.pk, member, note=note, purpose=why, by=by)
