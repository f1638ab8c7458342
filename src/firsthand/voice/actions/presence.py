"""What a page says of itself every four seconds, and what its silence means."""

from __future__ import annotations

import logging
from enum import StrEnum

from django.db import transaction
from django.db.models.functions import Now

from firsthand.journal import actions as journal
from firsthand.live import queries as live
from firsthand.people.models import Person
from firsthand.voice import carriers, queries, signals
from firsthand.voice.actions import calls
from firsthand.voice.models import Call, Leg

log = logging.getLogger(__name__)


class Heard(StrEnum):
    """The answer to a beat."""

    HERE = "here"
    ELSEWHERE = "elsewhere"  # another page of the same person has the call
    OVER = "over"


def beat(leg: Leg, *, instance: str, audible: bool, claim: bool = False, by: Person | None = None) -> Heard:
    """The page is there, and whether it receives sound. Nearly always one UPDATE of one row.

    `claim`: this page wants the call, also from another page of the same person. A place without a page,
    or with one that has been lost, is taken without asking.
    """
    same = Leg.objects.open().filter(pk=leg.pk, instance=instance, lost_at=None)
    if audible:
        same = same.exclude(audible_at=None)
    if same.update(seen_at=Now()):
        return Heard.HERE
    return _news(leg, instance=instance, audible=audible, claim=claim, by=by)


@transaction.atomic
def _news(leg: Leg, *, instance: str, audible: bool, claim: bool, by: Person | None) -> Heard:
    call = queries.locked(leg.call)
    leg = call.legs.get(pk=leg.pk)
    if leg.left_at:
        return Heard.OVER
    if leg.instance not in {"", instance} and not claim and not leg.lost_at:
        return Heard.ELSEWHERE
    call.legs.filter(pk=leg.pk).update(instance=instance, seen_at=Now(), lost_at=None)
    if leg.lost_at or leg.instance != instance:
        calls.rearrange(call, by=by)
    if leg.lost_at:
        journal.record("leg_returned", call, by=by, role=leg.role)
        signals.leg_returned.send(Call, call=call, role=leg.role)
    if audible and not leg.audible_at:
        call.legs.filter(pk=leg.pk).update(audible_at=Now())
        _both_sides(call, leg, by=by)
    return Heard.HERE


def _both_sides(call: Call, leg: Leg, *, by: Person | None) -> None:
    pair = {Leg.Role.CUSTOMER, Leg.Role.HELPER}
    if leg.role in pair and call.legs.open().filter(role__in=pair, audible_at__isnull=False).count() == len(
        pair
    ):
        calls.sound(call, by=by)


@transaction.atomic
def page_closes(leg: Leg, *, instance: str, by: Person | None = None) -> None:
    """The page says farewell: closed or reloading, nobody can know. The others see it; the grace runs on."""
    call = queries.locked(leg.call)
    if call.legs.open().filter(pk=leg.pk, instance=instance).update(instance="", seen_at=Now()):
        calls.rearrange(call, by=by)


def sweep(*, by: Person | None = None) -> int:
    """Decide about every silent leg, each in its own transaction. Returns how many were decided about.

    While no web process served, no page could speak: then nobody is judged.
    """
    since = live.serving_since()
    if since is None:
        return 0
    silent = list(queries.silent(since, carriers.WATCHED).values_list("pk", "call_id"))
    for leg_id, call_id in silent:
        try:
            with transaction.atomic():
                call = queries.locked(Call(pk=call_id))
                # Once more, now that the row is held: it may have spoken meanwhile.
                for leg in queries.silent(since, carriers.WATCHED).filter(pk=leg_id):
                    _judge(call, leg, by=by)
        except Exception:  # one call that cannot be judged must not keep the others waiting
            log.exception("could not judge the silence of leg %s", leg_id)
    return len(silent)


def _judge(call: Call, leg: Leg, *, by: Person | None) -> None:
    if leg.lost_at is None:
        call.legs.filter(pk=leg.pk).update(lost_at=Now())
        journal.record("leg_lost", call, by=by, role=leg.role)
        calls.rearrange(call, by=by)
        signals.leg_lost.send(Call, call=call, role=leg.role)
        return
    journal.record("leg_gone", call, by=by, role=leg.role)
    signals.leg_gone.send(Call, call=call, role=leg.role)
    if leg.role == Leg.Role.CUSTOMER:
        calls.end(call, "lost", by=by)
    else:
        calls.leave(call, leg.role, by=by)
