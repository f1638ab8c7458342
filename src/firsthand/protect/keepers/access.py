"""Who could see, and who saw. Proof: it outlives what it is about, and holds numbers and codes."""

from django.utils.translation import gettext_lazy as _

from firsthand.kernel import keeping
from firsthand.kernel.keeping import (
    CHAIN,
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
    of_member,
    of_staff,
)
from firsthand.people.models import Role
from firsthand.protect.models import READS, Kind, Purpose, What

LAW = _("Proof of who looked, kept apart for at least a year (CH: Art. 4 (5) DPO. DE: § 67c (4) SGB X)")
SHIELD = _("CH: Art. 328b CO. DE: § 35 (1) sentence 3 SGB I")
MARKED = {
    "purposes": (_("Proving that access was lawful"),),
    "basis": LAW,
    "source": _("The house itself"),
    "recipients": _("The data-protection officer; the member who asks; a supervisory authority that asks"),
}
# A file that is open goes to nobody's clock; nor does a grant that was passed on in a contact where it is open still.
CLOSED = """break_glass_id IS NULL AND closed_at IS NOT NULL AND NOT EXISTS (SELECT FROM protect_grant o
    WHERE o.contact_id = protect_grant.contact_id AND o.closed_at IS NULL)"""
# One that nobody has judged has no moment to count from.
JUDGED = """(SELECT r.at FROM protect_review r
    WHERE r.break_glass_id = protect_breakglass.id AND r.says IN ('justified', 'not_justified'))"""
SHUT = """NOT EXISTS (SELECT FROM protect_grant g
    WHERE g.break_glass_id = protect_breakglass.id AND g.closed_at IS NULL)"""
WITH_IT = _("with the opening it belongs to")
KEPT = {Whom.MEMBER: kept(LAW), Whom.STAFF: kept(LAW)}

