"""What a person may answer, as the seat keeps it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.utils import timezone

from firsthand.people.models import Person
from firsthand.train import queries as train

YEAR = timedelta(days=365)


@dataclass(frozen=True)
class Fitness:
    topics: list[str]
    until: datetime | None  # when the first of these ends, or a year is over; then it is looked up again


def fitness(person: Person) -> Fitness:
    today = timezone.localdate()
    ready = train.readiness(person, today)
    if not ready:
        return Fitness([], None)
    # "For ever" is 9999 in other systems, and that year has no day after its last.
    last = min(today + YEAR, *(one.until for one in ready))
    midnight = datetime.combine(last + timedelta(days=1), time.min)
    return Fitness(sorted(one.topic for one in ready), timezone.make_aware(midnight))
