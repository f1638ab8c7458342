"""Half-days of somebody who is away then: entered after the roster was made, or by hand in spite of it."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Exists, OuterRef
from django.utils import timezone

from firsthand.plan.models import Absence, Assignment, Roster

SHOWN = 20


def rostered(roster: Roster | None) -> list[Assignment]:
    """Of this roster and still to come, the next ones first."""
    absent = Absence.objects.filter(
        person=OuterRef("person"), starts_at__lt=OuterRef("ends_at"), ends_at__gt=OuterRef("starts_at")
    )
    rows = Assignment.objects.filter(Exists(absent), roster=roster, ends_at__gt=timezone.now())
    rows = rows.select_related("person", "shift", "room", "training").order_by("starts_at", "person__name")
    return list(rows[:SHOWN]) if roster else []


def of(rows: Iterable[Assignment], absences: Iterable[Absence]) -> frozenset[int]:
    """Which of somebody's own half-days and trainings fall into their own absences."""
    spans = [(one.starts_at, one.ends_at) for one in absences]
    return frozenset(
        one.pk for one in rows if any(begins < one.ends_at and ends > one.starts_at for begins, ends in spans)
    )
