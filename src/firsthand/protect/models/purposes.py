from __future__ import annotations

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Purpose(models.TextChoices):
    """Why a note is kept. One note, one purpose, from a closed list: there is no "other"."""

    BASIC = "basic", _("Solving a concern in basic insurance")
    SUPPLEMENTARY = "supplementary", _("Solving a concern in supplementary insurance")

    @property
    def basis(self) -> Promise:
        """The legal basis that stands on the note."""
        return BASIS[self]


# Translated, because every language of Switzerland has its own names for the laws.
BASIS: dict[Purpose, Promise] = {
    Purpose.BASIC: _("Art. 84 KVG"),
    Purpose.SUPPLEMENTARY: _("VVG; Art. 31 DSG"),
}
