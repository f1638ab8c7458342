"""What was typed as a note becomes one, with its purpose, when the contact ends."""

from __future__ import annotations

from firsthand.answer.models import Contact
from firsthand.members.models import Member
from firsthand.people.models import Person
from firsthand.protect import actions as protect
from firsthand.protect.models import Purpose


def note_down(contact: Contact, member: Member | None, *, by: Person) -> None:
    """In the name of whoever typed it; with a member, while the file is still open."""
    words = contact.note_words.strip()
    if words:
        purpose = contact.note_purpose or Purpose.BASIC
        protect.write_note(contact.pk, member, words=words, purpose=purpose, by=by)
