"""What a phone's page asks and says. Each answer is JSON; a stranger's leg does not exist."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict
from functools import wraps
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from firsthand.people import actions as people
from firsthand.people.access import only
from firsthand.ui.pages import show
from firsthand.voice import actions, phones, queries
from firsthand.voice.models import Leg
from firsthand.voice.pure import signalling


def in_json(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A no as JSON: the page that asks is a script, and goes by the code."""

    @wraps(view)
    @never_cache
    def answered(*args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return view(*args, **kwargs)
        except signalling.Malformed:
            return JsonResponse({"code": "malformed"}, status=400)
        except actions.SignalRefused as no:
            return JsonResponse({"code": no.code, "says": str(no)}, status=409)
        except people.TooMany as no:
            return JsonResponse({"code": "too_many", "says": str(no)}, status=429)

    return answered


@require_GET
@in_json
def topology(request: HttpRequest, leg_id: UUID) -> HttpResponse:
    return JsonResponse(asdict(queries.topology(queries.leg_for(request, leg_id))))


@require_POST
@in_json
def signal(request: HttpRequest, leg_id: UUID) -> HttpResponse:
    leg = queries.leg_for(request, leg_id)
    actions.relay(leg, signalling.parse(_json(request)), by=leg.person)
    return HttpResponse(status=204)


@require_POST
@in_json
def beat(request: HttpRequest, leg_id: UUID) -> HttpResponse:
    leg, said = queries.leg_for(request, leg_id), request.POST
    instance = signalling.named(said.get("instance", ""))
    if "leaving" in said:
        actions.page_closes(leg, instance=instance, by=leg.person)
        return HttpResponse(status=204)
    heard = actions.beat(
        leg, instance=instance, audible="audible" in said, claim="claim" in said, by=leg.person
    )
    return JsonResponse({"heard": heard, "epoch": leg.call.epoch})


@require_POST
@in_json
def hangup(request: HttpRequest, leg_id: UUID) -> HttpResponse:
    leg = queries.leg_for(request, leg_id)
    if leg.role == Leg.Role.SPECIALIST:
        actions.leave(leg.call, leg.role, by=leg.person)
    elif not leg.left_at:
        actions.end(leg.call, leg.role, by=leg.person)
    return HttpResponse(status=204)


@only()
@require_GET
@in_json
def mine(request: HttpRequest) -> HttpResponse:
    leg = queries.mine(request.user)
    return JsonResponse({"leg": phones.describe(request, leg) if leg else None})


def microphone(request: HttpRequest) -> HttpResponse:
    """For helpers before the shift and for callers before the call: no account needed."""
    return show(request, "voice/microphone.html", {})


def _json(request: HttpRequest) -> object:
    if len(request.body) > signalling.LARGEST:
        raise signalling.Malformed
    try:
        return json.loads(request.body)
    except (ValueError, RecursionError):
        raise signalling.Malformed from None
