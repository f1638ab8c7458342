"""Proof of consent, of withdrawal, and of every call that was made on it."""

from django.utils.translation import gettext_lazy as _

from firsthand.kernel import keeping
from firsthand.kernel.keeping import (
    HOUSE,
    ROW,
    Data,
    Goes,
    Table,
    Whom,
    kept,
    none,
    of_member,
    of_staff,
)
from firsthand.protect.models import Scope, Suppression, Way

LAW = _("Proof that a call was allowed, five years from the grant and from every use (DE: § 7a UWG)")
BASIS = _("CH: Art. 3 (1) (o), (u) UWG, Art. 31 DSG. DE: Art. 6 (1) (a) GDPR, §§ 7, 7a UWG")
SOURCE = _("The member")
RECIPIENTS = _("Whoever calls; in Germany the Federal Network Agency when it asks")
MARKED = {
    "purposes": (_("Calling nobody who did not agree to it"),),
    "basis": BASIS,
    "source": SOURCE,
    "recipients": RECIPIENTS,
}
TAKEN = _("The proof is the member's; the colleague is a number that names nobody once they are erased")

keeping.register(
    Table(
        name="protect_outboundcontact",
        room="protect",
        what=_("Calls that we made"),
        columns={
            "id": ROW,
            "member_id": of_member(Data.LINK, _("member")),
            "kind": none(_("a code"), _("kind")),
            "purpose": none(_("a code"), _("about what")),
            "consent_id": of_member(Data.LINK, _("consent")),
            "contact_id": of_member(Data.LINK, _("contact")),
            "promise_id": of_member(Data.LINK, _("promise")),
            "person_id": of_staff(Data.LINK, _("colleague")),
            "basis": of_member(Data.CONSENT, _("on what it rests")),
            "at": of_member(Data.BEHAVIOUR, _("when")),
        },
        **MARKED,  # type: ignore[arg-type]
        finds={Whom.MEMBER: "member_id = %(member)s", Whom.STAFF: "person_id = %(person)s"},
        order="at",
        erased={Whom.MEMBER: kept(LAW), Whom.STAFF: kept(TAKEN)},
    ),
    Table(
        name="protect_consent",
        room="protect",
        what=_("Consents, and their withdrawal"),
        columns={
            "id": ROW,
            "member_id": of_member(Data.LINK, _("member")),
            "scope": of_member(Data.CONSENT, _("for what"), lambda code: Scope(code).label),
            "way": of_member(Data.CONSENT, _("how"), lambda code: Way(code).label),
            "wording": of_member(Data.CONSENT, _("the words that were agreed to")),
            "name": of_member(Data.NAME, _("name, as it was given then")),
            "address": of_member(Data.ADDRESS, _("address, as it was given then")),
            "company": none(_("the insurer"), _("for whom")),
            "taken_by_id": of_staff(Data.LINK, _("taken by")),
            "given_at": of_member(Data.CONSENT, _("given")),
            "written_at": none(_("a moment"), _("entered")),
            "country": HOUSE,
            "withdrawn_at": of_member(Data.CONSENT, _("withdrawn")),
            "withdrawn_way": of_member(Data.CONSENT, _("withdrawn how")),
            "withdrawn_taken_by_id": of_staff(Data.LINK, _("withdrawal taken by")),
            "keep_until": none(_("a day"), _("kept until")),
        },
        **MARKED,  # type: ignore[arg-type]
        given=("scope", "way", "name", "address", "given_at", "withdrawn_at"),
        finds={
            Whom.MEMBER: "member_id = %(member)s",
            Whom.STAFF: "%(person)s IN (taken_by_id, withdrawn_taken_by_id)",
        },
        order="given_at",
        member="member_id",
        erased={Whom.MEMBER: kept(LAW), Whom.STAFF: kept(TAKEN)},
        goes=(Goes("consent", "keep_until", "withdrawn_at IS NOT NULL", day=True, until=True),),
    ),
    Table(
        name="protect_suppression",
        room="protect",
        what=_("Who is not to be called"),
        columns={
            "id": ROW,
            "member_id": of_member(Data.LINK, _("member")),
            "number": none(_("a keyed digest: it answers whether, not whom")),
            "why": of_member(Data.CONSENT, _("why"), lambda code: Suppression.Why(code).label),
            "since": of_member(Data.CONSENT, _("since")),
            "said_by_id": of_staff(Data.LINK, _("written down by")),
            "lifted_at": of_member(Data.CONSENT, _("lifted")),
            "lifted_by_id": of_staff(Data.LINK, _("lifted by")),
        },
        **MARKED,  # type: ignore[arg-type]
        finds={
            Whom.MEMBER: "member_id = %(member)s",
            Whom.STAFF: "%(person)s IN (said_by_id, lifted_by_id)",
        },
        order="since",
        erased={
            Whom.MEMBER: kept(_("Who does not want to be called stays on the list; it holds no number")),
            Whom.STAFF: kept(TAKEN),
        },
    ),
    Table(
        "protect_numbersalt",
        "protect",
        _("What makes digests of numbers unguessable"),
        dict.fromkeys(("one", "salt"), HOUSE),
    ),
    Table(
        "protect_outreachrules",
        "protect",
        _("Whose law holds for calls"),
        dict.fromkeys(("id", "country", "zone"), HOUSE),
    ),
)
