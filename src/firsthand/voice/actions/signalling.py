"""Carry SDP and ICE from one page to another, and nothing that the mode of the call does not allow."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from firsthand.journal import actions as journal
from firsthand.kernel.refusal import Refusal
from firsthand.live import bus
from firsthand.people import actions as people
from firsthand.people.models import Person
from firsthand.voice import queries
from firsthand.voice.models import Call, Leg
from firsthand.voice.pure import sdp
from firsthand.voice.pure.signalling import Signal

# A negotiation is an SDP and a few batches of candidates. Somebody who sends more is not one of our pages.
SIGNALS = 80
SECONDS = 10


class SignalRefused(Refusal):
    says = _("The connection was refused, because this call does not allow it now.")

    def __init__(self, code: str) -> None:
        super().__init__()
        self.code = code


def relay(leg: Leg, signal: Signal, *, by: Person | None = None) -> None:
    """Pass it on, or raise `SignalRefused` with a code. A refused offer is in the journal; no SDP ever is."""
    people.spend(f"signal:{leg.pk}", SIGNALS, SECONDS, by=by)
    with transaction.atomic():
        code = _carry(leg, signal)
        if code and signal.kind == "sdp":
            journal.record("offer_refused", leg.call, by=by, leg=str(leg.pk), role=leg.role, code=code)
    if code:
        raise SignalRefused(code)


def _carry(leg: Leg, signal: Signal) -> str:
    # The row is held so that no change of mode can pass between the look and the sending.
    call = Call.objects.select_for_update().get(pk=leg.call_id)
    leg = Leg.objects.select_related("call").get(pk=leg.pk)
    if leg.left_at:
        return "over"
    if leg.instance != signal.instance:
        return "elsewhere"
    line = next((line for line in queries.lines(leg) if line.role == signal.to), None)
    code = _why_not(line, signal)
    if code == "direction" and signal.epoch < call.epoch:
        return "stale"  # right when it was written: the page fetches the topology and says it anew
    if line and not code:
        bus.send(queries.topic(call.legs.open().get(role=line.role)), _message(leg, signal))
    return code


def _why_not(line: queries.Line | None, signal: Signal) -> str:
    if line is None:
        return "no_line"
    if line.instance != signal.for_instance:
        return "stale"
    return sdp.why_not(signal.body["sdp"]["sdp"], line.direction) if signal.kind == "sdp" else ""


def _message(leg: Leg, signal: Signal) -> dict[str, object]:
    return {
        "from": leg.role,
        "instance": signal.instance,
        "for_instance": signal.for_instance,
        "kind": signal.kind,
        **signal.body,
    }
