"""A person's own language, and the lock after a time without a hand on the keyboard."""

from collections.abc import Callable
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import Resolver404, resolve, reverse
from django.utils import translation

from firsthand.people import access, locking
from firsthand.ui import languages

GetResponse = Callable[[HttpRequest], HttpResponse]

# What somebody who is locked out must still reach: the ways to unlock, the way out, the language.
OPEN = {
    "people:locked", "people:language", "account_reauthenticate", "account_logout", "mfa_reauthenticate",
    "mfa_reauthenticate_webauthn", "people:demo", "openid_connect_login", "openid_connect_callback",
}  # fmt: skip


class OwnLanguage:
    """Somebody signed in reads the pages in the language they chose, on whatever machine they sit at."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if chosen := self._chosen(request):
            translation.activate(languages.spoken(chosen))
            request.LANGUAGE_CODE = translation.get_language()
        return self.get_response(request)

    @staticmethod
    def _chosen(request: HttpRequest) -> str:
        try:
            return request.user.language if request.user.is_authenticated else ""
        except (OperationalError, InterfaceError):
            return ""  # the page itself will say that the database is out of reach, in the browser's language


class Lock:
    """Without a hand on the keyboard for LOCK_MINUTES the session shows nothing until its owner unlocks it.

    It is not ended: a call goes on, and whoever is busy (see `access.busy_checks`) is not locked at all.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated and _name(request) not in OPEN:
            if locking.is_locked(request, busy=access.is_busy):
                return _to_lock(request)
            if not background(request) or _says_here(request):
                locking.active(request)
        return self.get_response(request)


def background(request: HttpRequest) -> bool:
    """What no hand caused: a live part, a heartbeat, a poll. A script's own fetch counts as that."""
    if request.headers.get("HX-Request") or request.headers.get("X-Background"):
        return bool(request.headers.get("X-Background"))
    # Over plain http browsers do not say what a request is for; a page is asked for as text/html.
    purpose = request.headers.get("Sec-Fetch-Dest")
    return purpose == "empty" if purpose else "text/html" not in request.headers.get("Accept", "")


def _says_here(request: HttpRequest) -> bool:
    """Somebody types a long text: no request of theirs tells, so lock.js does, once a minute."""
    return request.method == "POST" and _name(request) == "people:here"


def _name(request: HttpRequest) -> str:
    try:
        return resolve(request.path_info).view_name
    except Resolver404:
        return ""


def _to_lock(request: HttpRequest) -> HttpResponse:
    page = f"{reverse('people:locked')}?{urlencode({'next': _back(request)})}"
    if request.headers.get("HX-Request"):
        return HttpResponse(status=204, headers={"HX-Redirect": page})
    if request.headers.get("Sec-Fetch-Dest") == "empty":
        return HttpResponse(status=423)
    return redirect(page)


def _back(request: HttpRequest) -> str:
    """The page the reader was on; a part or a posted form is not one."""
    seen = request.headers.get("HX-Current-URL") or (
        request.headers.get("Referer", "") if request.method != "GET" else ""
    )
    if seen:
        parts = urlsplit(seen)
        return f"{parts.path}?{parts.query}" if parts.query else parts.path or settings.LOGIN_REDIRECT_URL
    return request.get_full_path()
