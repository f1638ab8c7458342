"""The organiser's front weeks."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from firsthand.kernel.refusal import Refusal
from firsthand.people.access import PersonRequest, only
from firsthand.people.models import Role
from firsthand.plan import actions, queries
from firsthand.plan.forms import weeks as forms
from firsthand.ui.pages import posted, show, show_form


@only(Role.ORGANISER)
def weeks(request: PersonRequest) -> HttpResponse:
    form = forms.NewWeekForm(posted(request))
    if form.is_valid():
        try:
            week = actions.make(**form.cleaned_data, by=request.user)
            return redirect("plan:overview", week.pk)
        except Refusal as no:
            form.add_error("starts_on", str(no))
    context = {"form": form, "weeks": queries.weeks()}
    return show(request, "plan/weeks.html", context, part="list", status=422 if form.errors else 200)


@only(Role.ORGANISER)
def overview(request: PersonRequest, pk: int) -> HttpResponse:
    week = queries.week_for(request.user, pk)
    context = {"week": week, "standing": queries.standing(week)}
    return show(request, "plan/weeks/overview.html", context, part="steps")


@only(Role.ORGANISER)
def change(request: PersonRequest, pk: int) -> HttpResponse:
    week = queries.week_for(request.user, pk)
    form = forms.ChangeForm.of(week, posted(request))
    if form.is_valid():
        try:
            actions.change(week, **form.cleaned_data, by=request.user)
            return redirect("plan:overview", pk)
        except Refusal as no:
            form.refused(no)
    return show_form(request, "plan/weeks/change.html", form, week=queries.week_for(request.user, pk))


@require_POST
@only(Role.ORGANISER)
def call_off(request: PersonRequest, pk: int) -> HttpResponse:
    actions.call_off(queries.week_for(request.user, pk), by=request.user)
    return redirect("plan:week")
