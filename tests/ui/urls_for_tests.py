"""Pages that go wrong in every way a page can."""

from typing import ClassVar

from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.urls import include, path
from django.utils.translation import gettext_lazy as _

from firsthand.kernel.refusal import Refusal
from firsthand.ui.pages import show


class NoSeatFree(Refusal):
    says = _("No seat is free. Your note was kept.")


class NotSigned(Refusal):
    says = "Sign first."
    where: ClassVar = {"address": "/people/secrecy/", "label": "Sign it now"}


def not_signed(request: HttpRequest) -> HttpResponse:
    raise NotSigned


def refuses(request: HttpRequest) -> HttpResponse:
    raise NoSeatFree


def breaks(request: HttpRequest) -> HttpResponse:
    raise RuntimeError("a bug")


def lost(request: HttpRequest) -> HttpResponse:
    raise OperationalError("connection refused")


def part(request: HttpRequest) -> HttpResponse:
    return show(request, "people/list.html", {}, part="found")


urlpatterns = [
    path("refuses/", refuses),
    path("not-signed/", not_signed),
    path("breaks/", breaks),
    path("lost/", lost),
    path("part/", part),
    path("accounts/", include("allauth.urls")),
    path("", include("firsthand.people.urls")),
]
handler400 = "firsthand.ui.errors.malformed"
handler403 = "firsthand.ui.errors.forbidden"
handler404 = "firsthand.ui.errors.missing"
handler500 = "firsthand.ui.errors.failed"
