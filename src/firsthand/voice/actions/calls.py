"""Start, join, change, leave, end. One row lock a call; what has ended stays as it ended."""

from __future__ import annotations

from django.db import transaction
from django.db.models import F
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from firsthand.journal import actions as journal
from firsthand.kernel.refusal import Refusal
from firsthand.people.models import Person
from firsthand.voice import carriers, queries, signals
from firsthand.voice.models import Call, Leg, Mode
from firsthand.voice.pure import modes


class CallOver(Refusal):
    says = _("This call has ended.")


class NotYourCall(Refusal):
    says = _("Only the helper who talks with the caller can change this.")


class NotWithThisCarrier(Refusal):
    says = _("This telephone connection cannot do that.")


@transaction.atomic
def start(*, carrier: str, by: Person | None = None) -> tuple[Call, Leg]:
    """A customer calls. The leg's key goes into the caller's cookie and nowhere else."""
    call = Call.objects.create(carrier=carriers.get(carrier).name)
    leg = Leg.objects.create(call=call, role=Leg.Role.CUSTOMER)
    journal.record("call_started", call, by=by, carrier=carrier)
    return call, leg


@transaction.atomic
def join(call: Call, role: str, person: Person, *, by: Person | None) -> Leg:
    """Put a person into the call; whoever had that place leaves it. A new pair has a new talk clock."""
    call = _open(call)
    _close(call, role)
    leg = Leg.objects.create(call=call, role=role, person=person)
    if role == Leg.Role.HELPER:
        call.legs.open().update(audible_at=None)
    journal.record("call_joined", call, by=by, leg=str(leg.pk), role=role)
    # A new helper begins with talking; a new specialist is announced like the one before.
    _change(call, Mode.TALK if role == Leg.Role.HELPER else None, by=by, anew=role == Leg.Role.SPECIALIST)
    if not carriers.get(call.carrier).watched:
        call.legs.open().update(audible_at=Now())
        sound(call, by=by)
    return leg


@transaction.atomic
def set_mode(call: Call, mode: str, *, by: Person | None) -> None:
    """Who hears whom from now on. Only the helper in the call says so: nobody listens in from outside."""
    call = _open(call)
    if by and not call.legs.open().filter(role=Leg.Role.HELPER, person=by).exists():
        raise NotYourCall
    if mode not in carriers.get(call.carrier).modes:
        raise NotWithThisCarrier
    if mode != call.mode:
        journal.record("call_mode", call, by=by, mode=str(mode))
        _change(call, mode, by=by)


@transaction.atomic
def leave(call: Call, role: str, *, by: Person | None) -> None:
    """One party goes, the call stays. To leave a call that one is not in is no mistake."""
    call = queries.locked(call)
    if _close(call, role):
        journal.record("call_left", call, by=by, role=role)
        _change(call, modes.without(call.mode, role), by=by)


@transaction.atomic
def end(call: Call, ended_by: str, *, by: Person | None) -> None:
    """The call is over for everybody. Who ended it first is kept; ending it again changes nothing."""
    call = queries.locked(call)
    if call.ended_at:
        return
    Call.objects.filter(pk=call.pk).update(ended_at=Now(), ended_by=ended_by, epoch=F("epoch") + 1)
    _close(call, *Leg.Role.values)
    journal.record("call_ended", call, by=by, ended_by=str(ended_by))
    call.refresh_from_db()
    signals.call_ended.send(Call, call=call, ended_by=ended_by)


@transaction.atomic
def sound(call: Call, *, by: Person | None) -> None:
    """Customer and helper both receive sound: the talk clock starts. The call keeps its earliest time."""
    Call.objects.open().filter(pk=call.pk, audible_at=None).update(audible_at=Now())
    call.refresh_from_db()
    carriers.get(call.carrier).arrange(call)  # the pages show the clock
    signals.call_audible.send(Call, call=call)


@transaction.atomic
def rearrange(call: Call, *, by: Person | None) -> None:
    """A party's page came, went, or was reloaded: all others build their connection to it anew."""
    _change(call)


def _open(call: Call) -> Call:
    call = queries.locked(call)
    if call.ended_at:
        raise CallOver
    return call


def _close(call: Call, *roles: str) -> bool:
    """These parties are out of the call, and their pages hear of it."""
    legs = list(call.legs.open().filter(role__in=roles))
    call.legs.filter(pk__in=[leg.pk for leg in legs]).update(left_at=Now())
    for leg in legs:
        carriers.get(call.carrier).release(leg)
    return bool(legs)


def _change(call: Call, mode: str | None = None, *, by: Person | None = None, anew: bool = False) -> None:
    """One step of the epoch, and the carrier brings it about. The one place where a mode is written: whoever
    lets somebody hear announces it in the same step, or nothing happens. `anew`: there is another listener.
    """
    mode, told = mode or call.mode, call.announced
    heard = mode in modes.OVERHEARD
    Call.objects.filter(pk=call.pk).update(mode=mode, announced=mode if heard else "", epoch=F("epoch") + 1)
    call.refresh_from_db()
    if heard and (anew or told != mode):
        carriers.get(call.carrier).announce(call)
        journal.record("listening announced", call, by=by, mode=str(mode))
    carriers.get(call.carrier).arrange(call)
