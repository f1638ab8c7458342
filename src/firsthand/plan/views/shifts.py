"""When do I answer? Everybody's own page: nobody sees anybody else's."""

from functools import partial

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from firsthand.kernel.refusal import Refusal
from firsthand.people.access import PersonRequest, only
from firsthand.plan import actions, queries
from firsthand.plan.forms import shifts as forms
from firsthand.plan.words import calendars as words
from firsthand.ui.pages import done, show


@only()
def shifts(request: PersonRequest, pk: int | None = None) -> HttpResponse:
    return _page(request, pk)


@require_POST
@only()
def answer(request: PersonRequest, pk: int) -> HttpResponse:
    callup = queries.own_callup_for(request.user, pk)
    actions.answer(callup, coming=request.POST.get("coming") == "yes", by=request.user)
    return redirect("plan:my_week", pk)


@require_POST
@only()
def volunteer(request: PersonRequest, pk: int) -> HttpResponse:
    actions.volunteer(queries.open_week_for(request.user, pk), by=request.user)
    return redirect("plan:my_week", pk)


@require_POST
@only()
def wish(request: PersonRequest, pk: int) -> HttpResponse:
    callup = queries.own_callup_for(request.user, pk)
    shift = queries.shift_of(callup, request.POST.get("shift", ""))
    actions.wish(callup, shift, request.POST.get("kind", ""), by=request.user)
    return show(request, "plan/shifts/saved.html", {"shift": shift})


@require_POST
@only()
def be_absent(request: PersonRequest) -> HttpResponse:
    form = forms.AbsenceForm(request.POST)
    if done(form, partial(actions.be_absent, by=request.user), no_at="last"):
        return redirect("plan:shifts")
    return _page(request, absence=form)


@require_POST
@only()
def be_there(request: PersonRequest, pk: int) -> HttpResponse:
    actions.be_there_after_all(queries.own_absence_for(request.user, pk), by=request.user)
    return redirect("plan:shifts")


@require_POST
@only()
def calendar(request: PersonRequest, pk: int) -> HttpResponse:
    week = queries.open_week_for(request.user, pk)
    form = forms.CalendarForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            read = actions.read_calendar(week, form.data_of(), by=request.user)
            messages.success(request, words.read(read))
            return redirect("plan:my_week", pk)
        except Refusal as no:
            form.add_error("file", str(no))
    return _page(request, pk, calendar=form)


@require_POST
@only()
def forget_calendar(request: PersonRequest) -> HttpResponse:
    actions.forget_calendar(by=request.user)
    messages.success(request, _("What was read from your calendar is gone."))
    return redirect("plan:shifts")


def _page(request: PersonRequest, pk: int | None = None, **more: object) -> HttpResponse:
    context = {
        "mine": queries.mine(request.user, pk),
        "absence": forms.AbsenceForm(),
        "calendar": forms.CalendarForm(),
        **more,
    }
    wrong = {"absence", "calendar"} & set(more)
    return show(request, "plan/shifts/page.html", context, part="rostered", status=422 if wrong else 200)
