"""The organiser's readiness: people and topics."""

from django.http import HttpResponse
from django.views.decorators.http import require_POST

from firsthand.people.access import PersonRequest, only
from firsthand.people.models import Role
from firsthand.train import actions, forms, queries
from firsthand.ui.pages import show


@only(Role.ORGANISER)
def readiness(request: PersonRequest) -> HttpResponse:
    find = forms.Find(request.GET)
    return show(
        request,
        "train/readiness.html",
        {"find": find, "matrix": queries.matrix(find.chosen())},
        part="matrix",
    )


@require_POST
@only(Role.ORGANISER)
def give(request: PersonRequest, pk: int) -> HttpResponse:
    """One topic, or all of them."""
    person, said = queries.person_for(request.user, pk), forms.Give.said(request.POST)
    actions.give_all([person], said.topics, said.until, by=request.user)
    return show(request, "train/row.html", {"row": queries.row(person, said.until)})


@require_POST
@only(Role.ORGANISER)
def take_away(request: PersonRequest, pk: int) -> HttpResponse:
    person, said = queries.person_for(request.user, pk), forms.Give.said(request.POST)
    actions.take_away(person, request.POST.get("topic", ""), by=request.user)
    return show(request, "train/row.html", {"row": queries.row(person, said.until)})


@require_POST
@only(Role.ORGANISER)
def give_everybody(request: PersonRequest) -> HttpResponse:
    """Everybody the filter finds, on all its pages, for all topics."""
    find, said = forms.Find(request.POST), forms.Give.said(request.POST)
    actions.give_all(list(queries.found(find.chosen())), said.topics, said.until, by=request.user)
    return show(
        request,
        "train/readiness.html",
        {"find": find, "matrix": queries.matrix(find.chosen())},
        part="matrix",
    )
