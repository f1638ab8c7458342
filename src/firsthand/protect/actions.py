"""A member's file opens with the contact and closes with it; a note has a purpose."""

from __future__ import annotations

from django.db import transaction
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from firsthand.journal import actions as journal
from firsthand.kernel.refusal import Refusal
from firsthand.members.models import Member
from firsthand.people.models import Person
from firsthand.protect import queries
from firsthand.protect.models import LONGEST_NOTE, Grant, GrantQuerySet, Note, Purpose


class NoFileOpen(Refusal):
    says = _(
        "This member's file is not open to you. "
        "It opens when the caller is verified and closes with the contact."
    )


class NobodyWithThatNumber(Refusal):
    says = _("No member has this number. Check it and type it again.")


class NotANote(Refusal):
    says = _("A note has words and a purpose. Nothing was saved.")


class NoteTooLong(Refusal):
    says = _(
        "A note has at most 2,000 characters. Nothing was saved: keep what is needed to solve the concern."
    )


@transaction.atomic
def open_file(contact_id: int, member: Member, *, by: Person) -> Grant:
    """The caller is verified: `by` may see this member's file while the contact lasts. Twice is once.

    A contact has one file and a person one open file: what was open before is closed.
    """
    Person.objects.select_for_update().get(pk=by.pk)
    same = {"person": by, "member": member, "contact_id": contact_id}
    if grant := Grant.objects.open().filter(**same).first():
        return grant
    _close(Grant.objects.open().filter(contact_id=contact_id), by=by)
    _close(Grant.objects.open().filter(person=by), by=by)
    grant = Grant.objects.create(**same)
    journal.record("opened", member, by=by, contact=contact_id)
    return grant


@transaction.atomic
def close_file(contact_id: int, *, by: Person | None) -> None:
    """The contact is over, or went back to the queue: nobody sees the file any more."""
    _close(Grant.objects.open().filter(contact_id=contact_id), by=by)


def _close(grants: GrantQuerySet, *, by: Person | None) -> None:
    for grant in grants.select_for_update(of=("self",)).select_related("member"):
        Grant.objects.open().filter(pk=grant.pk).update(closed_at=Now())
        journal.record("closed", grant.member, by=by, contact=grant.contact_id, person=grant.person_id)


@transaction.atomic
def write_note(contact_id: int, member: Member | None, *, words: str, purpose: str, by: Person) -> Note:
    """Keep what is needed to solve the concern. Of a member, only while the file is open to `by`."""
    words = words.strip()
    if not words or purpose not in Purpose.values:
        raise NotANote
    if len(words) > LONGEST_NOTE:
        raise NoteTooLong
    if member and not Grant.objects.open().filter(person=by, member=member, contact_id=contact_id).exists():
        raise NoFileOpen
    note = Note.objects.create(
        member=member, contact_id=contact_id, purpose=purpose, words=words, written_by=by
    )
    journal.record("wrote", note, by=by, contact=contact_id, purpose=purpose)
    return note


@transaction.atomic
def hand_over_looks(member: Member, *, by: Person) -> list[queries.Look]:
    """Who looked at one member's file, to be given to the member; giving it is an entry itself."""
    journal.record("handed over", member, by=by, what="looks")
    return queries.looked(member)
