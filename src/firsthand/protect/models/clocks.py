from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.conf import settings
from django.db import models
from django.db.models.functions import Now
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from firsthand.protect.models.purposes import Purpose
from firsthand.protect.pure.clocks import Unit


@dataclass(frozen=True)
class Term:
    """How long something may be kept: the house's default, and between which bounds an insurer may set it."""

    code: str
    says: str | Promise
    event: str | Promise  # from when it counts
    law: str | Promise
    amount: int
    lower: int
    upper: int
    unit: Unit = Unit.MONTHS
    purpose: str = ""
    at_least: str = ""  # as long as this term, whatever is set: one tells of the other

    @property
    def fixed(self) -> bool:
        return self.lower == self.upper


NEEDED = _("No longer than needed: CH Art. 6 (4) FADP; DE Art. 5 (1) (e) GDPR, § 84 SGB X, § 304 SGB V")
SECRET = _("CH Art. 8 FADP, Art. 328b CO; DE § 26 BDSG")
SIGNALLING = _("CH Art. 43 TCA; DE § 9 TDDDG")
PROOF = _("Proof of compliance: CH Art. 4 (5) DPO; DE Art. 5 (2) GDPR, § 31 OWiG")
LOG = _(
    "At least a year, kept apart: CH Art. 4 (5) DPO; only for checking: DE § 67c (4) SGB X. Until offences lapse: "
    "CH Art. 66 FADP (five years), DE § 31 OWiG (three)"
)
MOVES = _(
    "At least a year: CH Art. 4 (5) DPO. No longer than the record it proves: CH Art. 6 (4) FADP; "
    "DE Art. 5 (1) (e) GDPR, § 84 SGB X"
)
PAPERS = _("Business papers: CH Art. 958f CO; DE § 304 SGB V, § 110a SGB IV")
CONSENT = _("CH Art. 19 (2) FADP; DE § 7a UWG: five years from grant and from every use")
CONTACT_OVER = _("the contact is over")


def note_clock(purpose: str) -> str:
    return f"note_{purpose}"


NOTES = tuple(
    Term(note_clock(one.value), one.label, _("the note was written"), NEEDED, 24, 1, 120, purpose=one.value)
    for one in Purpose
)
TERMS: dict[str, Term] = {
    term.code: term
    for term in (
        *NOTES,
        Term("confidence", _("Sealed confidences"), _("it was sealed"), NEEDED, 30, 1, 90, Unit.DAYS),
        Term(
            "contact_caller",
            _("What a caller typed: name and numbers"),
            CONTACT_OVER,
            NEEDED,
            30,
            1,
            180,
            Unit.DAYS,
        ),
        Term("contact_draft", _("Drafts of notes"), CONTACT_OVER, NEEDED, 1, 1, 30, Unit.DAYS),
        Term("contact_record", _("What was answered and promised"), CONTACT_OVER, NEEDED, 24, 3, 120),
        Term("contact_member", _("Of whom a contact was"), CONTACT_OVER, NEEDED, 24, 3, 120),
        Term(
            "promise_forgotten", _("Promises that nobody kept"), _("the promise was due"), NEEDED, 24, 3, 120
        ),
        Term(
            "call_signalling",
            _("Who was connected with whom"),
            _("the call is over"),
            SIGNALLING,
            30,
            1,
            180,
            Unit.DAYS,
        ),
        Term(
            "member_contract",
            _("The insured and their cover"),
            _("the last cover ended"),
            PAPERS,
            120,
            60,
            180,
        ),
        Term(
            "household_empty", _("An address"), _("the last of its members went"), NEEDED, 1, 1, 1, Unit.DAYS
        ),
        Term(
            "observation_contact",
            _("From which contact an observation comes"),
            _("it was heard"),
            NEEDED,
            90,
            7,
            365,
            Unit.DAYS,
        ),
        Term("readiness", _("Who was ready for what"), _("it ended"), SECRET, 12, 1, 36),
        # Until the week after the next: it says who was there before, and what is compared year on year.
        Term(
            "front_week", _("Who worked when in a front week"), _("the front week ended"), SECRET, 25, 1, 36
        ),
        Term(
            "absence", _("When somebody cannot work"), _("the absence ended"), SECRET, 30, 1, 180, Unit.DAYS
        ),
        Term("invitation", _("Invitations"), _("they ended"), SECRET, 30, 1, 90, Unit.DAYS),
        Term(
            "request",
            _("Requests, and how they were decided"),
            _("the request was answered"),
            PROOF,
            36,
            12,
            120,
        ),
        Term("hold", _("Legal holds"), _("the hold was lifted"), PROOF, 36, 12, 120),
        Term("protocol", _("Protocols of the nightly run"), _("the run"), PROOF, 36, 12, 120),
        # Logs: whole months go, none before the year that the law asks for.
        Term("journal", _("The journal"), _("the entry"), LOG, 60, 12, 120),
        Term("read_log", _("Who looked"), _("the look"), LOG, 60, 12, 120),
        # What a look refers to stays as long as the look.
        Term(
            "grant",
            _("To whom a file was open"),
            _("it was closed"),
            LOG,
            60,
            12,
            120,
            at_least="read_log",
        ),
        Term(
            "opening",
            _("Who opened a confidence, and why"),
            _("it was opened"),
            LOG,
            60,
            12,
            120,
            at_least="read_log",
        ),
        Term(
            "break_glass",
            _("Files opened without a contact, and what was found"),
            _("it was judged"),
            LOG,
            60,
            12,
            120,
            at_least="read_log",
        ),
        Term("contact_moves", _("The moves of a contact"), _("the move"), MOVES, 24, 12, 120),
        # What goes by itself. It stands here so that every clock of the house stands in one list.
        Term("consent", _("Proofs of consent"), _("the grant, and every use"), CONSENT, 60, 60, 60),
        Term(
            "confidence_row",
            _("That a confidence was erased"),
            _("its key was destroyed"),
            PROOF,
            12,
            12,
            120,
        ),
        Term("session", _("Who is signed in"), _("signing in"), SECRET, 12, 12, 12, Unit.HOURS),
        Term("allowance", _("How often something was tried"), _("the first try"), SECRET, 1, 1, 1, Unit.DAYS),
        Term("outbox", _("Nudges to open pages"), _("the nudge"), NEEDED, 2, 2, 2, Unit.MINUTES),
    )
}


def amount_of(term: Term, own: Mapping[str, int]) -> int:
    """How long here: as the insurer set it (`own`: by term), else as the house has it."""
    set_here = own.get(term.code, term.amount)
    return max(set_here, amount_of(TERMS[term.at_least], own)) if term.at_least else set_here


class Clock(models.Model):
    """What the insurer set otherwise than the house: for one term, within its bounds."""

    code = models.CharField(max_length=40, primary_key=True)
    amount = models.PositiveIntegerField()
    changed_at = models.DateTimeField(db_default=Now())
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"{self.code} {self.amount}"
