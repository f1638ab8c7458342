"""How long what is kept, what goes next, what went last night, what is held."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from firsthand.kernel import zones
from firsthand.people.access import PersonRequest, only
from firsthand.people.models import Role
from firsthand.protect import actions, queries
from firsthand.protect.forms import requesting as forms
from firsthand.protect.models import TERMS, Hold, Run
from firsthand.ui.pages import posted, show


@only(Role.PROTECTION)
@zones.within(zones.PROTECTION)
def retention(request: PersonRequest) -> HttpResponse:
    form = forms.Hold(posted(request))
    if form.is_bound and form.is_valid():
        given = form.cleaned_data
        if (member := queries.member_named(given.pop("number"))) is None:
            raise actions.NobodyWithThatNumber
        actions.hold(member, **given, by=request.user)
        return redirect("protect:retention")
    if "case" in request.POST and (member := queries.member_named(request.POST.get("number", ""))):
        form.offer(actions.look_at_cases(member, by=request.user))
    context = {"form": form, "retention": queries.retention()}
    return show(request, "protect/retention.html", context, status=422 if form.errors else 200)


@require_POST
@only(Role.PROTECTION)
@zones.within(zones.PROTECTION)
def cases(request: PersonRequest) -> HttpResponse:
    """Of the member whose number stands in the form, to hold one of them; what else is typed there stays."""
    member = queries.member_named(request.POST.get("number", ""))
    if member is None:
        raise actions.NobodyWithThatNumber
    form = forms.Hold().offer(actions.look_at_cases(member, by=request.user))
    return show(request, "protect/hold_cases.html", {"form": form})


@require_POST
@only(Role.PROTECTION)
@zones.within(zones.PROTECTION)
def clock(request: PersonRequest, term: str) -> HttpResponse:
    form = forms.ClockAmount(request.POST)
    if term not in TERMS:
        raise Http404
    if not form.is_valid():
        raise actions.NotFilledIn
    actions.set_clock(term, form.cleaned_data["amount"], by=request.user)
    return redirect("protect:retention")


@require_POST
@only(Role.PROTECTION)
@zones.within(zones.PROTECTION)
def yes(request: PersonRequest, pk: int) -> HttpResponse:
    actions.say_yes(get_object_or_404(Run, pk=pk), by=request.user)
    return redirect("protect:retention")


@require_POST
@only(Role.PROTECTION)
@zones.within(zones.PROTECTION)
def lift(request: PersonRequest, pk: int) -> HttpResponse:
    actions.lift_hold(get_object_or_404(Hold, pk=pk), by=request.user)
    return redirect("protect:retention")
