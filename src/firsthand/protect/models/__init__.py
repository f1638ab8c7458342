"""What is kept, for which purpose, for how long; and who may look. A file for each thing that is kept."""

from firsthand.protect.models.grants import Grant, GrantQuerySet
from firsthand.protect.models.notes import LONGEST_NOTE, Note
from firsthand.protect.models.purposes import BASIS, Purpose

__all__ = [
    "BASIS",
    "LONGEST_NOTE",
    "Grant",
    "GrantQuerySet",
    "Note",
    "Purpose",
]
