"""What is kept, for which purpose, for how long; and who may look. A file for each thing that is kept."""

from firsthand.protect.models.confidences import Confidence, ConfidenceQuerySet, Field, Opening
from firsthand.protect.models.grants import Grant, GrantQuerySet
from firsthand.protect.models.needs import Need, OwnNumber
from firsthand.protect.models.notes import LONGEST_NOTE, Note
from firsthand.protect.models.purposes import BASIS, Purpose

__all__ = [
    "BASIS",
    "LONGEST_NOTE",
    "Confidence",
    "ConfidenceQuerySet",
    "Field",
    "Grant",
    "GrantQuerySet",
    "Need",
    "Note",
    "Opening",
    "OwnNumber",
    "Purpose",
]
