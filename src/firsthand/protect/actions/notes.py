"""A note has words, a purpose and, of a member, an open file."""

from __future__ import annotations

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from firsthand.journal import actions as journal
from firsthand.kernel.refusal import Refusal
from firsthand.members.models import Member
from firsthand.people.models import Person
from firsthand.protect import wall
from firsthand.protect.models import LONGEST_NOTE, Grant, Note, Purpose


class NoFileOpen(Refusal):
    says = _(
        "This member's file is not open to you. "
        "It opens when the caller is verified and closes with the contact."
    )


class NotANote(Refusal):
    says = _("A note has words and a purpose. Nothing was saved.")


class NoteTooLong(Refusal):
    says = _(
        "A note has at most 2,000 characters. Nothing was saved: keep what is needed to solve the concern."
    )


@transaction.atomic
def write_note(contact_id: int, member: Member | None, *, words: str, purpose: str, by: Person) -> Note:
    """Keep what is needed to solve the concern. Of a member, only while the file is open to `by`."""
    words = words.strip()
    if not words or purpose not in Purpose.values or Purpose(purpose).country != settings.COUNTRY:
        raise NotANote
    if len(words) > LONGEST_NOTE:
        raise NoteTooLong
    if member and not Grant.objects.open().filter(person=by, member=member, contact_id=contact_id).exists():
        raise NoFileOpen
    with wall.within({purpose}, person=by, contact=contact_id):
        note = Note.objects.create(
            member=member, contact_id=contact_id, purpose=purpose, words=words, written_by=by
        )
    journal.record("wrote", note, by=by, contact=contact_id, purpose=purpose)
    return note
