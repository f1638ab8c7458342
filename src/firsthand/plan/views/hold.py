"""Will it hold? From the week to the half-hour to the person."""

from datetime import date

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from firsthand.people.access import PersonRequest, only
from firsthand.people.models import Role
from firsthand.plan import queries, registry
from firsthand.plan.actions import needs as actions
from firsthand.plan.queries import hold
from firsthand.plan.queries import moment as moments
from firsthand.plan.words import strips
from firsthand.ui.pages import show


@only(Role.ORGANISER)
def strip(request: PersonRequest, pk: int) -> HttpResponse:
    week = queries.week_for(request.user, pk)
    found = hold.strip(week, request.GET.get("language", ""))
    context = {
        "week": week,
        "strip": found,
        "lines": strips.lines(found),
        "under_way": hold.under_way(week),
        "failed": hold.failed(week),
    }
    return show(request, "plan/hold/page.html", context, part="strip")


@only(Role.ORGANISER)
def day(request: PersonRequest, pk: int, on: str) -> HttpResponse:
    week = queries.week_for(request.user, pk)
    found = hold.day(week, _day(on), registry.present())
    if not found:
        raise Http404
    context = {"week": week, "day": _day(on), "languages": found, "around": hold.around(week, _day(on))}
    return show(request, "plan/hold/day.html", context, part="day")


@only(Role.ORGANISER)
def moment(request: PersonRequest, pk: int, on: str, at: str) -> HttpResponse:
    week = queries.week_for(request.user, pk)
    language = request.GET.get("language", "")
    found = moments.moment(week, _day(on), _minute(at), language)
    return show(request, "plan/hold/moment.html", {"week": week, "moment": found, "language": language})


@require_POST
@only(Role.ORGANISER)
def reckon(request: PersonRequest, pk: int) -> HttpResponse:
    actions.reckon(queries.week_for(request.user, pk), by=request.user)
    return redirect("plan:hold", pk)


@require_POST
@only(Role.ORGANISER)
def stop(request: PersonRequest, pk: int) -> HttpResponse:
    need = hold.need_for(request.user, pk)
    actions.stop_reckoning(need, by=request.user)
    return redirect("plan:hold", need.week_id)


def _day(written: str) -> date:
    try:
        return date.fromisoformat(written)
    except ValueError:
        raise Http404 from None


def _minute(written: str) -> int:
    """`0930` → 570."""
    if len(written) != 4 or not written.isascii() or not written.isdigit() or int(written[2:]) > 59:
        raise Http404
    return int(written[:2]) * 60 + int(written[2:])
