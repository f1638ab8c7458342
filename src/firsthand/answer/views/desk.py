"""The desk: from "ready" to "done", one page."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from firsthand.answer import actions, queries
from firsthand.answer.forms import CloseForm
from firsthand.answer.models import Contact
from firsthand.answer.views import panels
from firsthand.people.access import PersonRequest, only
from firsthand.people.models import ANSWERING


@only(*ANSWERING)
@never_cache
def desk(request: PersonRequest) -> HttpResponse:
    return panels.desk(request)


@only(*ANSWERING)
@require_POST
def ready(request: PersonRequest) -> HttpResponse:
    actions.say_ready(request.user, instance=_tab(request), by=request.user)
    return redirect("answer:desk")


@only(*ANSWERING)
@require_POST
def away(request: PersonRequest) -> HttpResponse:
    actions.say_away(request.user, by=request.user)
    return redirect("answer:desk")


@only(*ANSWERING)
@require_POST
def take(request: PersonRequest, public_id: UUID) -> HttpResponse:
    actions.take(_offered(request, public_id), by=request.user)
    return redirect("answer:desk")


@only(*ANSWERING)
@require_POST
def decline(request: PersonRequest, public_id: UUID) -> HttpResponse:
    actions.decline(_offered(request, public_id), by=request.user)
    return redirect("answer:desk")


@only(*ANSWERING)
@require_POST
def hold(request: PersonRequest, public_id: UUID) -> HttpResponse:
    actions.hold(queries.contact_for(request.user, public_id), by=request.user)
    return panels.desk(request)


@only(*ANSWERING)
@require_POST
def resume(request: PersonRequest, public_id: UUID) -> HttpResponse:
    actions.resume(queries.contact_for(request.user, public_id), by=request.user)
    return panels.desk(request)


@only(*ANSWERING)
@require_POST
def hang_up(request: PersonRequest, public_id: UUID) -> HttpResponse:
    actions.hang_up(queries.contact_for(request.user, public_id), by=request.user)
    return panels.desk(request)


@only(*ANSWERING)
@require_POST
def reached(request: PersonRequest, public_id: UUID) -> HttpResponse:
    actions.reached(queries.contact_for(request.user, public_id), by=request.user)
    return panels.desk(request)


@only(*ANSWERING)
@require_POST
def not_reached(request: PersonRequest, public_id: UUID) -> HttpResponse:
    actions.not_reached(queries.contact_for(request.user, public_id), by=request.user)
    return panels.desk(request)


@only(*ANSWERING)
@require_POST
def close(request: PersonRequest, public_id: UUID) -> HttpResponse:
    """The record as it stands in the page goes with it: what was typed in the last second is not lost."""
    contact = queries.contact_for(request.user, public_id)
    form = CloseForm(request.POST)
    if not form.is_valid():
        return panels.saved(request, form, status=422)
    found = panels.keep(contact, form, by=request.user)
    if asks := panels.unseen(request, form, found):
        return asks
    away = request.POST.get("then") == "away"
    actions.close(contact, solved=form.cleaned_data["solved"], then_away=away, by=request.user)
    return panels.desk(request)


def _offered(request: PersonRequest, public_id: UUID) -> Contact:
    """An offer that has gone on is a sentence, not a missing page."""
    try:
        return queries.contact_for(request.user, public_id)
    except (Http404, actions.NotYours):
        raise actions.OfferGone from None


def _tab(request: PersonRequest) -> str:
    """Which tab asks; without scripts there is no phone either, and one name does for all."""
    return request.headers.get("X-Firsthand-Tab", "")[:40] or "plain"
