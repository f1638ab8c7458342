"""Pages for when something went wrong. None of them needs the database."""

import sys

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from firsthand.ui.middleware import as_notice

LOST = (OperationalError, InterfaceError)


def failed(request: HttpRequest) -> HttpResponse:
    """A 500; when the reason is a database out of reach, a page that says so and comes back by itself."""
    lost = isinstance(sys.exc_info()[1], LOST)
    return _page(request, "lost" if lost else "500", 503 if lost else 500)


def missing(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _page(request, "404", 404)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _page(request, "403", 403)


def malformed(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _page(request, "400", 400)


def stale(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form's token is of another sign-in."""
    return _page(request, "stale", 403)


def _page(request: HttpRequest, name: str, status: int) -> HttpResponse:
    part = bool(getattr(request, "htmx", None)) and not request.htmx.history_restore_request  # type: ignore[attr-defined]
    words = render_to_string(
        f"ui/errors/{name}.html{'#notice' if part else ''}", {"again": request.method == "GET"}
    )
    response = HttpResponse(words, status=status)
    if status == 503:
        response["Retry-After"] = "5"
    return as_notice(response) if part else response
