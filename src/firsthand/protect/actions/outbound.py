"""Somebody of the house calls a person. The row is the permission: without it there is no number to dial."""

from __future__ import annotations

from django.db import IntegrityError, transaction
from django.http import Http404
from django.utils.translation import gettext_lazy as _

from firsthand.journal import actions as journal
from firsthand.kernel.refusal import Refusal
from firsthand.members.models import Member
from firsthand.people import actions as people
from firsthand.people import secrecy
from firsthand.people.models import Person, Role
from firsthand.protect import outreach
from firsthand.protect.actions.looks import NobodyWithThatNumber
from firsthand.protect.models import Consent, OutboundContact, Scope
from firsthand.protect.queries import outreach as queries

Kind = OutboundContact.Kind
CALLS_OUT = (Role.ADVISOR, Role.ORGANISER)
# Members somebody looks up in ten minutes: more is not work but a walk through the register.
LOOK_UPS = 60
SECONDS = 600


class NoLiveProof(Refusal):
    """Names what is missing. Nobody was called."""

    def __init__(self, why_not: str) -> None:
        self.why_not = why_not
        super().__init__(outreach.WHY_NOT[why_not])


class CallsNobody(Refusal):
    says = _("Your role calls nobody to advertise. Nothing was begun.")


def begin_outbound(member: Member, scope: str, *, by: Person) -> OutboundContact:
    """A call to advertise, from this moment on. A proof that is withdrawn just now is not there any more:
    the trigger waits for the withdrawal, or the withdrawal for the call.
    """
    if not by.has_role(*CALLS_OUT) or scope not in Scope.values:
        raise CallsNobody
    secrecy.must_have_signed(by)
    try:
        with transaction.atomic():
            call = OutboundContact.objects.create(
                member=member, kind=Kind.ADVERTISING, purpose=scope, person=by
            )
            journal.record("called to advertise", call, by=by, scope=scope, member=member.pk)
    except IntegrityError as error:
        why_not = _reason(error)
        if why_not is None:
            raise
        raise NoLiveProof(why_not) from None
    call.refresh_from_db()
    return call


@transaction.atomic
def call_back(contact_id: int, member: Member | None, *, by: Person) -> OutboundContact:
    """Somebody asked to be called back, and is. The contact itself is the proof; `answer` holds it against
    its row.
    """
    call = OutboundContact.objects.create(
        member=member, kind=Kind.WISH, purpose="callback", contact_id=contact_id, person=by
    )
    journal.record("called back", call, by=by, contact=contact_id)
    return call


@transaction.atomic
def call_about_promise(promise_id: int, member: Member | None, *, by: Person) -> OutboundContact:
    """A promise is kept by a call. The promise is the proof; `answer` holds it against its row."""
    call = OutboundContact.objects.create(
        member=member, kind=Kind.SERVICE, purpose="promise", promise_id=promise_id, person=by
    )
    journal.record("called about a promise", call, by=by, promise=promise_id)
    return call


def find_to_call(number: str, *, by: Person) -> int:
    """From the number in a letter to the member's page. Counted: nobody walks through the register in this
    way.
    """
    people.spend(f"outreach {by.pk}", LOOK_UPS, SECONDS, by=by)
    found = queries.member_numbered(number)
    if found is None:
        raise NobodyWithThatNumber
    return found


@transaction.atomic
def look_up_consents(member_id: int, *, by: Person) -> queries.Outreach:
    """What may be said and shown about calling this member. That somebody looked is an entry."""
    journal.record("looked at consents", Member(pk=member_id), by=by)
    return queries.outreach_of(member_id)


@transaction.atomic
def show_proof(pk: int, *, by: Person) -> Consent:
    """The whole proof on one sheet, for whoever asks for it. That it was shown is an entry."""
    consent = queries.proof(pk)
    if not by.has_role(*CALLS_OUT, Role.PROTECTION):
        raise Http404
    journal.record("proof shown", consent, by=by, member=consent.member_id)
    return consent


def _reason(error: IntegrityError) -> str | None:
    """The trigger's word for what is missing, which travels beside its message."""
    diagnosis = getattr(error.__cause__, "diag", None)
    detail = getattr(diagnosis, "message_detail", None)
    return detail if detail in outreach.WHY_NOT else None
