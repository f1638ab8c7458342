"""What lower rooms announce about people, and what it means for a front week."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.dispatch import receiver

from firsthand.people.signals import answers_changed
from firsthand.plan.actions import leaving


@receiver(answers_changed)
def changed(person_ids: Collection[int], **more: Any) -> None:
    """Whoever left the house answers no half-day: it is open again."""
    leaving.left(person_ids)
