"""A file without its member on the line: opened, closed, searched; and what the officer says of it."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from firsthand.kernel import zones
from firsthand.people.access import PersonRequest, only, signed
from firsthand.people.models import Role
from firsthand.protect import actions, queries
from firsthand.protect.forms import breaking as forms
from firsthand.protect.queries.opened import BREAKERS
from firsthand.ui.pages import posted, show


@only(*BREAKERS)
@signed
@never_cache
def open_file(request: PersonRequest) -> HttpResponse:
    form = forms.Open(posted(request), initial=forms.prefilled(request.GET))
    if form.is_bound and form.is_valid():
        actions.break_glass(**form.chosen(), by=request.user)
        return redirect("protect:open")
    status = 422 if form.errors else 200
    return show(request, "protect/open.html", {"form": form, **_open(request)}, part="opened", status=status)


def _open(request: PersonRequest) -> dict[str, Any]:
    """What is open now, and what this person opened before."""
    opened = queries.opened_now(request.user)
    file = queries.file_opened(request.user, opened) if opened else None
    lately = queries.opened_lately(request.user)
    promised = queries.promised(request.user, opened) if opened and file else ()
    return {"opened": opened, "file": file, "promised": promised, "lately": lately, "now": timezone.now()}


@only(*BREAKERS)
@require_POST
def close(request: PersonRequest) -> HttpResponse:
    actions.close_opened(by=request.user)
    return redirect("protect:open")


@only(*BREAKERS)
@signed
@require_POST
def search(request: PersonRequest) -> HttpResponse:
    opened = queries.opened_now(request.user)
    words = request.POST.get("words", "")
    found = (
        queries.search_file(request.user, words, branches=[opened.branch], why=opened.kind)
        if opened
        else None
    )
    return render(request, "protect/found_notes.html", {"found": found})


@only(*BREAKERS)
@require_POST
def answer(request: PersonRequest, pk: int) -> HttpResponse:
    """What the officer asked back."""
    form = forms.Say(request.POST)
    words = form.cleaned_data["words"] if form.is_valid() else ""
    actions.answer_review(queries.opened_for(request.user, pk), words=words, by=request.user)
    return redirect("protect:open")


@only(Role.PROTECTION)
@never_cache
@zones.within(zones.PROTECTION)
def reviews(request: PersonRequest) -> HttpResponse:
    everything = "all" in request.GET
    openings = queries.reviews(only_open=not everything, page=request.GET.get("page", 1))
    context = {"openings": openings, "all": everything, "form": forms.Say()}
    return show(request, "protect/reviews.html", context, part="openings")


@only(Role.PROTECTION)
@require_POST
@zones.within(zones.PROTECTION)
def review(request: PersonRequest, pk: int) -> HttpResponse:
    form = forms.Say(request.POST)
    said = form.cleaned_data if form.is_valid() else {"says": "", "words": ""}
    actions.review(queries.opened_for(request.user, pk), **said, by=request.user)
    return redirect("protect:reviews")
