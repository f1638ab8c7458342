"""Whom one may call, about what, and what proves it. All of it is true for this moment only: the trigger
asks again.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection
from django.http import Http404
from django.utils.functional import Promise

from firsthand.kernel import sql
from firsthand.members.models import Member
from firsthand.members.pure.facts import bare
from firsthand.protect import outreach
from firsthand.protect.models import Consent, MayBeCalled, OutboundContact, Scope, Suppression


@dataclass(frozen=True)
class Standing:
    """One scope: whether a call is allowed now, and why or why not."""

    scope: Scope
    why_not: str  # a code of outreach.WHY_NOT; empty = allowed
    basis: str = ""
    since: datetime | None = None  # when the consent was given

    @property
    def allowed(self) -> bool:
        return not self.why_not

    @property
    def words(self) -> Promise | str:
        return outreach.WHY_NOT[self.why_not] if self.why_not else outreach.RESTS_ON[self.basis]


@dataclass(frozen=True, repr=False)
class Outreach:
    """What somebody who calls out sees of one member."""

    member_id: int
    who: MayBeCalled | None  # None: nobody may call, and so there is no name
    standings: Sequence[Standing]
    proofs: Sequence[Consent]
    calls: Sequence[OutboundContact]
    wish: datetime | None = None  # since when the member themself wants no such calls

    @property
    def live(self) -> list[Consent]:
        return [proof for proof in self.proofs if proof.withdrawn_at is None]

    @property
    def said_no(self) -> bool:
        """Their no stands, and there is no consent left that saying it again would end."""
        return self.wish is not None and not self.live


@dataclass(frozen=True)
class Advertising:
    """The line on the desk."""

    allowed: bool
    since: datetime | None


def standings(member_id: int) -> list[Standing]:
    with connection.cursor() as cursor:
        cursor.execute(_sql("may_call"), {"member": member_id, "scopes": Scope.values})
        rows = cursor.fetchall()
    given = _given([consent for *_, consent in rows if consent])
    return [
        Standing(Scope(scope), why_not or "", basis or "", given.get(consent))
        for scope, why_not, basis, consent in rows
    ]


def advertising(member: Member) -> Advertising:
    """Whether anybody may call this member to advertise, and since when they have agreed."""
    allowed = [one for one in standings(member.pk) if one.allowed]
    return Advertising(bool(allowed), min((one.since for one in allowed if one.since), default=None))


def member_numbered(number: str) -> int | None:
    """The row of the member with this number, for somebody who may not look members up."""
    with connection.cursor() as cursor:
        cursor.execute(_sql("member_numbered"), {"number": bare(number)})
        found: int | None = cursor.fetchone()[0]
    return found


def is_there(member_id: int) -> bool:
    """Whether there is such a member, for somebody who may not look members up."""
    with connection.cursor() as cursor:
        cursor.execute(_sql("is_there"), {"member": member_id})
        return bool(cursor.fetchone()[0])


def outreach_of(member_id: int) -> Outreach:
    """Reading it is an entry in the journal: `actions.look_up_consents` is the way to it."""
    return Outreach(
        member_id=member_id,
        who=MayBeCalled.objects.filter(pk=member_id).first(),
        standings=standings(member_id),
        proofs=tuple(Consent.objects.filter(member=member_id).order_by("-given_at", "-pk")),
        calls=tuple(
            OutboundContact.objects.filter(member=member_id, kind=OutboundContact.Kind.ADVERTISING).order_by(
                "-at"
            )[:20]
        ),
        wish=_wish(member_id),
    )


def _wish(member_id: int) -> datetime | None:
    own = Suppression.objects.live().filter(member=member_id, why=Suppression.Why.WISH)
    return own.values_list("since", flat=True).first()


def proof(pk: int) -> Consent:
    # The login of those who call out sees who took it, and not that person's password.
    people = Consent.objects.select_related("taken_by", "withdrawn_taken_by").defer(
        "taken_by__password", "withdrawn_taken_by__password"
    )
    found = people.filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def no_calls(pk: int) -> list[Suppression]:
    """All rows of the number that this row is about, the newest first. Members' own stand with their consents."""
    of_number = Suppression.objects.filter(pk=pk, member=None).values("number")
    rows = list(Suppression.objects.filter(member=None, number__in=of_number).order_by("-since", "-pk"))
    if not rows:
        raise Http404
    return rows


def number_digest(number: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute(_sql("digest"), {"number": number})
        digest: str = cursor.fetchone()[0]
    return digest


def _given(consents: list[int]) -> dict[int, datetime]:
    if not consents:
        return {}
    return dict(Consent.objects.filter(pk__in=consents).values_list("pk", "given_at"))


def _sql(name: str) -> Any:
    return sql.named("firsthand.protect", "outreach")[name]
