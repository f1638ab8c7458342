"""A carrier without sound: synthetic callers and tests. Audible at once, never lost."""

from __future__ import annotations

from firsthand.voice.models import Call, Leg
from firsthand.voice.pure.modes import HEARS, Edge


class FakeCarrier:
    name = "fake"
    modes = frozenset(HEARS)
    watched = False

    def arrange(self, call: Call) -> None:
        """There is nobody to tell."""

    def announce(self, call: Call) -> None:
        """There is nobody to tell: who speaks here is made up."""

    def release(self, leg: Leg) -> None:
        """There is nobody to tell."""

    def heard(self, call: Call) -> frozenset[Edge]:
        here = {leg.role for leg in call.legs.open()}
        return frozenset(edge for edge in HEARS[call.mode] if here.issuperset(edge))
