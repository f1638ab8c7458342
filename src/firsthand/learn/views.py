from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from firsthand.kernel import zones
from firsthand.learn import actions, queries
from firsthand.learn.forms import ObservationForm, OwnersForm
from firsthand.people import secrecy
from firsthand.people.access import PersonRequest, only, signed
from firsthand.people.models import Role
from firsthand.ui.pages import show, wants_part


@only()
@signed
@zones.within(zones.LEARN)
def board(request: PersonRequest) -> HttpResponse:
    found = queries.board(request.user, request.GET.get("about", ""), request.GET.get("page", 1))
    return show(request, "learn/board.html", {"board": found}, part="observations")


@only()
@zones.within(zones.LEARN)
def newest(request: PersonRequest) -> HttpResponse:
    """The newest observation alone, for the room's wall."""
    return show(request, "learn/newest.html", {}, part="newest")


@only(Role.ORGANISER)
@zones.within(zones.LEARN)
def owners(request: PersonRequest) -> HttpResponse:
    """Who is shown first what an observation is about."""
    form = OwnersForm(request.POST if request.method == "POST" else None, initial=queries.owners())
    if form.is_valid():
        for about, person in form.chosen():
            actions.hand_over(about, person, by=request.user)
        messages.success(request, _("Saved."))
        return redirect("learn:owners")
    return show(request, "learn/owners.html", {"form": form}, status=422 if form.errors else 200)


@only()
@require_POST
def observe(request: PersonRequest) -> HttpResponse:
    """Stays in place: the desk goes on, the sentence says where the words are.

    Begun in the zone of the pages: the names around the contact under way are taken out of the words before they
    stand in the zone of learning.
    """
    if not wants_part(request):  # then the board is shown, whatever becomes of the words
        secrecy.must_have_signed(request.user)
    form = ObservationForm(request.POST)
    said = form.say(by=request.user)
    if said and not wants_part(request):
        return redirect("learn:board")
    context = {"said": said, "observation": None if said else form, "contact": form.contact_of(request.user)}
    if wants_part(request):
        return show(request, "learn/observe.html", context, part="inside", status=200 if said else 422)
    return show(request, "learn/board.html", {**context, "board": queries.board(request.user)}, status=422)


@only()
@require_POST
@zones.within(zones.LEARN)
def me_too(request: PersonRequest, pk: int) -> HttpResponse:
    actions.me_too(queries.observation_for(request.user, pk), by=request.user)
    return _said(request, pk)


@only()
@require_POST
@zones.within(zones.LEARN)
def withdraw(request: PersonRequest, pk: int) -> HttpResponse:
    actions.withdraw(queries.own_observation_for(request.user, pk), by=request.user)
    return _said(request, pk)


def _said(request: PersonRequest, pk: int) -> HttpResponse:
    if not wants_part(request):
        return redirect("learn:board")
    return show(request, "learn/said.html", {"said": queries.said_for(request.user, pk)})
