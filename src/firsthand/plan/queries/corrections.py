"""What a planner corrected by hand, what it does to a day, and what it was worth."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from django.conf import settings
from django.db import connection
from django.http import Http404
from django.utils import timezone

from firsthand.kernel import sql
from firsthand.people.models import Person, Role
from firsthand.plan.models import Correction, Forecast, ForecastValue, Queue
from firsthand.plan.pure.forecast import Worth, value_of_corrections
from firsthand.plan.queries.expected import factor_of
from firsthand.plan.queries.volumes import DAY, midnight

MOST_CORRECTIONS = 30


@dataclass(frozen=True)
class Corrected:
    """A correction, and once its calls have come, what it was worth."""

    correction: Correction
    worth: Worth | None

    @property
    def with_it(self) -> float:
        """Per cent of the calls."""
        return 100 * self.worth.wape_corrected if self.worth else 0.0

    @property
    def without_it(self) -> float:
        return 100 * self.worth.wape_forecast if self.worth else 0.0

    @property
    def over(self) -> bool:
        return self.correction.ends_at <= timezone.now()


def correction_for(person: Person, pk: int) -> Correction:
    found = Correction.objects.filter(pk=pk).first()
    if found is None or not person.has_role(Role.ORGANISER):
        raise Http404
    return found


def day_factors(
    found: Forecast, queue: Queue, first: date, last: date, corrected: Sequence[Correction]
) -> Mapping[date, float]:
    """What corrections do to whole days: each touches some of a day's intervals."""
    if not corrected:
        return {}
    rows = ForecastValue.objects.filter(
        forecast=found,
        queue=queue,
        starts_at__gte=max(midnight(first), min(one.starts_at for one in corrected) - DAY),
        starts_at__lt=min(midnight(last + DAY), max(one.ends_at for one in corrected) + DAY),
    )
    sums: dict[date, list[float]] = {}
    for row in rows:
        both = sums.setdefault(timezone.localtime(row.starts_at).date(), [0.0, 0.0])
        both[0] += row.mean
        both[1] += row.mean * factor_of(corrected, row)
    return {day: after / before for day, (before, after) in sums.items() if before}


def live(queue: Queue) -> list[Correction]:
    return [
        one
        for one in Correction.objects.filter(withdrawn_at=None).select_related("queue")
        if one.queue_id in (None, queue.pk)
    ]


def newest() -> list[Corrected]:
    """The newest ones, withdrawn ones included, with what they were worth; two statements."""
    rows = list(Correction.objects.select_related("queue", "by").order_by("-starts_at")[:MOST_CORRECTIONS])
    told: dict[int, list[tuple[float, int]]] = {}
    with connection.cursor() as cursor:
        cursor.execute(
            sql.named("firsthand.plan", "forecasts")["worth"],
            {"corrections": [row.pk for row in rows], "zone": settings.TIME_ZONE},
        )
        for pk, mean, came in cursor.fetchall():
            told.setdefault(pk, []).append((mean, came))
    return [Corrected(row, _worth(told.get(row.pk, []), float(row.factor))) for row in rows]


def _worth(told: Sequence[tuple[float, int]], factor: float) -> Worth | None:
    if not told or factor == 1:
        return None
    said, came = np.array(told, float).T
    return value_of_corrections(said, said * factor, came)