keeping.register(
    Table(
        name="protect_read",
        room="protect",
        what=_("Who looked when and why"),
        columns={
            "id": ROW,
            "at": none(_("a moment"), _("when")),
            "xid": TECHNICAL,
            "actor_id": of_staff(Data.LINK, _("colleague")),
            "role": none(_("a role, not a person"), _("as"), lambda code: Role(code).label if code else ""),
            "member_id": of_member(Data.LINK, _("member")),
            "contact_id": of_member(Data.LINK, _("contact")),
            "break_glass_id": of_member(Data.LINK, _("opened without a contact")),
            "request_id": of_member(Data.LINK, _("request")),
            "what": of_member(Data.BEHAVIOUR, _("what was shown"), lambda code: What(code).label),
            "why": none(_("a code"), _("why")),
            "purposes": none(
                _("codes"),
                _("purposes"),
                lambda codes: ", ".join(str(Purpose(one).label) for one in codes if one in Purpose.values),
            ),
        },
        **MARKED,  # type: ignore[arg-type]
        finds={Whom.MEMBER: "member_id = %(member)s", Whom.STAFF: "actor_id = %(person)s"},
        order="at",
        member="member_id",
        contact="contact_id",
        erased=KEPT,
        goes=(Goes("read_log", "at", READS.in_time, months=True),),
    ),
    Table(
        "protect_read_link",
        "protect",
        _("The chain of the reads"),
        dict.fromkeys(("n", "entry_id", "entry_at", "hash"), CHAIN),
    ),
    Table(
        "protect_read_seal",
        "protect",
        _("How far that chain has come"),
        dict.fromkeys(("one", "seen"), TECHNICAL),
    ),
    Table(
        "protect_wall_key",
        "protect",
        _("With what the tokens of the wall are checked"),
        dict.fromkeys(("print", "inner_pad", "outer_pad", "until"), TECHNICAL),
    ),
    Table(
        name="protect_grant",
        room="protect",
        what=_("To whom a file was open, and when"),
        columns={
            "id": ROW,
            "person_id": of_staff(Data.LINK, _("colleague")),
            "member_id": of_member(Data.LINK, _("member")),
            "contact_id": of_member(Data.LINK, _("contact")),
            "break_glass_id": of_member(Data.LINK, _("opened without a contact")),
            "opened_at": none(_("a moment"), _("opened")),
            "ends_at": STATE,
            "closed_at": none(_("a moment"), _("closed")),
        },
        **MARKED,  # type: ignore[arg-type]
        finds={Whom.MEMBER: "member_id = %(member)s", Whom.STAFF: "person_id = %(person)s"},
        order="opened_at",
        member="member_id",
        contact="contact_id",
        erased=KEPT,
        goes=(
            Goes("grant", "closed_at", f"{CLOSED} AND NOT protect_grant_is_told(protect_grant)"),
            Goes("break_glass", "closed_at", by_itself=WITH_IT),
        ),
    ),
    Table(
        name="protect_review",
        room="protect",
        what=_("What was found when an opening was looked at"),
        columns={
            "id": ROW,
            "break_glass_id": of_member(Data.LINK, _("opening")),
            "says": none(_("a verdict"), _("verdict")),
            "words": of_member(Data.WORDS, _("words")),
            "by_id": of_staff(Data.LINK, _("by")),
            "at": none(_("a moment"), _("when")),
        },
        **MARKED,  # type: ignore[arg-type]
        finds={
            Whom.MEMBER: "break_glass_id IN (SELECT id FROM protect_breakglass WHERE member_id = %(member)s)",
            Whom.STAFF: "by_id = %(person)s",
        },
        order="at",
        erased={
            Whom.MEMBER: (Erased(Fate.BLANK, "words <> ''", {"words": "'[…]'"}),),
            Whom.STAFF: kept(LAW),
        },
        goes=(Goes("break_glass", "at", by_itself=WITH_IT),),
    ),
    Table(
        name="protect_breakglass",
        room="protect",
        what=_("Files opened without a contact"),
        columns={
            "id": ROW,
            "person_id": of_staff(Data.LINK, _("colleague")),
            "member_id": of_member(Data.LINK, _("member")),
            "kind": none(_("a code"), _("for what"), lambda code: Kind(code).label),
            "branch": none(_("a branch of insurance"), _("branch")),
            "reason": of_member(Data.WORDS, _("reason")),
            "opened_at": none(_("a moment"), _("opened")),
            "ends_at": none(_("a moment"), _("until")),
        },
        **MARKED,  # type: ignore[arg-type]
        finds={Whom.MEMBER: "member_id = %(member)s", Whom.STAFF: "person_id = %(person)s"},
        order="opened_at",
        member="member_id",
        erased={
            Whom.MEMBER: (Erased(Fate.BLANK, blanks={"reason": "'[… erased …]'"}),),
            Whom.STAFF: kept(LAW),
        },
        goes=(
            Goes(
                "break_glass",
                JUDGED,
                f"{JUDGED} IS NOT NULL AND {SHUT} AND NOT protect_glass_is_told(protect_breakglass)",
            ),
        ),
    ),
    Table(
        name="protect_shield",
        room="protect",
        what=_("Members who work here, and their relatives"),
        columns={
            "id": ROW,
            "member_id": of_member(Data.LINK, _("member")),
            "person_id": of_staff(Data.LINK, _("colleague")),
            "kind": of_member(Data.WORK, _("works here, or belongs to somebody who does")),
            "said_by_id": of_staff(Data.LINK, _("said by")),
            "said_at": none(_("a moment"), _("said")),
        },
        purposes=(_("Keeping social data away from whoever decides about staff"),),
        basis=SHIELD,
        source=_("The colleague"),
        recipients=_("The data-protection officer and this colleague"),
        finds={Whom.MEMBER: "member_id = %(member)s", Whom.STAFF: "person_id = %(person)s"},
        erased={Whom.MEMBER: deleted(), Whom.STAFF: deleted()},
    ),
)
