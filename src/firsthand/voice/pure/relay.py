"""Time-limited credentials for a TURN server (coturn `use-auth-secret`): no list of users anywhere."""

from __future__ import annotations

import base64
import hashlib
import hmac
from typing import Any, Final

LENT_FOR: Final = 3600  # seconds; a page fetches new ones while its call lasts


def credentials(secret: str, name: str, now: int) -> tuple[str, str]:
    """User and password for one leg. SHA-1 is what coturn computes; its collisions do not weaken an HMAC."""
    user = f"{now + LENT_FOR}:{name}"
    digest = hmac.new(secret.encode(), user.encode(), hashlib.sha1).digest()
    return user, base64.b64encode(digest).decode()


def config(urls: list[str], secret: str, name: str, now: int, *, hide: bool) -> dict[str, Any]:
    """An RTCConfiguration. `hide`: only through the relay, so that neither side learns the other's address.

    Without a relay the list is empty: a public STUN server would learn who calls an insurer, and when.
    """
    if not urls:
        return {"iceServers": [], "iceTransportPolicy": "all"}
    user, password = credentials(secret, name, now)
    server = {"urls": urls, "username": user, "credential": password}
    return {"iceServers": [server], "iceTransportPolicy": "relay" if hide else "all"}
