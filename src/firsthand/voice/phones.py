"""What a page needs to know to be the telephone of a leg."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from firsthand.live import topics
from firsthand.voice import queries
from firsthand.voice.models import Leg

VERBS = ("topology", "signal", "beat", "hangup")


def describe(request: HttpRequest, leg: Leg) -> dict[str, Any]:
    """Ids, addresses and a signed topic; never the key."""
    reader = topics.ANYONE if leg.role == Leg.Role.CUSTOMER else topics.reader(request)
    return {
        "id": str(leg.pk),
        "role": leg.role,
        "free": not leg.instance or leg.lost_at is not None,
        "live": topics.sign(queries.topic(leg), reader),
        **{verb: reverse(f"voice:{verb}", args=[leg.pk]) for verb in VERBS},
    }
