"""A page and its parts are one template: htmx asks for a part, everyone else for the page."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def show(
    request: HttpRequest, template: str, context: dict[str, Any], *, part: str = "", status: int = 200
) -> HttpResponse:
    """`part` names the `{% partialdef %}` that htmx gets; a boosted link and Back still need the whole page."""
    alone = part and wants_part(request)
    return render(request, f"{template}#{part}" if alone else template, context, status=status)


def wants_part(request: HttpRequest) -> bool:
    htmx = getattr(request, "htmx", None)
    return bool(htmx) and not (htmx.boosted or htmx.history_restore_request)
