"""The caller has no account: a key in a cookie that no script can read says which leg is theirs."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpResponse

from firsthand.voice.models import Leg
from firsthand.voice.queries import CALLER_COOKIE

KEPT_FOR = 6 * 3600  # no call lasts longer


def give(response: HttpResponse, leg: Leg) -> HttpResponse:
    response.set_cookie(
        CALLER_COOKIE, leg.key, max_age=KEPT_FOR, httponly=True, secure=settings.HTTPS, samesite="Lax"
    )
    return response


def take_away(response: HttpResponse) -> HttpResponse:
    response.delete_cookie(CALLER_COOKIE, samesite="Lax")
    return response
