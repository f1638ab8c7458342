"""“How many called?”: what is there of the past, and what of it is not to be learnt from."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from firsthand.people.access import PersonRequest, only
from firsthand.people.models import Role
from firsthand.plan.actions import knowing
from firsthand.plan.forms import volumes as forms
from firsthand.plan.queries import past
from firsthand.plan.queries import volumes as queries
from firsthand.ui.pages import back, posted, show, show_form


@only(Role.ORGANISER)
def volumes(request: PersonRequest) -> HttpResponse:
    page = past.overview(request.GET.get("queue", ""), request.GET.get("weeks", ""))
    form = forms.MarkForm(posted(request), initial=request.GET.dict())
    if form.is_valid():
        knowing.mark(**form.cleaned_data, by=request.user)
        return redirect(back(request, request.get_full_path()))
    return show_form(request, "plan/volumes/page.html", form, page=page)


@only(Role.ORGANISER)
def day(request: PersonRequest, day: str) -> HttpResponse:
    page = past.day(day, request.GET.get("queue", ""))
    return show(request, "plan/volumes/day.html", {"page": page})


@require_POST
@only(Role.ORGANISER)
def unmark(request: PersonRequest, pk: int) -> HttpResponse:
    knowing.unmark(queries.mark_for(request.user, pk), by=request.user)
    return redirect(back(request, "/volumes/"))


@only(Role.ORGANISER)
def events(request: PersonRequest) -> HttpResponse:
    form = forms.EventForm(posted(request))
    if form.is_valid():
        knowing.add_event(**form.cleaned_data, by=request.user)
        return redirect("plan:events")
    return show_form(request, "plan/volumes/events.html", form, page=past.calendar())


@require_POST
@only(Role.ORGANISER)
def copy_events(request: PersonRequest) -> HttpResponse:
    made = knowing.copy_events(past.calendar().copy_into, by=request.user)
    messages.info(request, _("%(n)s events were copied. Look at their days.") % {"n": len(made)})
    return redirect("plan:events")


@require_POST
@only(Role.ORGANISER)
def remove_event(request: PersonRequest, pk: int) -> HttpResponse:
    knowing.remove_event(queries.event_for(request.user, pk), by=request.user)
    return redirect("plan:events")
