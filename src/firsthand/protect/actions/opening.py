"""A confidence is opened by whoever needs it now and says why; shown once, and written down for ever."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.db.models.functions import Now
from django.http import Http404
from django.utils.translation import gettext_lazy as _

from firsthand.journal import actions as journal
from firsthand.kernel import zones
from firsthand.kernel.refusal import Refusal
from firsthand.people.models import Person, Role
from firsthand.protect import boxes, keys, wall
from firsthand.protect.actions.confidences import erase
from firsthand.protect.actions.screening import reason as screened_reason
from firsthand.protect.models import Confidence, Grant, Opening, Request, What, purposes
from firsthand.protect.pure.sealing import DoesNotOpen
from firsthand.protect.queries import needs
from firsthand.protect.queries.reading import reading
from firsthand.protect.queries.requests import restricted
from firsthand.protect.queries.sealed import hold_keys

SHORTEST_REASON = 10


class NoReason(Refusal):
    says = _("Say in a few words why you need it (10 characters or more). Nothing was opened.")


class NotNeeded(Refusal):
    says = _("This concern does not need it. It stays sealed; the caller can tell you again what matters.")


class Erased(Refusal):
    says = _("This has been erased. Nobody can read it any more, and no backup brings it back.")


@dataclass(frozen=True, repr=False)
class Opened:
    confidence: Confidence
    words: str


def open_confidence(
    pk: UUID,
    *,
    reason: str,
    contact_id: int | None = None,
    concern: str = "",
    topic: str = "",
    language: str = "de",
    request: int | None = None,
    by: Person,
) -> Opened:
    """In a contact: the member's file is open to `by`, its concern needs this category, and the member has not asked
    that what is kept is not used. Otherwise for an open request of the member, by the data-protection officer.
    Anything else does not exist.
    """
    why = " ".join(reason.split())
    if len(why) < SHORTEST_REASON:
        raise NoReason
    if request is not None:
        return _for_a_request(pk, why, request, language=language, by=by)
    grant = Grant.objects.open().filter(person=by, contact_id=contact_id).first()
    if grant is None or contact_id is None or restricted(grant.member_id):
        raise Http404
    with transaction.atomic(), wall.within(purposes.here(), person=by, contact=contact_id):
        row = _locked(pk, grant.member_id)
        if not needs.need(concern, topic, row.category).needed:
            raise NotNeeded
        opened = _opened(row, why, language=language, contact_id=contact_id, by=by)
    return _or_refused(opened)


@zones.within(zones.PROTECTION)
def _for_a_request(pk: UUID, why: str, request: int, *, language: str, by: Person) -> Opened:
    asked = Request.objects.open().filter(pk=request, member__isnull=False).exclude(identity="").first()
    if asked is None or asked.member_id is None or not by.has_role(Role.PROTECTION):
        raise Http404
    with transaction.atomic(), wall.within({wall.REQUEST}, person=by, member=asked.member_id):
        row = _locked(pk, asked.member_id)
        opened = _opened(row, why, language=language, request=request, by=by)
    return _or_refused(opened)


def _or_refused(opened: Opened | None) -> Opened:
    """After the commit: what was found erased on the way stays so."""
    if opened is None:
        raise Erased
    return opened


def _locked(pk: UUID, member: int) -> Confidence:
    hold_keys()
    row = Confidence.objects.select_for_update().filter(pk=pk, member=member).first()
    if row is None:
        raise Http404
    return row


def _opened(
    row: Confidence,
    why: str,
    *,
    language: str,
    by: Person,
    contact_id: int | None = None,
    request: int | None = None,
) -> Opened | None:
    if row.pk in keys.erased():
        # On the list and perhaps not erased: the database is a restored backup.
        erase([row], why="restored", by=None)
        return None
    if row.member_id is not None:
        reading(
            What.CONFIDENCE,
            row.member_id,
            by=by,
            contact=contact_id,
            request=request,
            why=row.category,
            purposes=[row.purpose],
        )
    try:
        words = boxes.unsealed(row, keys.ring())
    except (keys.KeyIsGone, DoesNotOpen):
        return None
    Confidence.objects.filter(pk=row.pk).update(opened_at=Now())
    said = screened_reason(why, language=language, by=by)
    Opening.objects.create(confidence_id=row.pk, contact_id=contact_id, opened_by=by, reason=said)
    about = {"contact": contact_id, "request": request, "category": row.category}
    journal.record("opened", row, by=by, **about)
    return Opened(row, words)
