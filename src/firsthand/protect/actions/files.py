"""A member's file opens with the contact and closes with it."""

from __future__ import annotations

from django.db import transaction
from django.db.models.functions import Now

from firsthand.journal import actions as journal
from firsthand.live import bus
from firsthand.members.models import Member
from firsthand.people.models import Person
from firsthand.protect import wall
from firsthand.protect.models import Grant, GrantQuerySet
from firsthand.protect.queries.opened import opened_topic


@transaction.atomic
def open_file(contact_id: int, member: Member, *, by: Person) -> Grant:
    """The caller is verified: `by` may see this member's file while the contact lasts. Twice is once.

    A contact has one file and a person one open file: what was open before is closed.
    """
    Person.objects.select_for_update(no_key=True).get(pk=by.pk)
    same = {"person": by, "member": member, "contact_id": contact_id}
    if grant := Grant.objects.open().filter(**same).first():
        return grant
    close_grants(Grant.objects.standing().filter(contact_id=contact_id), by=by)
    close_grants(Grant.objects.standing().filter(person=by), by=by)
    with wall.within({wall.OPEN}, person=by, contact=contact_id, member=member.pk):
        grant = Grant.objects.create(**same)
    journal.record("opened", member, by=by, contact=contact_id)
    return grant


@transaction.atomic
def close_file(contact_id: int, *, by: Person | None) -> None:
    """The contact is over, or went back to the queue: nobody sees the file any more."""
    close_grants(Grant.objects.standing().filter(contact_id=contact_id), by=by)


def close_grants(grants: GrantQuerySet, *, by: Person | None) -> int:
    """Each with an entry of the journal. The page that shows a file behind broken glass loses it now; the
    desk is told by whoever closes the contact.
    """
    closed = 0
    for grant in grants.select_for_update(of=("self",)).select_related("member"):
        if not Grant.objects.standing().filter(pk=grant.pk).update(closed_at=Now()):
            continue
        closed += 1
        cause = {"contact": grant.contact_id} if grant.contact_id else {"break_glass": grant.break_glass_id}
        journal.record("closed", grant.member, by=by, person=grant.person_id, **cause)
        if grant.break_glass_id:
            bus.touch(opened_topic(grant.person_id))
    return closed
