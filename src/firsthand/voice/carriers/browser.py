"""Sound from browser to browser (WebRTC). The server owns the topology; each page reconciles itself to it."""

from __future__ import annotations

from firsthand.live import bus
from firsthand.voice import queries
from firsthand.voice.carriers.telling import NobodyToTell
from firsthand.voice.models import Call, Leg
from firsthand.voice.pure.modes import HEARS, KEPT, Edge


class BrowserCarrier:
    name = "browser"
    modes = frozenset(HEARS)
    watched = True

    def arrange(self, call: Call) -> None:
        """Tell each page that there is a new topology to fetch; and each desk of somebody in the call."""
        bus.touch(*[topic for leg in call.legs.open() for topic in queries.topics(leg)])

    def announce(self, call: Call) -> None:
        """The pages say it by the mode they fetch: the sentence stands as long as somebody hears, and is
        said aloud with two tones to the caller. Without a page of theirs nobody can be told, and nobody may
        hear.
        """
        pages = set(call.legs.open().with_page().values_list("role", flat=True))
        if not pages >= KEPT:
            raise NobodyToTell

    def release(self, leg: Leg) -> None:
        bus.touch(*queries.topics(leg))

    def heard(self, call: Call) -> frozenset[Edge]:
        """A sound flows where the speaker's page is told to send and the listener's page to receive."""
        told = {leg.role: queries.lines(leg) for leg in call.legs.open().with_page()}
        sends = {(role, line.role) for role, lines in told.items() for line in lines if line.send}
        hears = {(line.role, role) for role, lines in told.items() for line in lines if line.recv}
        return frozenset(sends & hears)
