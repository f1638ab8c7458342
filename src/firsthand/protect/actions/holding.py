"""What stops a clock or the use of something: a hold, a dispute, a restriction."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db import transaction
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from firsthand.journal import actions as journal
from firsthand.kernel import zones
from firsthand.kernel.refusal import Refusal
from firsthand.members.models import Member
from firsthand.people.models import Person
from firsthand.protect import queries
from firsthand.protect.actions.lines import short
from firsthand.protect.models import Dispute, Hold, Request, Restriction


class SaysNothing(Refusal):
    says = _("Write in a sentence what the member says to it. Nothing was saved.")


class NotAHold(Refusal):
    says = _("A hold needs a reason in a few words and a last day that is not over. Nothing was saved.")


class NoSuchCase(Refusal):
    says = _("This case is not one of this member. Nothing was held; show their cases and choose again.")


@zones.within(zones.PROTECTION)
@transaction.atomic
def dispute(
    member: Member, table: str, row: str, *, words: str, request: Request | None, by: Person
) -> Dispute:
    """The member says it is wrong and we cannot say who is right: from now on that stands beside it.

    These words are not screened: the law gives the member the right to have them stand.
    """
    text = " ".join(words.split())
    if not text:
        raise SaysNothing
    made, _new = Dispute.objects.update_or_create(
        table=table,
        row=row,
        settled_at=None,
        defaults={
            "member": member,
            "words": text[:500],
            "request_id": request.pk if request else None,
            "placed_by": by,
        },
    )
    journal.record("disputed", made, by=by, member=member.pk)
    return made


@zones.within(zones.PROTECTION)
@transaction.atomic
def settle_dispute(dispute: Dispute, *, by: Person) -> None:
    if Dispute.objects.standing().filter(pk=dispute.pk).update(settled_at=Now()):
        journal.record("settled", dispute, by=by, member=dispute.member_id)


@zones.within(zones.PROTECTION)
@transaction.atomic
def restrict(member: Member, *, norm: str, request: Request | None, by: Person) -> Restriction:
    """Stored and not used: earlier notes and contacts are shown to nobody at the desk."""
    norm = short(norm, by=by, member=member, most=80)
    Member.objects.select_for_update().get(pk=member.pk)
    if there := Restriction.objects.standing().filter(member=member).first():
        return there
    made = Restriction.objects.create(
        member=member, norm=norm, request_id=request.pk if request else None, placed_by=by
    )
    journal.record("restricted", made, by=by, member=member.pk)
    return made


@zones.within(zones.PROTECTION)
@transaction.atomic
def lift_restriction(restriction: Restriction, *, by: Person) -> None:
    if Restriction.objects.standing().filter(pk=restriction.pk).update(lifted_at=Now()):
        journal.record("lifted", restriction, by=by, member=restriction.member_id)


@zones.within(zones.PROTECTION)
@transaction.atomic
def look_at_cases(member: Member, *, by: Person) -> Sequence[queries.CaseOf]:
    """To choose the one to hold. What somebody called about says much by itself: that one looked is an entry."""
    journal.record("looked at cases", member, by=by)
    return queries.cases_of(member.pk)


@zones.within(zones.PROTECTION)
@transaction.atomic
def hold(member: Member, *, reason: str, until: date, case: int | None = None, by: Person) -> Hold:
    """Nothing of this member, or of this case, is erased until that day."""
    reason = short(reason, by=by, member=member)
    if len(reason) < 10 or until < timezone.localdate():
        raise NotAHold
    if case is not None and not queries.is_case_of(member.pk, case):
        raise NoSuchCase
    made = Hold.objects.create(member=member, case_id=case, reason=reason, until=until, placed_by=by)
    journal.record("held", made, by=by, member=member.pk, case=case)
    return made


@zones.within(zones.PROTECTION)
@transaction.atomic
def lift_hold(hold: Hold, *, by: Person) -> None:
    if Hold.objects.filter(pk=hold.pk, lifted_at=None).update(lifted_at=Now(), lifted_by=by):
        journal.record("lifted", hold, by=by, member=hold.member_id)
