"""What is kept, for which purpose, for how long; and who may look. A file for each thing that is kept."""

from firsthand.protect.models.confidences import Confidence, ConfidenceQuerySet, Field, Opening
from firsthand.protect.models.consent import (
    Consent,
    ConsentQuerySet,
    MayBeCalled,
    OutboundContact,
    OutreachRules,
    Scope,
    Suppression,
    SuppressionQuerySet,
    Way,
)
from firsthand.protect.models.grants import Grant, GrantQuerySet
from firsthand.protect.models.needs import Need, OwnNumber
from firsthand.protect.models.notes import LONGEST_NOTE, Note
from firsthand.protect.models.purposes import BASIS, Purpose
from firsthand.protect.models.shield import Shield

__all__ = [
    "BASIS",
    "LONGEST_NOTE",
    "Confidence",
    "ConfidenceQuerySet",
    "Consent",
    "ConsentQuerySet",
    "Field",
    "Grant",
    "GrantQuerySet",
    "MayBeCalled",
    "Need",
    "Note",
    "Opening",
    "OutboundContact",
    "OutreachRules",
    "OwnNumber",
    "Purpose",
    "Scope",
    "Shield",
    "Suppression",
    "SuppressionQuerySet",
    "Way",
]
