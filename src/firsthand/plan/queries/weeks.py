"""The front weeks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.http import Http404
from django.utils import timezone

from firsthand.people.models import Person, Role
from firsthand.plan.models import FrontWeek


@dataclass(frozen=True)
class Weeks:
    """Every front week, by where it stands to today."""

    now: FrontWeek | None
    next: Sequence[FrontWeek]
    past: Sequence[FrontWeek]

    @property
    def none(self) -> bool:
        return not (self.now or self.next or self.past)


def front_week(on: date) -> FrontWeek | None:
    """The front week a day belongs to: at most one, for they do not overlap."""
    return FrontWeek.objects.filter(starts_on__lte=on, ends_on__gte=on).first()


def next_week(on: date) -> FrontWeek | None:
    """The front week that is on, or the one that comes next."""
    return FrontWeek.objects.filter(ends_on__gte=on).order_by("starts_on").first()


def weeks() -> Weeks:
    today = timezone.localdate()
    found = list(FrontWeek.objects.order_by("starts_on"))
    return Weeks(
        now=next((week for week in found if week.starts_on <= today <= week.ends_on), None),
        next=[week for week in found if week.starts_on > today],
        past=[week for week in reversed(found) if week.ends_on < today],
    )


def week_for(person: Person, pk: int) -> FrontWeek:
    week = FrontWeek.objects.filter(pk=pk).first()
    if week is None or not person.has_role(Role.ORGANISER):
        raise Http404
    return week
