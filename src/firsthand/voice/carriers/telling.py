"""When nobody can be told that somebody hears."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from firsthand.kernel.refusal import Refusal


class NobodyToTell(Refusal):
    says = _(
        "Nobody can listen now: the page of the caller or of the helper is away, and both are told first."
    )
