"""Who is kept from whose file: said by the person themselves, or by the data-protection officer."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from django.db import transaction
from django.db.models import Q
from django.http import Http404
from django.utils.translation import gettext_lazy as _

from firsthand.journal import actions as journal
from firsthand.kernel.refusal import Refusal
from firsthand.members.models import Member
from firsthand.members.pure.facts import bare
from firsthand.people import actions as people
from firsthand.people.models import Person, Role
from firsthand.protect import queries, signals
from firsthand.protect.actions.files import close_grants
from firsthand.protect.models import Grant, Shield

TRIES = 10
SECONDS = 3600


class NotFitting(Refusal):
    """Never says which of the two was wrong: this page is no way to look somebody up."""

    says = _("The number and the date of birth do not fit together. Nothing was saved; check both.")


def shield(person: Person, *, number: str, born_on: date, kind: str, by: Person) -> Shield:
    """This member is `person`, or a relative of theirs. Said once; what is said twice stays as it is."""
    if by.pk != person.pk and not by.has_role(Role.PROTECTION):
        raise Http404
    if kind not in Shield.Kind.values:
        raise NotFitting
    people.spend(f"shield {by.pk}", TRIES, SECONDS, by=by)
    return _shield(person, number, born_on, kind, by)


@transaction.atomic
def _shield(person: Person, number: str, born_on: date, kind: str, by: Person) -> Shield:
    fits = Q(number=bare(number)) | Q(ahv=bare(number))
    member = Member.objects.filter(fits, born_on=born_on).first()
    if member is None:
        raise NotFitting
    kept, new = Shield.objects.get_or_create(
        member=member, person=person, defaults={"kind": kind, "said_by": by}
    )
    if new:
        # Not whom: the journal is read by more people than the shield.
        journal.record("shielded", kept, by=by)
        close_kept(by=by, member=member)
        signals.shield_changed.send(Shield, member_id=member.pk)
    return kept


@transaction.atomic
def unshield(kept: Shield, *, by: Person) -> None:
    """Only the data-protection officer takes it back: nobody opens their own way to a file."""
    if not by.has_role(Role.PROTECTION) or kept.person_id == by.pk:
        raise Http404
    journal.record("no longer shielded", kept, by=by)
    member_id = kept.member_id
    kept.delete()
    signals.shield_changed.send(Shield, member_id=member_id)


@transaction.atomic
def close_kept(
    *, by: Person | None, member: Member | None = None, person_ids: Collection[int] | None = None
) -> int:
    """Files that are open to somebody from whom they are kept since this moment are closed."""
    grants = Grant.objects.open().select_related("member", "person")
    grants = grants.filter(member=member) if member else grants.filter(person__in=person_ids or ())
    kept = [grant.pk for grant in grants if queries.is_kept_from(grant.person, grant.member)]
    return close_grants(Grant.objects.open().filter(pk__in=kept), by=by)
