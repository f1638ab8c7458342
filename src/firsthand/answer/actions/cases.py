"""What one member wants, over all its contacts: who calls again about the same was not helped the first
time.
"""

from __future__ import annotations

from datetime import timedelta

from django.db.models import Exists, OuterRef

from firsthand.answer.models import Case, Contact
from firsthand.answer.queries.clock import Now
from firsthand.members.models import Member
from firsthand.people.models import Person

SAME_FOR = timedelta(days=30)


def link_case(contact_id: int, *, by: Person | None) -> None:
    """Once both are known: the case of the same member and concern within 30 days, else a new one."""
    contact = Contact.objects.get(pk=contact_id)
    if contact.member_id is None or contact.concern_id is None:
        return
    # Two contacts of one member at once (a couple with two telephones) join one case, not two.
    Member.objects.select_for_update(no_key=True).get(pk=contact.member_id)
    case = _same(contact) or Case.objects.create(member_id=contact.member_id, concern_id=contact.concern_id)
    _put(contact, case)


def at_last_a_case(contact: Contact, *, by: Person | None) -> None:
    """A contact that closes without a member or a concern is a case of its own."""
    if contact.case_id is None:
        _put(contact, Case.objects.create(member_id=contact.member_id, concern_id=contact.concern_id))


def _same(contact: Contact) -> Case | None:
    lately = Contact.objects.filter(case=OuterRef("pk"), queued_at__gt=Now() - SAME_FOR)
    same = Case.objects.filter(Exists(lately), member=contact.member_id, concern=contact.concern_id)
    return same.order_by("-opened_at", "-pk").first()


def _put(contact: Contact, case: Case) -> None:
    """Into this case; a case that the change of a concern left without a contact is removed."""
    before = contact.case_id
    if before == case.pk:
        return
    Contact.objects.filter(pk=contact.pk).update(case=case)
    if before is None:
        return
    Case.objects.filter(pk=before).exclude(Exists(Contact.objects.filter(case=OuterRef("pk")))).delete()
