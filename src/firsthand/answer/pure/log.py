"""The log of a contact tells the whole story: from its events alone follows where it stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from firsthand.answer.pure import moves


class Broken(Exception):
    """An event is missing, or tells of a move that cannot be."""


@dataclass(frozen=True)
class Event:
    version: int
    state: str
    seat_id: int | None
    why: str = ""


@dataclass(frozen=True)
class Stand:
    state: str
    seat_id: int | None
    version: int


def replay(events: Sequence[Event]) -> Stand:
    """Where the contact stands after these events, in the order of their versions."""
    stand: Stand | None = None
    for event in sorted(events, key=lambda event: event.version):
        stand = _next(stand, event)
    if stand is None:
        raise Broken("no event")
    return stand


def _next(before: Stand | None, event: Event) -> Stand:
    if event.version != (before.version + 1 if before else 1):
        raise Broken(f"event {event.version} does not follow {before.version if before else 0}")
    if before is None and event.state not in moves.BORN:
        raise Broken(f"born {event.state}")
    if before is not None and not moves.legal(before.state, event.state):
        raise Broken(f"{before.state} to {event.state}")
    if event.state in moves.SEATED and event.seat_id is None:
        raise Broken(f"{event.state} without a seat")
    return Stand(event.state, event.seat_id, event.version)
