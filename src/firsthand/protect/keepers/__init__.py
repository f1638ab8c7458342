"""What this room keeps about people, a file for each thing that is kept."""

from firsthand.protect.keepers import access, consent, notes, requests, rules

__all__ = ["access", "consent", "notes", "requests", "rules"]
