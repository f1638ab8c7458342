"""The house's addresses, and a bare page for each kind of telephone."""

from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.urls import path

from firsthand.config import urls
from firsthand.voice import queries

PAGE = """
{% extends "ui/page.html" %}
{% block main %}<h1>{{ title }}</h1><p><a href="/test/other/">other page</a></p>
{% if caller %}{% include "voice/caller_phone.html" %}{% endif %}{% endblock %}
"""


def caller(request: HttpRequest) -> HttpResponse:
    context = {"leg": queries.caller_leg(request), "caller": True, "title": "Caller"}
    return HttpResponse(engines["django"].from_string(PAGE).render(context, request))


def plain(request: HttpRequest, title: str) -> HttpResponse:
    return HttpResponse(engines["django"].from_string(PAGE).render({"title": title}, request))


urlpatterns = [
    path("test/caller/", caller),
    path("test/<str:title>/", plain),
    *urls.urlpatterns,
]
handler400, handler403, handler404, handler500 = (
    urls.handler400,
    urls.handler403,
    urls.handler404,
    urls.handler500,
)
