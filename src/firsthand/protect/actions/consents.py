"""A yes to be called, and the no that ends it. Both are facts with a name, a moment and whoever took them."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import IntegrityError, connection, transaction
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from firsthand.journal import actions as journal
from firsthand.kernel import sql
from firsthand.kernel.refusal import Refusal
from firsthand.members.models import Member
from firsthand.people.models import Person
from firsthand.protect.actions.looks import NobodyWithThatNumber
from firsthand.protect.actions.no_calls import suppress
from firsthand.protect.actions.notes import NoFileOpen
from firsthand.protect.models import Consent, Grant, Scope, Suppression, Way
from firsthand.protect.queries import outreach as queries


class NotAConsent(Refusal):
    says = _(
        "A consent needs what it is for, in which form it was given, the words that were shown, the name "
        "and the address of the person, and for which company. Nothing was saved."
    )


class NotYetGiven(Refusal):
    says = _("A consent cannot be given in the future. Nothing was saved; check the date and the time.")


class GivenAlready(Refusal):
    says = _(
        "There is a consent for this already. Nothing was saved; withdraw it first if it was given anew."
    )


@transaction.atomic
def give_consent(
    member: Member,
    *,
    scopes: Collection[str],
    way: str,
    wording: str,
    name: str,
    address: str,
    company: str,
    given_at: datetime | None = None,
    by: Person,
) -> list[Consent]:
    """Keep the proof, one row a scope. The person's own earlier "no calls" is taken back by it, and nothing
    else: what they said after `given_at` holds.
    """
    said = {key: words.strip() for key, words in {"wording": wording, "name": name}.items()}
    said |= {"address": address.strip(), "company": company.strip()}
    if not scopes or not set(scopes) <= set(Scope.values) or way not in Way.values or not all(said.values()):
        raise NotAConsent
    if not queries.is_there(member.pk):
        raise NobodyWithThatNumber
    if given_at and given_at > timezone.now():
        raise NotYetGiven
    if Consent.objects.live().filter(member=member, scope__in=scopes).exists():
        raise GivenAlready
    wish = Suppression.objects.live().filter(member=member, why=Suppression.Why.WISH)
    if wish.filter(since__lte=given_at or Now()).update(lifted_at=Now(), lifted_by=by):
        journal.record("no calls lifted", member, by=by, way=way)
    about = {"way": way, "taken_by": by, "country": settings.COUNTRY, **said}
    if given_at:
        about["given_at"] = given_at
    given = [_given(member, scope, about) for scope in Scope.values if scope in scopes]
    for consent in given:
        journal.record("consent given", consent, by=by, scope=consent.scope, way=way, member=member.pk)
    return given


def _given(member: Member, scope: str, about: dict[str, Any]) -> Consent:
    try:
        with transaction.atomic():
            return Consent.objects.create(member=member, scope=scope, **about)
    except IntegrityError as error:  # of two at once the second
        if "one_live_consent_a_scope" in str(error):
            raise GivenAlready from None
        raise


@transaction.atomic
def withdraw(member: Member, *, way: str, by: Person) -> int:
    """No more calls to advertise, whatever they were about: every consent ends, and where none was needed
    the wish holds. One click, no reason asked. Twice is once. Returns how many consents ended.
    """
    if way not in Way.values:
        raise NotAConsent
    live = Consent.objects.live().filter(member=member).order_by("pk")
    # Before the consents: a call locks the member's row first, and whoever locks in one order never waits in
    # a ring.
    suppress(member=member, why=Suppression.Why.WISH, by=by)
    ended = [consent.pk for consent in live.select_for_update(of=("self",))]
    Consent.objects.filter(pk__in=ended).update(withdrawn_at=Now(), withdrawn_way=way, withdrawn_taken_by=by)
    for pk in ended:
        journal.record("consent withdrawn", Consent(pk=pk), by=by, way=way, member=member.pk)
    return len(ended)


def withdraw_at_desk(contact_id: int, member: Member, *, by: Person) -> int:
    """The member is on the line, verified, and does not want such calls."""
    if not Grant.objects.open().filter(person=by, member=member, contact_id=contact_id).exists():
        raise NoFileOpen
    return withdraw(member, way=Way.TELEPHONE, by=by)


def set_rules(*, by: Person | None = None) -> bool:
    """The database's triggers judge by the country and the zone of the settings; True if they were others
    before.
    """
    with connection.cursor() as cursor:
        statement = sql.named("firsthand.protect", "outreach")["set_rules"]
        cursor.execute(statement, {"country": settings.COUNTRY, "zone": settings.TIME_ZONE})
        return bool(cursor.rowcount)
