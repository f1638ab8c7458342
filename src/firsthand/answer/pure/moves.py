"""The moves a contact may make, as the trigger in sql/schema.sql allows them; a test holds the two
together.
"""

from __future__ import annotations

# Some moves ask for more than the two states: see CONDITIONS.
MOVES: dict[str, frozenset[str]] = {
    "waiting": frozenset({"offered", "callback", "abandoned", "connected"}),
    "callback": frozenset({"offered", "abandoned", "connected"}),
    "offered": frozenset({"connected", "waiting", "callback", "abandoned"}),
    "connected": frozenset({"wrap_up", "waiting", "callback"}),
    "wrap_up": frozenset({"closed", "connected"}),
    "abandoned": frozenset({"waiting"}),
    "closed": frozenset(),
}
CONDITIONS: dict[tuple[str, str], str] = {
    ("waiting", "connected"): "only to the seat it is held for: the lost page is back",
    ("callback", "connected"): "only to the seat it is held for: the lost page is back",
    ("offered", "connected"): "only to the seat it is offered to",
    ("wrap_up", "connected"): "only if the caller's page was lost, and at the same seat",
    ("abandoned", "waiting"): "only if the caller's page was lost, and within 20 seconds",
}
BORN = frozenset({"waiting", "callback", "closed", "abandoned"})
SEATED = frozenset({"offered", "connected", "wrap_up"})
ENDED = frozenset({"closed", "abandoned"})
# What a seat's state says while its contact is in a state.
SEAT_STATE = {"offered": "offered", "connected": "talking", "wrap_up": "wrap_up"}


def legal(before: str, after: str) -> bool:
    return after in MOVES[before]
