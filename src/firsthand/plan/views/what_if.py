"""What if? Kept with the plan, side by side with how it stands."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from firsthand.kernel.refusal import Refusal
from firsthand.people.access import PersonRequest, only
from firsthand.people.models import Role
from firsthand.plan import queries
from firsthand.plan.actions import needs as actions
from firsthand.plan.forms.what_if import WhatIfForm
from firsthand.plan.queries import hold, what_if
from firsthand.ui.pages import posted, show


@only(Role.ORGANISER)
def what_if_page(request: PersonRequest, pk: int) -> HttpResponse:
    week = queries.week_for(request.user, pk)
    form = WhatIfForm(hold.languages(week), posted(request))
    if form.is_bound and form.is_valid():
        try:
            actions.reckon(week, name=form.cleaned_data["name"], changes=form.changes, by=request.user)
            return redirect("plan:what_if", pk)
        except Refusal as no:
            form.add_error(None, str(no))
    context = {"week": week, "form": form, "seen": what_if.compare(week)}
    return show(
        request, "plan/hold/what_if.html", context, part="compare", status=422 if form.errors else 200
    )


@require_POST
@only(Role.ORGANISER)
def drop(request: PersonRequest, pk: int) -> HttpResponse:
    need = hold.need_for(request.user, pk)
    actions.drop_what_if(need, by=request.user)
    return redirect("plan:what_if", need.week_id)
