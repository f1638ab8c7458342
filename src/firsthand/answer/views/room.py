"""The room: the wall everybody sees, the queue for organisers, and what is still owed to callers."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from firsthand.answer import actions, queries
from firsthand.kernel import zones
from firsthand.people.access import PersonRequest, only, signed
from firsthand.people.models import ANSWERING, Role
from firsthand.plan import queries as plan
from firsthand.ui.pages import show


@only()
def wall(request: PersonRequest) -> HttpResponse:
    return show(request, "answer/room/wall.html", {"wall": queries.wall()}, part="wall")


@only(Role.ORGANISER)
def watch(request: PersonRequest) -> HttpResponse:
    today = timezone.localdate()
    context = {
        "watch": queries.watch(),
        "due": queries.owed(request.user, until=today),
        "week": plan.front_week(today),
        "today": today,
    }
    return show(request, "answer/room/watch.html", context, part="watch")


@only(*ANSWERING, Role.ORGANISER)
@signed
@zones.within(zones.CASEWORK)
def promises(request: PersonRequest) -> HttpResponse:
    context = {
        "promises": queries.owed(request.user, page=request.GET.get("page", 1)),
        "today": timezone.localdate(),
    }
    return show(request, "answer/room/promises.html", context, part="promises")


@only(*ANSWERING, Role.ORGANISER)
@signed
@require_POST
@zones.within(zones.CASEWORK)
def take_over(request: PersonRequest, pk: int) -> HttpResponse:
    actions.take_promise(queries.free_promise_for(request.user, pk), by=request.user)
    return redirect("answer:promises")


@only(*ANSWERING, Role.ORGANISER)
@require_POST
@zones.within(zones.CASEWORK)
def keep(request: PersonRequest, pk: int) -> HttpResponse:
    actions.keep_promise(queries.promise_for(request.user, pk), by=request.user)
    return redirect("answer:promises")
