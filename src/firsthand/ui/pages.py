"""A page and its parts are one template: htmx asks for a part, everyone else for the page."""

from collections.abc import Callable
from typing import Any

from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django_htmx.middleware import HtmxDetails

from firsthand.kernel.refusal import Refusal


def show(
    request: HttpRequest, template: str, context: dict[str, Any], *, part: str = "", status: int = 200
) -> HttpResponse:
    """`part` names the `{% partialdef %}` that htmx gets; a boosted link and Back need the whole page."""
    alone = part and wants_part(request)
    shown = render(request, f"{template}#{part}" if alone else template, context, status=status)
    if status == 422:  # nothing was done: the reader is where they were, on a page that loads anew
        shown["HX-Push-Url"] = "false"
    return shown


def show_form(request: HttpRequest, template: str, form: BaseForm, **context: Any) -> HttpResponse:
    """A page with a form; with 422 when it came back with errors, so that nobody takes it for done."""
    return show(request, template, {"form": form, **context}, status=422 if form.errors else 200)


def done(form: BaseForm, does: Callable[..., object], *, no_at: str) -> bool:
    """Whether `does` was done with what the form holds. Its no stands at this field, like an error of the form."""
    if not form.is_valid():
        return False
    try:
        does(**form.cleaned_data)
    except Refusal as no:
        form.add_error(no_at, str(no))
        return False
    return True


def posted(request: HttpRequest) -> QueryDict | None:
    """What a form was filled with. `request.POST or None` takes an empty form for one that was not sent."""
    return request.POST if request.method == "POST" else None


def back(request: HttpRequest, default: str = "/") -> str:
    """Where `next` leads, if it is one of our own pages."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    own = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return wanted if own else default


def wants_part(request: HttpRequest) -> bool:
    htmx: HtmxDetails | None = getattr(request, "htmx", None)
    return htmx is not None and bool(htmx) and not (htmx.boosted or htmx.history_restore_request)
