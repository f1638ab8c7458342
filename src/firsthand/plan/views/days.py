"""Days, rules, rooms and training days of one front week."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from firsthand.people.access import PersonRequest, only
from firsthand.people.models import Role
from firsthand.plan import actions, queries
from firsthand.plan.forms import places as forms
from firsthand.plan.forms.rules import RulesForm
from firsthand.plan.models import FrontWeek
from firsthand.ui.pages import done, posted, show, show_form


@only(Role.ORGANISER)
def days(request: PersonRequest, pk: int) -> HttpResponse:
    return _days(request, queries.week_for(request.user, pk))


@require_POST
@only(Role.ORGANISER)
def half_day(request: PersonRequest, pk: int) -> HttpResponse:
    week = queries.week_for(request.user, pk)
    form = forms.HalfDayForm.of(request.POST.get("half_day", ""))
    if not form.is_valid():
        raise actions.NotInThisWeek
    day, part, on = (form.cleaned_data[name] for name in ("day", "part", "on"))
    (actions.work if on else actions.rest)(week, day, part, by=request.user)
    return show(request, "plan/weeks/days.html", _context(week), part="grid")


@only(Role.ORGANISER)
def rules(request: PersonRequest, pk: int) -> HttpResponse:
    week = queries.week_for(request.user, pk)
    form = RulesForm.of(queries.rules_of(week), posted(request))
    if done(form, partial(actions.set_rules, week, by=request.user), no_at="morning_from"):
        messages.success(request, _("Saved."))
        return redirect("plan:rules", pk)
    return show_form(request, "plan/weeks/rules.html", form, week=week)


@require_POST
@only(Role.ORGANISER)
def add_room(request: PersonRequest, pk: int) -> HttpResponse:
    week = queries.week_for(request.user, pk)
    form = forms.RoomForm(request.POST)
    if done(form, partial(actions.put_room, week, by=request.user), no_at="name"):
        return redirect("plan:days", pk)
    return _days(request, week, room=form)


@require_POST
@only(Role.ORGANISER)
def add_training(request: PersonRequest, pk: int) -> HttpResponse:
    week = queries.week_for(request.user, pk)
    form = forms.TrainingForm(request.POST)
    if done(form, partial(actions.put_training, week, by=request.user), no_at="day"):
        return redirect("plan:days", pk)
    return _days(request, week, training=form)


@only(Role.ORGANISER)
def room(request: PersonRequest, pk: int) -> HttpResponse:
    found = queries.room_for(request.user, pk)
    form = forms.RoomForm.of(found, posted(request))
    if done(form, partial(actions.put_room, found.week, room=found, by=request.user), no_at="name"):
        return redirect("plan:days", found.week_id)
    return show_form(request, "plan/weeks/room.html", form, room=found, week=found.week)


@only(Role.ORGANISER)
def training(request: PersonRequest, pk: int) -> HttpResponse:
    found = queries.training_for(request.user, pk)
    form = forms.TrainingForm.of(found, posted(request))
    if done(form, partial(actions.put_training, found.week, training=found, by=request.user), no_at="day"):
        return redirect("plan:days", found.week_id)
    return show_form(request, "plan/weeks/training.html", form, training=found, week=found.week)


@require_POST
@only(Role.ORGANISER)
def drop_room(request: PersonRequest, pk: int) -> HttpResponse:
    found = queries.room_for(request.user, pk)
    actions.drop_room(found, by=request.user)
    return redirect("plan:days", found.week_id)


@require_POST
@only(Role.ORGANISER)
def drop_training(request: PersonRequest, pk: int) -> HttpResponse:
    found = queries.training_for(request.user, pk)
    actions.drop_training(found, by=request.user)
    return redirect("plan:days", found.week_id)


def _days(request: PersonRequest, week: FrontWeek, **forms_with_errors: Any) -> HttpResponse:
    status = 422 if forms_with_errors else 200
    return show(request, "plan/weeks/days.html", _context(week) | forms_with_errors, status=status)


def _context(week: FrontWeek) -> dict[str, Any]:
    """A form that came back with errors takes the place of the empty one."""
    return {
        "week": week,
        "days": queries.days(week),
        "rules": queries.rules_of(week),
        "room": forms.RoomForm(),
        "training": forms.TrainingForm(),
    }
