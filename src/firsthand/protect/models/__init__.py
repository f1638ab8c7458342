"""What is kept, for which purpose, for how long; and who may look. A file for each thing that is kept."""

from firsthand.protect.models.break_glass import LASTS, REVIEWED_WITHIN, BreakGlass, Kind, Review
from firsthand.protect.models.clocks import TERMS, Clock, Term, amount_of, note_clock
from firsthand.protect.models.confidences import Confidence, ConfidenceQuerySet, Field, Opening
from firsthand.protect.models.consent import (
    Consent,
    MayBeCalled,
    OutboundContact,
    Scope,
    Suppression,
    Way,
)
from firsthand.protect.models.grants import Grant, GrantQuerySet
from firsthand.protect.models.holds import Dispute, Hold, Restriction
from firsthand.protect.models.needs import OWN_NUMBERS, Need, OwnNumber
from firsthand.protect.models.notes import LONGEST_NOTE, Note
from firsthand.protect.models.purposes import Purpose
from firsthand.protect.models.reads import READS, Read, What
from firsthand.protect.models.requests import (
    Decision,
    Identity,
    Request,
    RequestEvent,
    RequestKind,
    RequestWay,
)
from firsthand.protect.models.retention import Line, Run
from firsthand.protect.models.shield import Shield

__all__ = [
    "LASTS",
    "LONGEST_NOTE",
    "OWN_NUMBERS",
    "READS",
    "REVIEWED_WITHIN",
    "TERMS",
    "BreakGlass",
    "Clock",
    "Confidence",
    "ConfidenceQuerySet",
    "Consent",
    "Decision",
    "Dispute",
    "Field",
    "Grant",
    "GrantQuerySet",
    "Hold",
    "Identity",
    "Kind",
    "Line",
    "MayBeCalled",
    "Need",
    "Note",
    "Opening",
    "OutboundContact",
    "OwnNumber",
    "Purpose",
    "Read",
    "Request",
    "RequestEvent",
    "RequestKind",
    "RequestWay",
    "Restriction",
    "Review",
    "Run",
    "Scope",
    "Shield",
    "Suppression",
    "Term",
    "Way",
    "What",
    "amount_of",
    "note_clock",
]
