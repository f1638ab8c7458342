"""Requests of data subjects, as the officer works through them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.http import Http404
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from firsthand.kernel import zones
from firsthand.members.models import Member
from firsthand.people.models import Person, Role
from firsthand.protect import wall
from firsthand.protect.models import (
    Decision,
    Dispute,
    Grant,
    Hold,
    Note,
    Request,
    RequestEvent,
    RequestKind,
    Restriction,
    What,
)
from firsthand.protect.pure import deadlines
from firsthand.protect.queries.reading import reading
from firsthand.protect.queries.subjects import Left, left, of_request

LATELY = 20
NOTES = 50


@dataclass(frozen=True)
class Queue:
    """What is open, the nearest deadline first; and what was answered lately."""

    open: Sequence[Request]
    answered: Sequence[Request]
    overdue: int
    soon: int


@dataclass(frozen=True, repr=False)
class NoteLine:
    """A note that the member may say is wrong."""

    note: Note
    dispute: Dispute | None


@dataclass(frozen=True)
class Norm:
    """What sets the deadline, and what allows more time."""

    norm: str | Promise
    prolonging: str | Promise


NORMS = {
    "CH": Norm(_("Art. 25 (7) FADP, Art. 18 (1) DPO"), _("Art. 18 (2) DPO")),
    "DE": Norm(_("Art. 12 (3) GDPR"), _("Art. 12 (3) sentence 2 GDPR")),
}


@dataclass(frozen=True, repr=False)
class Case:
    """One request with everything that its page shows."""

    request: Request
    events: Sequence[RequestEvent]
    latest: date
    norm: Norm
    hold: Hold | None
    restriction: Restriction | None
    notes: Sequence[NoteLine]
    left: Sequence[Left]  # of an erasure

    @property
    def disputed(self) -> list[NoteLine]:
        return [line for line in self.notes if line.dispute]

    @property
    def hands_over(self) -> bool:
        return self.request.kind in (RequestKind.ACCESS, RequestKind.PORTABILITY)


@zones.within(zones.PROTECTION)
def queue() -> Queue:
    shown = Request.objects.select_related("member", "person", "taken_by")
    waiting = list(shown.open().order_by("due_on", "pk"))
    answered = shown.filter(state=Request.State.ANSWERED).order_by("-answered_at")[:LATELY]
    soon = sum(0 <= request.days_left <= 7 for request in waiting)
    return Queue(waiting, list(answered), sum(request.overdue for request in waiting), soon)


def request_topic(pk: int) -> str:
    """What the page of one request listens to."""
    return f"request:{pk}"


@zones.within(zones.PROTECTION)
def request_for(person: Person, pk: int) -> Request:
    request = Request.objects.select_related("member", "person").filter(pk=pk).first()
    if request is None or not person.has_role(Role.PROTECTION):
        raise Http404
    return request


@zones.within(zones.PROTECTION)
@transaction.atomic
def case_for(person: Person, pk: int) -> Case:
    """Looking at somebody's request is a read like any other."""
    request = request_for(person, pk)
    member, today = request.member, timezone.localdate()
    notes: list[NoteLine] = []
    if member:
        reading(What.REQUEST, member.pk, by=person, request=request.pk, why=request.kind)
        if request.kind == RequestKind.CORRECTION and request.identity:
            notes = _notes(request, person)
    return Case(
        request=request,
        events=list(request.events.select_related("by").order_by("id")),
        latest=deadlines.latest(request.received_on, request.country),
        norm=NORMS.get(request.country, NORMS["DE"]),
        hold=Hold.objects.live(today).filter(member=member).first() if member else None,
        restriction=Restriction.objects.standing().filter(member=member).first() if member else None,
        notes=notes,
        left=left(of_request(request), by=person) if _erases(request) else (),
    )


def _erases(request: Request) -> bool:
    asked = request.kind == RequestKind.ERASURE and bool(request.identity)
    return asked and request.decision != Decision.REFUSED


def _notes(request: Request, person: Person) -> list[NoteLine]:
    with wall.within({wall.REQUEST}, person=person, member=request.member_id):
        notes = list(Note.objects.filter(member=request.member_id).order_by("-written_at")[:NOTES])
    disputes = {one.row: one for one in Dispute.objects.standing().filter(member=request.member_id)}
    return [NoteLine(note, disputes.get(str(note.pk))) for note in notes]


@zones.within(zones.PROTECTION)
def note_of(request: Request, row: int, *, by: Person) -> Note:
    """A note of the person who asked: of nobody else's can they say that it is wrong."""
    with wall.within({wall.REQUEST}, person=by, member=request.member_id):
        found = Note.objects.filter(pk=row, member=request.member_id).first() if request.member_id else None
    if found is None:
        raise Http404
    return found


def dispute_of(request: Request, row: int) -> Dispute | None:
    """What stands beside this note of the person who asked."""
    mine = Dispute.objects.standing().filter(table="protect_note", row=str(row))
    return mine.filter(member=request.member_id).first() if request.member_id else None


def disputed(rows: Sequence[int], table: str = "protect_note") -> dict[int, str]:
    """What members say of these rows, to be shown beside them wherever they are shown."""
    standing = Dispute.objects.standing().filter(table=table, row__in=[str(row) for row in rows])
    return {int(row): words for row, words in standing.values_list("row", "words")}


def member_of_open_file(person: Person) -> Member:
    """The member whose file is open to this person now; without one there is nobody to ask for."""
    grant = Grant.objects.open().filter(person=person).select_related("member").first()
    if grant is None:
        raise Http404
    return grant.member


def restricted(member_id: int) -> bool:
    return Restriction.objects.standing().filter(member=member_id).exists()


@zones.within(zones.PROTECTION)
def restriction_of(request: Request) -> Restriction | None:
    return (
        Restriction.objects.standing().filter(member=request.member_id).first() if request.member_id else None
    )
