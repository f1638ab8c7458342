"""A topic on a page is signed for its reader: nobody hears what no page has shown them."""

import hashlib

from django.core import signing
from django.http import HttpRequest

from firsthand.live.pure.mail import SESSION

# A page of a caller belongs to whoever holds it: its topics carry an id nobody can guess.
ANYONE = "anyone"


def reader(request: HttpRequest) -> str:
    user = getattr(request, "user", None)
    return str(user.pk) if user is not None and user.is_authenticated else ANYONE


def sign(topic: str, reader: str) -> str:
    return _signer(reader).sign(topic)


def opened(token: str, reader: str) -> tuple[str, str] | None:
    """The topic, and for whom it was signed: this reader, or anyone."""
    for who in dict.fromkeys((reader, ANYONE)):
        try:
            return _signer(who).unsign(token), who
        except signing.BadSignature:
            continue
    return None


def session(key: str) -> str:
    """The topic by which a session's own streams hear that it has ended. The key itself goes nowhere."""
    return SESSION + hashlib.sha256(key.encode()).hexdigest()[:32]


def _signer(reader: str) -> signing.Signer:
    return signing.Signer(salt=f"firsthand.live:{reader}", sep="~")
