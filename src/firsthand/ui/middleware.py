"""Shows a Refusal where it happened."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from firsthand.kernel.refusal import Refusal


class ShowRefusal:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        return refusal(request, exception) if isinstance(exception, Refusal) else None


def refusal(request: HttpRequest, no: Refusal) -> HttpResponse:
    """A page of its own; for htmx a notice beside what was typed, which stays as it is."""
    context = {"says": str(no), "where": getattr(no, "where", None)}
    if not getattr(request, "htmx", None):
        return render(request, "ui/refusal.html", context, status=422)
    response = render(request, "ui/refusal.html#notice", context, status=422)
    response["HX-Retarget"] = "#notices"
    response["HX-Reswap"] = "innerHTML"
    response["HX-Reselect"] = ".notice"
    response["HX-Push-Url"] = "false"
    return response
