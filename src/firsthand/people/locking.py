"""When a session is locked, and what unlocks it. Kept in the session itself: several tabs are one person."""

import time
from collections.abc import Callable
from typing import Any

from allauth.account.authentication import get_authentication_records
from django.conf import settings
from django.http import HttpRequest

SEEN, LOCKED = "people_seen", "people_locked"
STEP = 20  # seconds; a busy minute of clicking writes the session three times, not sixty


def is_locked(request: HttpRequest, *, busy: Callable[[Any], bool]) -> bool:
    session, now = request.session, time.time()
    if LOCKED in session:
        return not _unlocked_since(request, session[LOCKED])
    if now - session.get(SEEN, now) < settings.LOCK_MINUTES * 60:
        return False
    if busy(request.user):
        active(request)
        return False
    session[LOCKED] = now
    return True


def stays_locked(request: HttpRequest) -> bool:
    """For the lock page itself, which the lock lets through."""
    return LOCKED in request.session and not _unlocked_since(request, request.session[LOCKED])


def active(request: HttpRequest) -> None:
    now = time.time()
    if now - request.session.get(SEEN, 0) >= STEP:
        request.session[SEEN] = now


def unlock(request: HttpRequest) -> None:
    request.session.pop(LOCKED, None)
    request.session[SEEN] = time.time()


def _unlocked_since(request: HttpRequest, moment: float) -> bool:
    """A password, a passkey or the provider proved after the lock who sits there."""
    if not any(record["at"] >= moment for record in get_authentication_records(request, request.user)):
        return False
    unlock(request)
    return True
