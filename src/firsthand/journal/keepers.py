"""The journal holds numbers and codes only, and nobody can take an entry out without breaking the chain. Old
months go by a clock, with a record in their place.
"""

from django.utils.translation import gettext_lazy as _

from firsthand.journal.ledger import JOURNAL
from firsthand.kernel import keeping
from firsthand.kernel.keeping import CHAIN, HOUSE, TECHNICAL, Data, Goes, Table, Whom, kept, none, of_staff

LAW = _("Proof of who did and looked at what (CH: Art. 4 (5) DPO. DE: § 67c (4) SGB X)")


def named_in(detail: str, kind: str) -> str:
    """SQL: the number that an entry names as the thing it is about, or in its details."""
    return (
        f"CASE WHEN kind = '{kind}' AND object_id ~ '^[0-9]{{1,18}}$' THEN object_id"
        f" WHEN details ->> '{detail}' ~ '^[0-9]{{1,18}}$' THEN details ->> '{detail}' END"
    )


keeping.register(
    Table(
        name="journal_entry",
        room="journal",
        what=_("Who did or looked at what"),
        columns={
            "id": none(_("the entry's own number"), _("entry")),
            "at": of_staff(Data.BEHAVIOUR, _("when")),
            "xid": TECHNICAL,
            "actor_id": of_staff(Data.LINK, _("colleague")),
            "verb": of_staff(Data.BEHAVIOUR, _("what")),
            "kind": none(_("the table of what it was done to"), _("to what")),
            "object_id": of_staff(Data.LINK, _("number")),
            "details": none(_("numbers and codes only; anything else is refused when it is written")),
        },
        purposes=(_("Proving that access was lawful"),),
        basis=LAW,
        source=_("The house itself"),
        recipients=_("The data-protection officer; a supervisory authority that asks"),
        finds={Whom.STAFF: "actor_id = %(person)s"},
        order="at",
        member=named_in("member", "members.member"),
        contact=named_in("contact", "answer.contact"),
        erased={Whom.STAFF: kept(LAW)},
        goes=(Goes("journal", "at", JOURNAL.in_time, months=True),),
    ),
    Table(
        name="journal_link",
        room="journal",
        what=_("The chain of the journal"),
        columns={"n": CHAIN, "entry_id": CHAIN, "entry_at": CHAIN, "hash": CHAIN},
    ),
    Table(
        name="journal_closing",
        room="journal",
        what=_("Which old months went"),
        columns={
            **dict.fromkeys(
                ("id", "entries", "number", "until", "at", "clock", "months", "gone", "held"), HOUSE
            ),
            **dict.fromkeys(("first", "last", "hash", "held_hash", "seal"), CHAIN),
        },
    ),
    Table(
        name="journal_seal",
        room="journal",
        what=_("How far the chain has come"),
        columns={"one": TECHNICAL, "seen": TECHNICAL},
    ),
)
