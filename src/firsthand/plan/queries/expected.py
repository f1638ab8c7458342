"""How many calls a reckoning counts with: the forecast, times what a planner has corrected by hand."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.utils import timezone

from firsthand.plan.models import Correction, Forecast, ForecastValue


@dataclass
class Interval:
    """All queues of one language together. Their quantiles are added up: a busy day is busy in all of them."""

    starts_at: datetime
    minutes: int
    low: float = 0.0
    mid: float = 0.0
    high: float = 0.0
    seconds: float = field(default=0.0, repr=False)  # of talk, summed over the calls

    @property
    def aht(self) -> float | None:
        return self.seconds / self.mid if self.mid > 0 else None

    def times(self, factor: float) -> None:
        self.low, self.mid, self.high = self.low * factor, self.mid * factor, self.high * factor
        self.seconds *= factor


Expected = Mapping[str, Sequence[Interval]]


def expected(forecast: Forecast, first: date, last: date) -> Expected:
    """By language, in order of time. Both days included, in local time."""
    rows = ForecastValue.objects.filter(forecast=forecast, starts_at__date__range=(first, last))
    corrections = list(Correction.objects.filter(withdrawn_at=None))
    found: dict[str, dict[datetime, Interval]] = defaultdict(dict)
    for one in rows.select_related("queue").order_by("starts_at"):
        factor = factor_of(corrections, one)
        at = found[one.queue.language].setdefault(one.starts_at, Interval(one.starts_at, one.minutes))
        at.low += one.low * factor
        at.mid += one.mid * factor
        at.high += one.high * factor
        at.seconds += one.mid * factor * one.aht_seconds
    return {language: list(each.values()) for language, each in sorted(found.items())}


def factor_of(corrections: Sequence[Correction], one: ForecastValue) -> float:
    """Several over the same stretch multiply."""
    factor = 1.0
    for each in corrections:
        if each.queue_id in (None, one.queue_id) and each.starts_at <= one.starts_at < each.ends_at:
            factor *= float(each.factor)
    return factor


def local(at: datetime) -> tuple[date, int]:
    there = timezone.localtime(at)
    return there.date(), there.hour * 60 + there.minute
