"""A sealed confidence as a row has it, opened in memory."""

from __future__ import annotations

from firsthand.protect import keys
from firsthand.protect.models import Confidence
from firsthand.protect.pure import sealing


def unsealed(row: Confidence, ring: keys.Ring) -> str:
    """To compare with what is typed, to seal it anew, to show it to whoever may (`opening`)."""
    if row.wrapped_key is None:
        raise sealing.DoesNotOpen
    key = ring.named(row.key_id)
    return sealing.unseal(bytes(row.sealed), bytes(row.wrapped_key), key, row=str(row.pk), to=bound(row))


def bound(row: Confidence) -> bytes:
    return sealing.bound(
        str(row.pk),
        contact=row.contact_id,
        member=row.member_id,
        category=row.category,
        purpose=row.purpose,
    )
