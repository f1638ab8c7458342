"""Nudges carry no personal data; they are gone after two minutes."""

from django.utils.translation import gettext_lazy as _

from firsthand.kernel import keeping
from firsthand.kernel.keeping import TECHNICAL, Goes, Table, none

keeping.register(
    Table(
        name="live_outbox",
        room="live",
        what=_("What changed, until every page has heard it"),
        columns={
            "id": TECHNICAL,
            "topic": none(_("which part of a page; numbers only")),
            "message": none(_("how two browsers find each other for a call; gone after two minutes")),
            "at": TECHNICAL,
            "xid": TECHNICAL,
        },
        goes=(Goes("outbox", "at", by_itself=_("the chore “live.tidy”, every ten seconds")),),
    ),
    Table(
        name="live_serving",
        room="live",
        what=_("Since when pages are served"),
        columns={"one": TECHNICAL, "since": TECHNICAL, "seen": TECHNICAL},
    ),
)
