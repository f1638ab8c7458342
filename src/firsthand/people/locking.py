"""When a session is locked, and what unlocks it. Kept in the session itself: several tabs are one person."""

import time
from collections.abc import Callable
from typing import Any

from allauth.account.authentication import get_authentication_records
from django.conf import settings
from django.http import HttpRequest

SEEN, LOCKED = "people_seen", "people_locked"
STEP = 20  # seconds; a busy minute of clicking writes the session three times, not sixty
WARNING = 60  # seconds before the lock in which the page says so; of a shorter clock the second half


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


def seconds_left(request: HttpRequest, *, busy: Callable[[Any], bool]) -> int:
    """Until the lock, for the page that warns of it (lock.js). For whoever is busy the time begins anew here
    already: else a call that ends in the last minute would end in a lock without a word.
    """
    whole: float = settings.LOCK_MINUTES * 60
    now = time.time()
    left: float = whole - (now - request.session.get(SEEN, now))
    if left <= warning() and busy(request.user):
        active(request)
        left = whole
    return max(0, round(left))


def warning() -> float:
    return float(min(WARNING, settings.LOCK_MINUTES * 30))


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
