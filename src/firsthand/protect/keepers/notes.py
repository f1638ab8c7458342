"""Notes with a purpose, and confidences under seal."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from firsthand.kernel import keeping
from firsthand.kernel.keeping import (
    ROW,
    STATE,
    Data,
    Gathers,
    Goes,
    Says,
    Subject,
    Table,
    Whom,
    asked,
    blanked,
    deleted,
    kept,
    none,
    of_caller,
    of_member,
    of_staff,
)
from firsthand.people.models import Person
from firsthand.protect import actions, words
from firsthand.protect.models import Purpose, note_clock

PURPOSES = (_("Solving a concern; each note has one purpose out of the law's list"),)
BASIS = _("CH: Art. 84 KVG, VVG and Art. 31 DSG. DE: § 284 (1) SGB V, § 94 (1) SGB XI")
SOURCE = _("The caller, in the conversation; written down by the helper")
RECIPIENTS = _("The helper of a later contact about the same branch; nobody outside the insurer")
WRITTEN = _("It is the member's; the colleague is a number that names nobody once they are erased")
UNSEALED = "NOT EXISTS (SELECT FROM protect_confidence c WHERE c.note_id = protect_note.id)"
SEALED = "SELECT id FROM protect_confidence WHERE {who}"
OF_CONTACTS = "contact_id = ANY(%(contacts)s)"


def purpose_named(code: str) -> Says:
    return Purpose(code).label


def reasons_said(reasons: list[dict[str, str]]) -> Says:
    return "; ".join(one.get("why", "") for one in reasons)


MARKED: dict[str, Any] = {"purposes": PURPOSES, "basis": BASIS, "source": SOURCE, "recipients": RECIPIENTS}


def erase(subject: Subject, *, by: Person | None) -> int:
    """Without its key nobody reads it again, in no backup either."""
    return actions.erase_confidences(subject.gathered["confidences"], by=by)


keeping.gather(
    Gathers(
        "confidences",
        "uuid",
        {
            Whom.MEMBER: SEALED.format(who=f"member_id = %(member)s OR {OF_CONTACTS}"),
            Whom.CALLER: SEALED.format(who=f"member_id IS NULL AND {OF_CONTACTS}"),
        },
    ),
)

keeping.register(
    Table(
        name="protect_opening",
        room="protect",
        what=_("Who opened a confidence, and why"),
        columns={
            "id": ROW,
            "confidence_id": of_caller(Data.LINK, _("confidence")),
            "contact_id": of_caller(Data.LINK, _("contact")),
            "opened_by_id": of_staff(Data.LINK, _("colleague")),
            "opened_at": none(_("a moment"), _("opened")),
            "reason": of_caller(Data.WORDS, _("reason")),
        },
        **{**MARKED, "basis": _("Proof of who looked (CH: Art. 4 DPO. DE: § 67c (4) SGB X)")},
        finds={
            Whom.MEMBER: "confidence_id = ANY(%(confidences)s)",
            Whom.CALLER: "confidence_id = ANY(%(confidences)s)",
            Whom.STAFF: "opened_by_id = %(person)s",
        },
        order="opened_at",
        erased={
            Whom.MEMBER: blanked(reason="'[… erased …]'"),
            Whom.CALLER: blanked(reason="'[… erased …]'"),
            Whom.STAFF: kept(WRITTEN),
        },
        contact="contact_id",
        goes=(Goes("opening", "opened_at", "NOT protect_opening_is_told(protect_opening)"),),
    ),
    Table(
        name="protect_confidence",
        room="protect",
        what=_("Sealed confidences"),
        columns={
            "id": of_caller(Data.LINK, _("confidence")),
            "member_id": of_member(Data.LINK, _("member")),
            "contact_id": of_caller(Data.LINK, _("contact")),
            "note_id": of_caller(Data.LINK, _("note")),
            "field": STATE,
            "category": of_caller(Data.HEALTH, _("what it is about"), words.of),
            "purpose": of_caller(Data.HEALTH, _("purpose"), purpose_named),
            # Handed over opened: the words, not the cipher.
            "shown_as": none(_("made of purpose and member or contact, for the wall; goes with them")),
            "sealed": of_caller(Data.WORDS, _("confided words")),
            "wrapped_key": none(_("the key, itself under a key that is not in the database")),
            "key_id": none(_("which key")),
            "sealed_by_id": of_staff(Data.LINK, _("sealed by")),
            "sealed_at": none(_("a moment"), _("sealed")),
            "settled_at": STATE,
            "keep_until": none(_("a day"), _("kept until")),
            "opened_at": STATE,
            "erased_at": STATE,
        },
        **MARKED,
        finds={
            Whom.MEMBER: f"erased_at IS NULL AND (member_id = %(member)s OR {OF_CONTACTS})",
            Whom.CALLER: f"erased_at IS NULL AND member_id IS NULL AND {OF_CONTACTS}",
            Whom.STAFF: "sealed_by_id = %(person)s",
        },
        order="sealed_at",
        member="member_id",
        erased={Whom.MEMBER: asked(erase), Whom.CALLER: asked(erase), Whom.STAFF: kept(WRITTEN)},
        goes=(
            Goes(
                "confidence",
                "keep_until",
                "erased_at IS NULL AND settled_at IS NOT NULL",
                act=actions.let_confidences_go,
                day=True,
                until=True,
            ),
            # The row without its words, for as long as somebody may compare a backup with it.
            Goes("confidence_row", "erased_at", "erased_at IS NOT NULL"),
        ),
    ),
    Table(
        name="protect_note",
        room="protect",
        what=_("Notes"),
        columns={
            "id": ROW,
            "member_id": of_member(Data.LINK, _("member")),
            "contact_id": of_caller(Data.LINK, _("contact")),
            "purpose": of_caller(Data.HEALTH, _("purpose"), purpose_named),
            "words": of_caller(Data.WORDS, _("words")),
            "reasons": of_caller(Data.WORDS, _("why something stands in it"), reasons_said),
            "shown_as": none(_("made of purpose and member or contact, for the wall; goes with them")),
            "lexemes": none(_("made of the words, for the search; goes with them")),
            "written_by_id": of_staff(Data.LINK, _("written by")),
            "written_at": none(_("a moment"), _("written")),
        },
        **MARKED,
        finds={
            Whom.MEMBER: f"member_id = %(member)s OR {OF_CONTACTS}",
            Whom.CALLER: f"member_id IS NULL AND {OF_CONTACTS}",
            Whom.STAFF: "written_by_id = %(person)s",
        },
        order="written_at, id",
        member="member_id",
        erased={Whom.MEMBER: deleted(), Whom.CALLER: deleted(), Whom.STAFF: kept(WRITTEN)},
        goes=tuple(
            Goes(note_clock(one.value), "written_at", f"purpose = '{one.value}' AND {UNSEALED}")
            for one in Purpose
        ),
    ),
)
