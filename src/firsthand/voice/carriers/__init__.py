"""The port: what the house asks of whatever carries the sound. The desk knows calls, never WebRTC.

A carrier brings about who hears whom. It has no verb to keep what was said, and none will be added.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from firsthand.voice.carriers.telling import NobodyToTell

__all__ = ["WATCHED", "Carrier", "NobodyToTell", "get"]

if TYPE_CHECKING:
    from firsthand.voice.models import Call, Leg
    from firsthand.voice.pure.modes import Edge


class Carrier(Protocol):
    @property
    def name(self) -> str: ...

    @property
    def modes(self) -> frozenset[str]:
        """The modes it can bring about; the desk offers only these."""

    @property
    def watched(self) -> bool:
        """Whether parties are pages that say every four seconds that they are there; silence then means lost.
        A carrier that is not watched is audible as soon as two parties are in the call."""

    def arrange(self, call: Call) -> None:
        """Bring about what the call's row and its open legs say now. Runs inside the action's transaction,
        may be repeated, and an older epoch never wins over a newer one."""

    def announce(self, call: Call) -> None:
        """A third person begins to hear: caller and helper are told, by a sentence and a tone. Before
        `arrange`, in the same transaction; a carrier that cannot tell them raises, and nobody hears
        anything.
        """

    def release(self, leg: Leg) -> None:
        """The leg has left the call: its page or telephone must know."""

    def heard(self, call: Call) -> frozenset[Edge]:
        """Who hears whom, as this carrier has been told to carry it."""


def get(name: str) -> Carrier:
    """The carrier of that name; an unknown name is a bug and a KeyError."""
    from firsthand.voice.carriers.browser import BrowserCarrier
    from firsthand.voice.carriers.fake import FakeCarrier

    known: dict[str, Carrier] = {"browser": BrowserCarrier(), "fake": FakeCarrier()}
    return known[name]


# Calls of these carriers are watched for silence.
WATCHED = ("browser",)
