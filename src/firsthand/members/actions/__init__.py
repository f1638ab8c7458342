"""Bring the insured in."""

from firsthand.members.actions.importing import Imported, NotImported, import_members

__all__ = ["Imported", "NotImported", "import_members"]
