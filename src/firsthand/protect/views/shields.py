"""Who is kept from whose file: one's own page, and the data-protection officer's."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from firsthand.people.access import PersonRequest, only
from firsthand.people.models import Person, Role
from firsthand.protect import actions, forms, queries
from firsthand.ui.pages import posted, show_form


@only()
@never_cache
def mine(request: PersonRequest) -> HttpResponse:
    """Seen by oneself and by the data-protection officer; by no manager and no organiser."""
    form = forms.Mine(posted(request))
    if form.is_valid():
        actions.shield(request.user, **form.cleaned_data, by=request.user)
        return redirect("protect:my_shields")
    return show_form(request, "protect/my_shields.html", form, shields=queries.shields_of(request.user))


@only(Role.PROTECTION)
@never_cache
def shields(request: PersonRequest) -> HttpResponse:
    form = forms.Theirs(posted(request))
    if form.is_valid():
        person = Person(pk=form.cleaned_data.pop("person"))
        actions.shield(person, **form.cleaned_data, by=request.user)
        return redirect("protect:shields")
    return show_form(request, "protect/shields.html", form, shields=queries.shields_for(request.user))


@require_POST
@only(Role.PROTECTION)
def unshield(request: PersonRequest, pk: int) -> HttpResponse:
    actions.unshield(queries.shield_for(request.user, pk), by=request.user)
    return redirect("protect:shields")
