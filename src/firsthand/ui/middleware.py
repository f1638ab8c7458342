"""What holds for every answer: its language, that nobody keeps a copy, and how a no is shown."""

from collections.abc import Callable
from contextlib import closing
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.middleware.locale import LocaleMiddleware
from django.shortcuts import render
from django.utils import translation
from django_htmx.middleware import HtmxDetails
from whitenoise.middleware import WhiteNoiseMiddleware
from whitenoise.responders import StaticFile

from firsthand.kernel.refusal import Refusal
from firsthand.ui import languages, pages

GetResponse = Callable[[HttpRequest], HttpResponse]

# The microphone is for calls, keys are for signing in; everything else a browser could offer stays shut.
FEATURES = (
    "microphone=(self), publickey-credentials-get=(self), publickey-credentials-create=(self), "
    "camera=(), geolocation=(), display-capture=(), payment=(), usb=(), midi=(), browsing-topics=()"
)


class StaticFiles(WhiteNoiseMiddleware):  # type: ignore[misc]  # WhiteNoise has no types
    """A file in one piece: WhiteNoise would read it while it is sent, which Django warns of on an async server."""

    @staticmethod
    def serve(static_file: StaticFile, request: HttpRequest) -> HttpResponse:
        found = static_file.get_response(request.method, request.META)
        response = HttpResponse(status=int(found.status))
        if found.file is not None:
            with closing(found.file) as file:
                response.content = file.read()
        del response["Content-Type"]  # WhiteNoise names it, or there is none
        for name, value in found.headers:
            response[name] = value
        return response


class HouseLanguage(LocaleMiddleware):
    """What the browser asks for, in the German this insurer writes; any other language falls back to it."""

    def process_request(self, request: HttpRequest) -> None:
        super().process_request(request)
        translation.activate(languages.spoken(translation.get_language()))
        request.LANGUAGE_CODE = translation.get_language()


class KeepPrivate:
    """No page is kept: neither by the browser nor by anybody between. Static files do not pass here."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response["Cache-Control"] = "no-store, private"
        response["Permissions-Policy"] = FEATURES
        if settings.HTTPS:
            response["Cross-Origin-Resource-Policy"] = "same-origin"
        return response


class ShowRefusal:
    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        return refused(request, exception) if isinstance(exception, Refusal) else None


def refused(request: HttpRequest, no: Refusal) -> HttpResponse:
    """A page of its own; for htmx a notice beside what was typed, which stays as it is."""
    htmx: HtmxDetails | None = getattr(request, "htmx", None)
    back = htmx.current_url_abs_path if htmx else _from(request)
    # Whoever has mended it goes on to the page they asked for; what they pressed, they press again.
    wanted = request.get_full_path() if request.method == "GET" and not pages.wants_part(request) else back
    context = {"says": str(no), "where": no.where, "back": back, "wanted": wanted}
    if not htmx:
        return render(request, "ui/refusal.html", context, status=422)
    return as_notice(render(request, "ui/refusal.html#notice", context, status=422))


def _from(request: HttpRequest) -> str:
    """The page of ours on which a plain form stood; the start page if no browser says so."""
    came = urlsplit(request.headers.get("Referer", ""))
    own = came.netloc == request.get_host() and came.path != request.path and came.path[:2] != "//"
    return came._replace(scheme="", netloc="", fragment="").geturl() if own else "/"


def as_notice(response: HttpResponse) -> HttpResponse:
    """Put it into the page's notices, whatever the request meant to replace."""
    response["HX-Retarget"] = "#notices"
    response["HX-Reswap"] = "innerHTML"
    response["HX-Reselect"] = ".notice"
    response["HX-Push-Url"] = "false"
    return response
