"""Find what is true; read it. The desk shows the same card."""

from django.http import HttpResponse
from django.utils.translation import get_language

from firsthand.know import forms, queries
from firsthand.people.access import PersonRequest, only
from firsthand.ui.pages import show


@only()
def find(request: PersonRequest) -> HttpResponse:
    form = forms.Find(request.GET)
    found = queries.found(**form.chosen(), language=get_language() or "")
    return show(request, "know/find.html", {"find": form, "found": found}, part="found")


@only()
def concern(request: PersonRequest, code: str) -> HttpResponse:
    card = queries.card(queries.concern_named(code), get_language() or "")
    return show(request, "know/concern.html", {"card": card})
