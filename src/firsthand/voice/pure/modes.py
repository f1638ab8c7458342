"""Who hears whom. The one table: carriers, checks, tests and the words on the page all read it."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import permutations
from typing import Final

CUSTOMER: Final = "customer"
HELPER: Final = "helper"
SPECIALIST: Final = "specialist"

Edge = tuple[str, str]  # (speaker, listener)

_BOTH = {(CUSTOMER, HELPER), (HELPER, CUSTOMER)}
_ASKING = {(HELPER, SPECIALIST), (SPECIALIST, HELPER)}
_LISTENING = {(CUSTOMER, SPECIALIST), (HELPER, SPECIALIST)}

HEARS: Final[dict[str, frozenset[Edge]]] = {
    "talk": frozenset(_BOTH),
    "hold": frozenset(),
    "consult": frozenset(_ASKING),
    "listen": frozenset(_BOTH | _LISTENING),
    "whisper": frozenset(_BOTH | _LISTENING | _ASKING),
    "conference": frozenset(permutations((CUSTOMER, HELPER, SPECIALIST), 2)),
}
# In these somebody else hears what the caller says: both sides are told before it begins.
OVERHEARD: Final = frozenset(mode for mode, edges in HEARS.items() if (CUSTOMER, SPECIALIST) in edges)
# The line between these two stays up when it is silent: coming back from hold must not wait for a connection.
KEPT: Final = frozenset({CUSTOMER, HELPER})

# What is left of a call when one party leaves it. After a consult the helper decides when the customer hears.
_WITHOUT_SPECIALIST = {"consult": "hold", "listen": "talk", "whisper": "talk", "conference": "talk"}


@dataclass(frozen=True, slots=True)
class Peer:
    """One other party, as one party must be connected to it."""

    role: str
    send: bool
    recv: bool
    polite: bool  # gives way when both offer at once

    @property
    def direction(self) -> str:
        return _DIRECTIONS[self.send, self.recv]


_DIRECTIONS: Final = {
    (True, True): "sendrecv",
    (True, False): "sendonly",
    (False, True): "recvonly",
    (False, False): "inactive",
}


def direction(mode: str, me: str, other: str) -> str:
    """What my line to the other may carry, in the words of SDP."""
    return _DIRECTIONS[(me, other) in HEARS[mode], (other, me) in HEARS[mode]]


def peers(mode: str, me: str, others: list[str]) -> list[Peer]:
    """Those of the others whom I need a line to."""
    return [
        Peer(other, (me, other) in HEARS[mode], (other, me) in HEARS[mode], polite=me > other)
        for other in others
        if other != me and ({me, other} == KEPT or direction(mode, me, other) != "inactive")
    ]


def without(mode: str, role: str) -> str:
    """The mode that stands when `role` has left. A new helper always begins with talking."""
    if role == SPECIALIST:
        return _WITHOUT_SPECIALIST.get(mode, mode)
    return "talk" if role == HELPER else mode
