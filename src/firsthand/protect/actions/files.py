"""A member's file opens with the contact and closes with it."""

from __future__ import annotations

from django.db import transaction
from django.db.models.functions import Now

from firsthand.journal import actions as journal
from firsthand.members.models import Member
from firsthand.people.models import Person
from firsthand.protect.models import Grant, GrantQuerySet


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
