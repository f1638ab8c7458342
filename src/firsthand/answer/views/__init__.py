"""The desk, the caller's page, and the room."""

from firsthand.answer.views.caller import again, call, callback, give_up
from firsthand.answer.views.desk import (
    away,
    close,
    decline,
    desk,
    hang_up,
    hold,
    not_reached,
    reached,
    ready,
    resume,
    take,
)
from firsthand.answer.views.record import (
    concern,
    concerns,
    no_advertising,
    open_sealed,
    promise,
    record,
    search_notes,
    verify,
)
from firsthand.answer.views.room import keep, promises, take_over, wall, watch

__all__ = [
    "again",
    "away",
    "call",
    "callback",
    "close",
    "concern",
    "concerns",
    "decline",
    "desk",
    "give_up",
    "hang_up",
    "hold",
    "keep",
    "no_advertising",
    "not_reached",
    "open_sealed",
    "promise",
    "promises",
    "reached",
    "ready",
    "record",
    "resume",
    "search_notes",
    "take",
    "take_over",
    "verify",
    "wall",
    "watch",
]
