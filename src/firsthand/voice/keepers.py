"""What is kept of a call: who was connected with whom and when, never what was said."""

from django.utils.translation import gettext_lazy as _

from firsthand.kernel import keeping
from firsthand.kernel.keeping import (
    ROW,
    STATE,
    TECHNICAL,
    Data,
    Goes,
    Table,
    Whom,
    deleted,
    kept,
    none,
    of_caller,
    of_staff,
)

PURPOSES = (_("Connecting a call"),)
BASIS = _("CH: Art. 43, 45 FMG. DE: § 9 TDDDG")
SOURCE = _("The call itself")
RECIPIENTS = _("Nobody outside the insurer")

keeping.register(
    Table(
        name="voice_leg",
        room="voice",
        what=_("The parties of a call"),
        columns={
            "id": ROW,
            "call_id": of_caller(Data.LINK, _("call")),
            "role": none(_("caller or helper: a role, not a person"), _("as")),
            "person_id": of_staff(Data.LINK, _("colleague")),
            "key": of_caller(Data.CREDENTIALS, _("key of the browser's cookie")),
            "instance": of_caller(Data.DEVICE, _("number of the open page")),
            "joined_at": of_caller(Data.BEHAVIOUR, _("joined")),
            "seen_at": of_caller(Data.BEHAVIOUR, _("last seen")),
            "audible_at": of_caller(Data.BEHAVIOUR, _("heard the other side")),
            "lost_at": of_caller(Data.BEHAVIOUR, _("connection lost")),
            "left_at": of_caller(Data.BEHAVIOUR, _("left")),
        },
        purposes=PURPOSES,
        basis=BASIS,
        source=SOURCE,
        recipients=RECIPIENTS,
        finds={
            Whom.MEMBER: "role = 'customer' AND call_id = ANY(%(calls)s)",
            Whom.CALLER: "role = 'customer' AND call_id = ANY(%(calls)s)",
            Whom.STAFF: "person_id = %(person)s",
        },
        order="joined_at",
        erased={
            Whom.MEMBER: deleted("left_at IS NOT NULL"),
            Whom.CALLER: deleted("left_at IS NOT NULL"),
            Whom.STAFF: deleted("left_at IS NOT NULL"),
        },
        goes=(Goes("call_signalling", "left_at", "left_at IS NOT NULL"),),
    ),
    Table(
        name="voice_call",
        room="voice",
        what=_("Calls"),
        columns={
            "id": none(_("a number drawn at random")),
            "carrier": TECHNICAL,
            "mode": STATE,
            "announced": STATE,
            "epoch": TECHNICAL,
            "started_at": of_caller(Data.BEHAVIOUR, _("began")),
            "audible_at": of_caller(Data.BEHAVIOUR, _("both sides heard each other")),
            "ended_at": of_caller(Data.BEHAVIOUR, _("ended")),
            "ended_by": STATE,
        },
        purposes=PURPOSES,
        basis=BASIS,
        source=SOURCE,
        recipients=RECIPIENTS,
        finds={Whom.MEMBER: "id = ANY(%(calls)s)", Whom.CALLER: "id = ANY(%(calls)s)"},
        order="started_at",
        erased={
            Whom.MEMBER: kept(_("Times without a person: its parties are erased, its contact names nobody")),
            Whom.CALLER: kept(_("Times without a person: its parties are erased, its contact names nobody")),
        },
    ),
)
