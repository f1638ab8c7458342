from __future__ import annotations

from firsthand.answer.models import Promise


def open_promises() -> list[Promise]:
    """What is still owed to callers, the most urgent first. Who was promised it is not shown in a list."""
    promises = Promise.objects.filter(kept_at=None).select_related("made_by", "contact")
    return list(promises.order_by("due_on", "pk")[:200])
