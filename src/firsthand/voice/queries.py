"""Reads: whose leg this is, whom it must be connected to, who has been silent."""

from __future__ import annotations

import hmac
import time
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db.models import DateTimeField, F, Q, QuerySet, Value
from django.db.models.functions import Greatest, Now
from django.http import Http404, HttpRequest

from firsthand.people.models import Person
from firsthand.voice import signals
from firsthand.voice.models import Call, Leg
from firsthand.voice.pure import modes, relay

CALLER_COOKIE = "firsthand_caller"
LOST_AFTER = 12  # seconds of silence; a page speaks every four
GONE_AFTER = 20


def topic(leg: Leg) -> str:
    """Where the leg's page listens."""
    return f"leg:{leg.pk}"


def topics(leg: Leg) -> list[str]:
    """Whom a change of this leg concerns: its page, and any page of its person that might take the call."""
    return [topic(leg), f"desk:{leg.person_id}"] if leg.person_id else [topic(leg)]


def leg_for(request: HttpRequest, leg_id: UUID) -> Leg:
    """The only way from an address to a leg: a helper's own, or the caller's who holds its key."""
    leg = Leg.objects.select_related("call").filter(pk=leg_id).first()
    if leg and (_is_person(request, leg) or _is_caller(request, leg)):
        return leg
    raise Http404


def _is_person(request: HttpRequest, leg: Leg) -> bool:
    return leg.person_id is not None and request.user.is_authenticated and request.user.pk == leg.person_id


def _is_caller(request: HttpRequest, leg: Leg) -> bool:
    key = _key(request)
    return leg.role == Leg.Role.CUSTOMER and hmac.compare_digest(key.encode(), leg.key.encode())


def _key(request: HttpRequest) -> str:
    key = request.COOKIES.get(CALLER_COOKIE, "")
    return key if key.isascii() and key.isprintable() else ""


def caller_leg(request: HttpRequest) -> Leg | None:
    """The leg of the caller whose browser this is, also after the call has ended."""
    key = _key(request)
    return Leg.objects.select_related("call").filter(key=key, role=Leg.Role.CUSTOMER).first() if key else None


def mine(person: Person | AnonymousUser) -> Leg | None:
    """The leg this person has in a call that goes on."""
    if not person.is_authenticated:
        return None
    open_legs = Leg.objects.open().filter(person=person).select_related("call")
    return open_legs.order_by("-joined_at").first()


def locked(call: Call) -> Call:
    """The call's row, held until the transaction ends. Rooms above lock theirs first: one order for all."""
    signals.call_about_to_change.send(Call, call=call)
    return Call.objects.select_for_update().get(pk=call.pk)


@dataclass(frozen=True, slots=True)
class Line:
    """A connection one page must hold to another."""

    role: str
    instance: str
    send: bool
    recv: bool
    polite: bool
    direction: str


def lines(leg: Leg) -> list[Line]:
    """The connections of this leg: to every party of the call whose page is there."""
    pages = {other.role: other.instance for other in leg.call.legs.open().with_page().exclude(pk=leg.pk)}
    return [
        Line(peer.role, pages[peer.role], peer.send, peer.recv, peer.polite, peer.direction)
        for peer in modes.peers(leg.call.mode, leg.role, list(pages))
    ]


@dataclass(frozen=True, slots=True)
class Topology:
    """What a page reconciles itself to."""

    over: bool
    ended_by: str
    epoch: int
    mode: str
    role: str
    instance: str  # the page load that has this leg now
    lines: list[Line]
    others: list[str]  # the roles of the other parties in the call
    away: list[str]  # those of them whose page is closed, reloading, or silent
    talked_for: float | None  # seconds since both sides heard each other
    ice: dict[str, Any]
    ice_for: int  # seconds until the relay must be asked for anew


def topology(leg: Leg) -> Topology:
    call = leg.call
    others = list(call.legs.open().exclude(pk=leg.pk))
    return Topology(
        over=leg.left_at is not None,
        ended_by=call.ended_by,
        epoch=call.epoch,
        mode=call.mode,
        role=leg.role,
        instance=leg.instance,
        lines=[] if leg.left_at else lines(leg),
        others=[other.role for other in others],
        away=[other.role for other in others if other.is_away],
        talked_for=_talked_for(call),
        ice=ice(leg),
        ice_for=relay.LENT_FOR,
    )


def _talked_for(call: Call) -> float | None:
    """Since both of them receive sound, by the database's clock: two machines' clocks would disagree."""
    heard = call.legs.open().filter(role__in=modes.KEPT, audible_at__isnull=False)
    pair = list(heard.annotate(ago=Now() - F("audible_at")).order_by("ago").values_list("ago", flat=True))
    return pair[0].total_seconds() if len(pair) == len(modes.KEPT) else None


def ice(leg: Leg) -> dict[str, Any]:
    """How the page may reach the others. In a call with a customer only through a relay, if there is one."""
    hide = leg.call.legs.filter(role=Leg.Role.CUSTOMER).exists()
    # The credential's end is compared with the relay's clock, not the database's.
    return relay.config(settings.TURN_URLS, settings.TURN_SECRET, str(leg.pk), int(time.time()), hide=hide)


def silent(since: datetime, carriers: tuple[str, ...]) -> QuerySet[Leg]:
    """Legs about which something must be decided: lost and not yet said so, or gone. A page could only speak
    while a web process was serving, so silence counts from `since` at the earliest."""
    spoke = Greatest(F("seen_at"), Value(since, output_field=DateTimeField()))
    lost = Q(lost_at=None, spoke__lt=Now() - timedelta(seconds=LOST_AFTER))
    gone = Q(lost_at__isnull=False, spoke__lt=Now() - timedelta(seconds=GONE_AFTER))
    return Leg.objects.open().filter(call__carrier__in=carriers).annotate(spoke=spoke).filter(lost | gone)
