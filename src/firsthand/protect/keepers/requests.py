"""Requests of data subjects, and what was decided about their data."""

from django.utils.translation import gettext_lazy as _

from firsthand.kernel import keeping
from firsthand.kernel.keeping import (
    ROW,
    STATE,
    TECHNICAL,
    Data,
    Erased,
    Fate,
    Goes,
    Table,
    Whom,
    deleted,
    kept,
    none,
    of_caller,
    of_member,
    of_staff,
)
from firsthand.protect.models import Decision, Identity, Request, RequestKind, RequestWay

LAW = _("Proof that and how a request was answered (CH: Art. 25, 32 FADP. DE: Art. 5 (2), 12 GDPR)")
MARKED = {
    "purposes": (_("Answering requests about one's own data"),),
    "basis": LAW,
    "source": _("The person who asks"),
    "recipients": _("The data-protection officer; a supervisory authority that asks"),
}
OWN = {
    Whom.MEMBER: "member_id = %(member)s",
    Whom.CALLER: "phone <> '' AND phone = %(phone)s",
    Whom.STAFF: "person_id = %(person)s",
}
EVERYBODY = frozenset({Whom.MEMBER, Whom.CALLER, Whom.STAFF})
OF_REQUEST = "request_id IN (SELECT id FROM protect_request WHERE {})"

keeping.register(
    Table(
        name="protect_requestevent",
        room="protect",
        what=_("How a request went"),
        columns={
            "id": ROW,
            "request_id": of_caller(Data.LINK, _("request")),
            "at": none(_("a moment"), _("when")),
            "state": none(_("where the work stands"), _("state"), lambda code: Request.State(code).label),
            "why": STATE,
            "due_on": none(_("a day"), _("due on")),
            "by_id": of_staff(Data.LINK, _("by")),
        },
        **MARKED,  # type: ignore[arg-type]
        finds={whom: OF_REQUEST.format(where) for whom, where in OWN.items()},
        order="id",
        erased=dict.fromkeys(Whom, kept(LAW)),
    ),
    Table(
        name="protect_request",
        room="protect",
        what=_("Requests"),
        columns={
            "id": ROW,
            "kind": none(_("a code"), _("kind"), lambda code: RequestKind(code).label),
            "state": STATE,
            "member_id": of_member(Data.LINK, _("member")),
            "person_id": of_staff(Data.LINK, _("colleague")),
            "phone": of_caller(Data.PHONE, _("number")),
            "words": keeping.Column(Data.WORDS, EVERYBODY, _("what was asked for")),
            "way": none(_("a code"), _("how it came"), lambda code: RequestWay(code).label),
            "received_on": keeping.Column(Data.BEHAVIOUR, EVERYBODY, _("received")),
            "country": TECHNICAL,
            "identity": none(
                _("a code"), _("how identity was checked"), lambda code: Identity(code).label if code else ""
            ),
            "due_on": none(_("a day"), _("due on")),
            "prolonged_why": keeping.Column(Data.WORDS, EVERYBODY, _("why more time was needed")),
            "decision": none(_("a code"), _("decision"), lambda code: Decision(code).label if code else ""),
            "norm": none(_("a norm"), _("norm")),
            "handed_over_at": none(_("a moment"), _("handed over")),
            "erased_at": none(_("a moment"), _("erased")),
            "taken_by_id": of_staff(Data.LINK, _("taken down by")),
            "taken_at": none(_("a moment"), _("taken down")),
            "answered_at": none(_("a moment"), _("answered")),
            "moved_why": STATE,
            "moved_by_id": of_staff(Data.LINK, _("last moved by")),
        },
        **MARKED,  # type: ignore[arg-type]
        finds=OWN,
        order="received_on, id",
        erased=dict.fromkeys(Whom, kept(LAW)),
        # The events go with it: their foreign key says so.
        goes=(Goes("request", "answered_at", "state = 'answered'"),),
    ),
    Table(
        name="protect_dispute",
        room="protect",
        what=_("What a member says is wrong"),
        columns={
            "id": ROW,
            "member_id": of_member(Data.LINK, _("member")),
            "table": TECHNICAL,
            "row": TECHNICAL,
            "words": of_member(Data.WORDS, _("what the member says")),
            "request_id": of_member(Data.LINK, _("request")),
            "placed_by_id": of_staff(Data.LINK, _("placed by")),
            "placed_at": none(_("a moment"), _("placed")),
            "settled_at": none(_("a moment"), _("settled")),
        },
        **MARKED,  # type: ignore[arg-type]
        finds={Whom.MEMBER: "member_id = %(member)s"},
        order="placed_at",
        member="member_id",
        erased={Whom.MEMBER: deleted()},
        goes=(Goes("request", "settled_at", "settled_at IS NOT NULL"),),
    ),
    Table(
        name="protect_restriction",
        room="protect",
        what=_("What is kept and not used"),
        columns={
            "id": ROW,
            "member_id": of_member(Data.LINK, _("member")),
            "norm": none(_("a norm"), _("norm")),
            "request_id": of_member(Data.LINK, _("request")),
            "placed_by_id": of_staff(Data.LINK, _("placed by")),
            "placed_at": none(_("a moment"), _("placed")),
            "lifted_at": none(_("a moment"), _("lifted")),
        },
        **MARKED,  # type: ignore[arg-type]
        finds={Whom.MEMBER: "member_id = %(member)s"},
        order="placed_at",
        member="member_id",
        erased={Whom.MEMBER: deleted()},
        goes=(Goes("request", "lifted_at", "lifted_at IS NOT NULL"),),
    ),
    Table(
        name="protect_hold",
        room="protect",
        what=_("Legal holds"),
        columns={
            "id": ROW,
            "member_id": of_member(Data.LINK, _("member")),
            "case_id": of_member(Data.LINK, _("case")),
            "reason": of_member(Data.WORDS, _("reason")),
            "until": none(_("a day"), _("until")),
            "placed_by_id": of_staff(Data.LINK, _("placed by")),
            "placed_at": none(_("a moment"), _("placed")),
            "lifted_by_id": of_staff(Data.LINK, _("lifted by")),
            "lifted_at": none(_("a moment"), _("lifted")),
        },
        purposes=(_("Keeping what a proceeding needs"),),
        basis=_("CH: Art. 31 (1) FADP. DE: Art. 17 (3) (e) GDPR"),
        source=_("The data-protection officer"),
        recipients=_("The data-protection officer"),
        finds={Whom.MEMBER: "member_id = %(member)s"},
        order="placed_at",
        erased={
            Whom.MEMBER: (
                Erased(Fate.DELETE, "lifted_at IS NOT NULL OR until < %(today)s"),
                Erased(
                    Fate.KEEP,
                    "lifted_at IS NULL AND until >= %(today)s",
                    law=_("A proceeding needs it (CH: Art. 31 (1) FADP. DE: Art. 17 (3) (e) GDPR)"),
                ),
            )
        },
        goes=(
            Goes("hold", "lifted_at", "lifted_at IS NOT NULL"),
            Goes("hold", "until", "lifted_at IS NULL", day=True),
        ),
    ),
)
