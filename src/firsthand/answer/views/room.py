"""The room: the wall everybody sees, the queue for organisers, and what is still owed to callers."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from firsthand.answer import actions, queries
from firsthand.people.access import PersonRequest, only
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
        "due": [one for one in queries.open_promises() if one.due_on <= today],
        "week": plan.front_week(today),
        "today": today,
    }
    return show(request, "answer/room/watch.html", context, part="watch")


@only(*ANSWERING, Role.ORGANISER)
def promises(request: PersonRequest) -> HttpResponse:
    may_open = request.user.has_role(Role.ADVISOR, Role.SPECIALIST)
    context = {"promises": queries.open_promises(), "today": timezone.localdate(), "may_open": may_open}
    return show(request, "answer/room/promises.html", context, part="promises")


@only(*ANSWERING, Role.ORGANISER)
@require_POST
def keep(request: PersonRequest, pk: int) -> HttpResponse:
    actions.keep_promise(queries.promise_for(request.user, pk), by=request.user)
    return redirect("answer:promises")
