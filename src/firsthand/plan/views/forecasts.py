"""“How many will call?”"""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from firsthand.people.access import PersonRequest, only
from firsthand.people.models import Role
from firsthand.plan.actions import forecasting, knowing
from firsthand.plan.forms import volumes as forms
from firsthand.plan.queries import corrections, forecast_day
from firsthand.plan.queries import forecasts as queries
from firsthand.ui.pages import back, posted, show


@only(Role.ORGANISER)
def forecast(request: PersonRequest) -> HttpResponse:
    form = forms.CorrectionForm(posted(request), initial=request.GET.dict())
    if form.is_valid():
        knowing.correct(**form.cleaned_data, by=request.user)
        return redirect(back(request, request.get_full_path()))
    page = queries.page(request.GET.get("queue", ""), request.GET.get("weeks", ""))
    context = {"form": form, "page": page}
    return show(request, "plan/forecast/page.html", context, part="run", status=422 if form.errors else 200)


@only(Role.ORGANISER)
def day(request: PersonRequest, day: str) -> HttpResponse:
    return show(
        request, "plan/forecast/day.html", {"page": forecast_day.day(day, request.GET.get("queue", ""))}
    )


@require_POST
@only(Role.ORGANISER)
def run(request: PersonRequest) -> HttpResponse:
    forecasting.start(by=request.user)
    return redirect("plan:forecast")


@require_POST
@only(Role.ORGANISER)
def stop(request: PersonRequest, pk: int) -> HttpResponse:
    forecasting.stop(queries.forecast_for(request.user, pk), by=request.user)
    return redirect("plan:forecast")


@require_POST
@only(Role.ORGANISER)
def withdraw(request: PersonRequest, pk: int) -> HttpResponse:
    knowing.withdraw(corrections.correction_for(request.user, pk), by=request.user)
    return redirect(back(request, "/forecast/"))
