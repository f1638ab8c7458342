"""Numbers that nobody calls to advertise: onto the list, found by the number itself, and off it again."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from firsthand.people.access import PersonRequest, only
from firsthand.people.models import Role
from firsthand.protect import actions, forms
from firsthand.protect.models import Suppression
from firsthand.protect.views.consents import MAY, within
from firsthand.ui.pages import show


@require_POST
@only(*MAY)
@within
def no_calls(request: PersonRequest) -> HttpResponse:
    form = forms.NoCalls(request.POST)
    if not form.is_valid():
        raise actions.NotATelephone
    actions.suppress(**form.cleaned_data, by=request.user)
    messages.success(request, _("Written down: nobody calls this number to advertise."))
    return redirect("protect:consents")


@require_POST
@only(*MAY)
def find(request: PersonRequest) -> HttpResponse:
    """From a telephone number, which stands in no address, to the page with the row's number."""
    form = forms.OnTheList(request.POST)
    if not form.is_valid():
        raise actions.NotATelephone
    return redirect(
        "protect:no_calls_of", actions.find_no_calls(form.cleaned_data["number"], by=request.user)
    )


@only(*MAY)
@never_cache
@within
def number(request: PersonRequest, pk: int) -> HttpResponse:
    rows = actions.look_up_no_calls(pk, by=request.user)
    officer = request.user.has_role(Role.PROTECTION)
    live = [
        (row, forms.Lift(row) if officer or row.why != Suppression.Why.COMPLAINT else None)
        for row in rows
        if row.lifted_at is None
    ]
    return show(
        request, "protect/no_calls_of.html", {"live": live, "lifted": [r for r in rows if r.lifted_at]}
    )


@require_POST
@only(*MAY)
@within
def lift(request: PersonRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(Suppression, pk=pk)
    form = forms.Lift(row, request.POST)
    if not form.is_valid():
        raise actions.NobodySaidSo
    actions.lift(row, **form.cleaned_data, by=request.user)
    messages.success(request, _("Taken off the list. This alone allows no call."))
    return redirect("protect:no_calls_of", pk)
