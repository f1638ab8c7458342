"""What the caller's page says while it waits."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q
from django.http import HttpRequest

from firsthand.answer.models import Contact, Promise, Seat
from firsthand.answer.pure import waiting
from firsthand.answer.queries.clock import now
from firsthand.answer.queries.desk import dialled
from firsthand.answer.queries.memo import memo
from firsthand.voice import queries as voice
from firsthand.voice.models import Leg, Mode

LATELY = timedelta(minutes=30)
# The pace of half an hour does not change in five seconds; a hundred waiting pages ask for it.
PACE_SECONDS = 5
MOST = 2000  # answers and ends, the newest: of more the pace is the same


@dataclass(frozen=True, repr=False)  # it holds a number to call
class Waiting:
    state: str  # Contact.State
    ahead: int = 0
    minutes_low: int | None = None  # None: nothing to go by yet
    minutes_high: int | None = None
    on_hold: bool = False
    helper: str = ""  # who answers: the first name only
    held: bool = False  # the helper's page was lost; it waits for that helper, or for the next
    handed_on: bool = False  # somebody else goes on with the call
    lost: bool = False  # it ended because this page was silent for too long
    callback_number: str = ""
    promises: tuple[Promise, ...] = ()

    @property
    def waiting(self) -> bool:
        return self.state in (Contact.State.WAITING, Contact.State.OFFERED, Contact.State.CALLBACK)


def caller(contact: Contact) -> Waiting:
    contact = Contact.objects.select_related("call", "seat__person").get(pk=contact.pk)
    queued = contact.state in (Contact.State.WAITING, Contact.State.CALLBACK)
    ahead = _ahead(contact) if queued else 0
    minutes = waiting.estimate(ahead, _pace(contact)) if queued else None
    connected = contact.state == Contact.State.CONNECTED
    return Waiting(
        contact.state,
        ahead,
        minutes.low if minutes else None,
        minutes.high if minutes else None,
        on_hold=connected and contact.call is not None and contact.call.mode == Mode.HOLD,
        helper=contact.seat.person.first_name if connected and contact.seat else "",
        handed_on=queued and contact.moved_why == "handed_on" and contact.connected_at is not None,
        held=contact.held_for_id is not None or (queued and contact.connected_at is not None),
        lost=contact.state in (Contact.State.ABANDONED, Contact.State.WRAP_UP, Contact.State.CLOSED)
        and contact.call is not None
        and contact.call.ended_by == "lost",
        callback_number=dialled(contact.callback_phone) if contact.callback_phone else "",
        promises=tuple(contact.promises.order_by("pk")),
    )


def callers_contact(request: HttpRequest) -> Contact | None:
    """The contact of the caller whose browser this is; the key in its cookie is the only way to it."""
    leg = voice.caller_leg(request)
    return Contact.objects.select_related("call").filter(call=leg.call_id).first() if leg else None


def callers_leg(contact: Contact) -> Leg:
    """The caller's own leg, whose key makes a browser the caller's."""
    return Leg.objects.filter(call=contact.call_id, role=Leg.Role.CUSTOMER).latest("joined_at")


def _ahead(contact: Contact) -> int:
    """Those of the same language who came before: a helper of another language does not shorten this wait."""
    same = Contact.objects.queued().filter(language=contact.language, synthetic=contact.synthetic)
    before = Q(queued_at__lt=contact.queued_at) | Q(queued_at=contact.queued_at, pk__lt=contact.pk)
    return same.filter(before).count()


def _pace(contact: Contact) -> waiting.Pace:
    key = f"answer.pace.{contact.language}.{contact.synthetic}"
    found: waiting.Pace | None = memo.get(key)
    if found is None:
        found = _measured(contact.language, contact.synthetic, now())
        memo.set(key, found, PACE_SECONDS)
    return found


def _measured(language: str, synthetic: bool, moment: datetime) -> waiting.Pace:
    here = Seat.objects.exclude(state=Seat.State.AWAY).filter(
        synthetic=synthetic, languages__contains=[language]
    )
    same = Contact.objects.filter(language=language, synthetic=synthetic)
    answered = same.filter(connected_at__gt=moment - LATELY, callback_phone="").order_by("-connected_at")
    answers = answered.values_list("connected_at", flat=True)
    ended = same.filter(closed_at__gt=moment - LATELY, connected_at__isnull=False).order_by("-closed_at")
    lengths = ended.values_list("connected_at", "closed_at")
    return waiting.Pace(
        seats=here.count(),
        answers=[at.timestamp() for at in answers[:MOST] if at],
        lengths=[(end - start).total_seconds() for start, end in lengths[:MOST] if start and end],
    )
