"""A file opened without its member on the line: short, with a reason, and reviewed by the officer."""

from __future__ import annotations

from django.db import transaction
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from firsthand.journal import actions as journal
from firsthand.kernel.refusal import Refusal
from firsthand.live import bus
from firsthand.members.models import Cover, Member
from firsthand.people import secrecy
from firsthand.people.models import Person
from firsthand.protect import wall
from firsthand.protect.actions.files import close_grants
from firsthand.protect.actions.lines import short
from firsthand.protect.models import LASTS, BreakGlass, Grant, Kind
from firsthand.protect.models.break_glass import SHORTEST_REASON
from firsthand.protect.queries.opened import BREAKERS, REVIEWS
from firsthand.protect.signals import about_to_break


class NoGoodReason(Refusal):
    says = _("Say in a sentence of at least 10 characters what the file is needed for. It was not opened.")


class NotForYou(Refusal):
    says = _("Only advisors and specialists open a file without its member on the line. It was not opened.")


class FileOpenAlready(Refusal):
    says = _("A file is open to you already. Close it first; only one can be open at a time.")


class NobodyOfThatNumber(Refusal):
    says = _("No member has this number. Check it and type it again. Nothing was opened.")


@transaction.atomic
def break_glass(member: Member | None, *, kind: str, branch: str, reason: str, by: Person) -> BreakGlass:
    """Opens one member's file to `by` for 15 minutes. It is journalled, every look is a read, and the officer
    reviews it.
    """
    Person.objects.select_for_update(no_key=True).get(pk=by.pk)
    about_to_break.send(Person, person=by)  # a room above may refuse: somebody in a contact has that file
    if not by.has_role(*BREAKERS):
        raise NotForYou
    secrecy.must_have_signed(by)
    if member is None:
        raise NobodyOfThatNumber
    if kind not in Kind.values or branch not in Cover.Branch.values:
        raise NoGoodReason
    if Grant.objects.open().filter(person=by).exists():
        raise FileOpenAlready
    reason = short(reason, by=by, member=member)
    if len(reason) < SHORTEST_REASON:
        raise NoGoodReason
    close_grants(Grant.objects.standing().filter(person=by), by=by)
    opened = BreakGlass.objects.create(
        person=by, member=member, kind=kind, branch=branch, reason=reason, ends_at=Now() + LASTS
    )
    opened.refresh_from_db()
    with wall.within({wall.OPEN}, person=by, member=member.pk):
        Grant.objects.create(person=by, member=member, break_glass=opened, ends_at=opened.ends_at)
    journal.record("broke the glass", member, by=by, break_glass=opened.pk, why=kind, branch=branch)
    bus.touch(REVIEWS)
    return opened


@transaction.atomic
def close_opened(*, by: Person) -> None:
    """By its button, or because `by` takes a call. Closed twice is closed once."""
    close_grants(Grant.objects.standing().filter(person=by, contact_id=None), by=by)


@transaction.atomic
def close_expired(*, by: Person | None = None) -> int:
    """What is over lets nobody look from that moment; this says so in the journal and to the open page."""
    return close_grants(Grant.objects.standing().filter(ends_at__lte=Now()), by=by)
