"""A note has words, a purpose and, of a member, an open file."""

from __future__ import annotations

from collections.abc import Sequence

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from firsthand.journal import actions as journal
from firsthand.kernel.refusal import Refusal
from firsthand.members.models import Member
from firsthand.people.models import Person
from firsthand.protect import wall
from firsthand.protect.actions.confidences import seal
from firsthand.protect.actions.screening import screened
from firsthand.protect.models import LONGEST_NOTE, Field, Grant, Note, Purpose
from firsthand.protect.pure.screen import Choice
from firsthand.protect.queries.names import names_around


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
def write_note(
    contact_id: int,
    member: Member | None,
    *,
    words: str,
    purpose: str,
    language: str = "de",
    concern: str = "",
    topic: str = "",
    choices: Sequence[Choice] = (),
    by: Person,
) -> Note:
    """Keep what is needed to solve the concern. Of a member, only while the file is open to `by`.

    Screened here too, whoever calls: what was screened before stays as it is.
    """
    if len(words) > LONGEST_NOTE:
        raise NoteTooLong
    if purpose not in Purpose.values or Purpose(purpose).country != settings.COUNTRY:
        raise NotANote
    if member and not Grant.objects.open().filter(person=by, member=member, contact_id=contact_id).exists():
        raise NoFileOpen
    known = names_around(by, member=member)
    result = screened(
        words, language=language, concern=concern, topic=topic, known=known, choices=choices, by=by
    )
    text = _storable(result.text)
    with wall.within({purpose}, person=by, contact=contact_id):
        note = Note.objects.create(
            member=member,
            contact_id=contact_id,
            purpose=purpose,
            words=text,
            reasons=result.reasons,
            written_by=by,
        )
    journal.record("wrote", note, by=by, contact=contact_id, purpose=purpose)
    for one in result.kept:
        journal.record("needed", note, by=by, contact=contact_id, category=one["category"])
    seal(contact_id, member, field=Field.NOTE, note=note, purpose=purpose, sealed=result.sealed, by=by)
    return note


def _storable(text: str) -> str:
    """A bracket may be longer than what it stands for."""
    text = text.strip()
    if not text:
        raise NotANote
    if len(text) > LONGEST_NOTE:
        raise NoteTooLong
    return text
