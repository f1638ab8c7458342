"""Somebody asks what is kept about them, or wants it corrected, erased, left alone, or taken along."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from firsthand.journal import actions as journal
from firsthand.kernel import zones
from firsthand.kernel.refusal import Refusal
from firsthand.live import bus
from firsthand.members.models import Member
from firsthand.members.pure import phones
from firsthand.people.models import Person
from firsthand.protect.actions.erasing import Fared, erase_subject, note_erasure
from firsthand.protect.actions.lines import short
from firsthand.protect.actions.screening import Screening, screened
from firsthand.protect.models import Decision, Identity, Request, RequestKind
from firsthand.protect.pure import deadlines
from firsthand.protect.pure.screen import Choice
from firsthand.protect.queries import needs as matrix
from firsthand.protect.queries import subjects
from firsthand.protect.queries.names import names_around
from firsthand.protect.queries.requests import request_topic

State = Request.State
OPEN = (State.RECEIVED, State.CHECKED, State.WORKING, State.DECIDED)


class NotFilledIn(Refusal):
    says = _("Something is not filled in as it should be. Nothing was changed; look at the fields again.")


class NobodyAsks(Refusal):
    says = _("Say who asks: a member, a colleague, or a telephone number. Nothing was saved.")


class NotThatDay(Refusal):
    says = _("A request comes in on a day that is not in the future. Nothing was saved.")


class NotNow(Refusal):
    says = _("This request has moved on in the meantime. Nothing was changed; look at it again.")


class WhoIsIt(Refusal):
    says = _("First say how you know that it is the person. Nothing was handed over and nothing was erased.")


class SayWhyNot(Refusal):
    says = _("Name the norm on which you refuse, wholly or in part. Nothing was decided.")


class SayWhyLonger(Refusal):
    says = _("More time needs a reason that can be told to the person. The deadline stays.")


class TooLate(Refusal):
    def __init__(self, latest: date) -> None:
        says = _("The law allows no later day than %(day)s. The deadline stays.")
        super().__init__(says % {"day": date_format(latest)})


class NotDone(Refusal):
    says = _("Nothing has been handed over or erased yet. Do what was granted, then say that it is answered.")


class HandedOver(Refusal):
    says = _(
        "This package was handed over already. If it got lost, say so in a few words, and it is made "
        "once more."
    )


@transaction.atomic
def take_down(
    kind: str,
    *,
    way: str,
    received_on: date | None = None,
    member: Member | None = None,
    person: Person | None = None,
    phone: str = "",
    words: str = "",
    choices: Sequence[Choice] = (),
    identity: str = "",
    by: Person,
) -> Request:
    """The day it comes, by whoever hears it; with `identity` if the person is known already."""
    number = phones.e164(phone, settings.COUNTRY) if not (member or person) else ""
    if not (member or person or number):
        raise NobodyAsks
    today = timezone.localdate()
    received = received_on or today
    if received > today:
        raise NotThatDay
    request = Request.objects.create(
        kind=RequestKind(kind),
        way=way,
        received_on=received,
        member=member,
        person=person,
        phone=number,
        words=screened_request(kind, words, member=member, choices=choices, by=by).text[:1000],
        country=settings.COUNTRY,
        due_on=deadlines.due_on(received, settings.COUNTRY),
        taken_by=by,
        moved_by=by,
        identity=Identity(identity) if identity else "",
        state=State.CHECKED if identity else State.RECEIVED,
    )
    journal.record("taken down", request, by=by, kind=request.kind, member=member.pk if member else None)
    request.refresh_from_db()
    return request


def screened_request(
    kind: str, words: str, *, member: Member | None, choices: Sequence[Choice] = (), by: Person
) -> Screening:
    """What the words of a request give away. It is sealed nowhere: what goes is gone."""
    about, known = matrix.of_request(kind), names_around(by, member=member)
    return screened(words, language="de", concern=about, known=known, choices=choices, by=by)


@zones.within(zones.PROTECTION)
@transaction.atomic
def check_identity(request: Request, how: str, *, by: Person) -> None:
    _move(request, "identity", State.RECEIVED, state=State.CHECKED, identity=Identity(how), by=by)


@zones.within(zones.PROTECTION)
@transaction.atomic
def start(request: Request, *, by: Person) -> None:
    _move(request, "working", State.CHECKED, State.DECIDED, state=State.WORKING, decision="", norm="", by=by)


@zones.within(zones.PROTECTION)
@transaction.atomic
def prolong(request: Request, until: date, *, why: str, by: Person) -> None:
    """The law lets us take longer, once, if the person is told why before the first day is over."""
    why = short(why, by=by, member=request.member)
    if len(why) < 10:
        raise SayWhyLonger
    latest = deadlines.latest(request.received_on, request.country)
    if until > latest:
        raise TooLate(latest)
    open_for = request.due_on >= timezone.localdate() and not request.prolonged_why and until > request.due_on
    if not open_for:
        raise NotNow
    once = {"prolonged_why": ""}
    _move(request, "prolonged", *OPEN, only=once, due_on=until, prolonged_why=why, by=by)


@zones.within(zones.PROTECTION)
@transaction.atomic
def decide(request: Request, decision: str, *, norm: str = "", by: Person) -> None:
    """Granted, or refused with the norm. Who cannot be identified can only be refused."""
    norm = short(norm, by=by, member=request.member, most=120)
    if Decision(decision) is not Decision.GRANTED and not norm:
        raise SayWhyNot
    if not request.identity and decision != Decision.REFUSED:
        raise WhoIsIt
    before = (State.RECEIVED, State.CHECKED, State.WORKING)
    _move(request, "decided", *before, state=State.DECIDED, decision=decision, norm=norm, by=by)


@zones.within(zones.PROTECTION)
@transaction.atomic
def answer(request: Request, *, by: Person) -> None:
    """The person has our answer. What was granted must have been done."""
    granted = request.decision != Decision.REFUSED
    hands_over = request.kind in (RequestKind.ACCESS, RequestKind.PORTABILITY)
    if granted and hands_over and not request.handed_over_at:
        raise NotDone
    if granted and request.kind == RequestKind.ERASURE and not request.erased_at:
        raise NotDone
    as_looked_at = {"decision": request.decision}
    _move(
        request, "answered", State.DECIDED, only=as_looked_at, state=State.ANSWERED, answered_at=Now(), by=by
    )


@zones.within(zones.PROTECTION)
def erase_asked(request: Request, *, by: Person) -> list[Fared]:
    """Done; the request itself stays, because the law wants to see that it was answered."""
    if not request.identity:
        raise WhoIsIt
    if request.kind != RequestKind.ERASURE or request.decision not in (Decision.GRANTED, Decision.PARTLY):
        raise NotNow
    with transaction.atomic():
        # First: of two who press at once, the second finds it done; and what was refused meanwhile is not done.
        only = {"erased_at": None, "decision": request.decision}
        _move(request, "erased", State.DECIDED, only=only, erased_at=Now(), by=by)
        fared = erase_subject(subjects.of_request(request), by=by)
        if thing := request.member or request.person:
            note_erasure(thing, fared, by=by)
    return fared


def may_hand_over(request: Request, *, again: str = "", by: Person) -> None:
    """Asked before anything is gathered, and again when it is handed over."""
    if not request.identity:
        raise WhoIsIt
    if request.handed_over_at and len(again.strip()) < 10:
        raise HandedOver


@zones.within(zones.PROTECTION)
@transaction.atomic
def hand_over(request: Request, *, by: Person, again: str = "") -> None:
    """Once. A second time only with a reason, because a copy of everything is worth stealing."""
    may_hand_over(request, again=again, by=by)
    before = request.handed_over_at
    states = (State.CHECKED, State.WORKING, State.DECIDED)
    why = "handed_over_again" if before else "handed_over"
    # Of two who press at once the second finds it handed over.
    _move(request, why, *states, only={"handed_over_at": before}, handed_over_at=Now(), by=by)
    bus.touch(request_topic(request.pk))


def _move(
    request: Request, why: str, *states: str, by: Person, only: dict[str, Any] | None = None, **changes: Any
) -> None:
    """The update decides: if somebody else has moved it on, nothing happens. The trigger writes the event."""
    rows = Request.objects.filter(pk=request.pk, state__in=states, **(only or {}))
    if not rows.update(moved_why=why, moved_by=by, **changes):
        raise NotNow
    journal.record(why.replace("_", " "), request, by=by)
    request.refresh_from_db()
