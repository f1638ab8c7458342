"""Who is ready for what."""

from __future__ import annotations

from datetime import date

from firsthand.people.models import Person
from firsthand.train.models import Readiness


def readiness(person: Person, on: date) -> list[Readiness]:
    """What this person may answer on a day."""
    return list(Readiness.objects.filter(person=person, until__gte=on).order_by("topic"))
