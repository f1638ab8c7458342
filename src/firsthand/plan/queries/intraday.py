"""Today so far: what the morning says about the rest of the day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import numpy as np
from django.utils import timezone
from numpy.typing import NDArray

from firsthand.plan import registry
from firsthand.plan.models import Correction, Forecast, ForecastScore, ForecastValue, Queue
from firsthand.plan.pure import forecast as pure
from firsthand.plan.pure.forecast.result import Busy
from firsthand.plan.queries.expected import factor_of
from firsthand.plan.queries.volumes import DAY, midnight
from firsthand.plan.words import forecasts as words

Floats = NDArray[np.float64]
OVER = timedelta(minutes=30)  # after an interval's end, who called in it has hung up, or nearly


@dataclass(frozen=True)
class Today:
    """`until`: the last interval that counts. `share`: how much of it came, against what was expected till then."""

    until: datetime
    came: float
    expected: float
    before: float  # the whole day, as forecast
    mean: float  # and as it looks now
    low: float
    high: float

    @property
    def says(self) -> str:
        """“12 % above what was expected”."""
        return words.above(self.came / self.expected - 1 if self.expected else 0.0)


def today(
    found: Forecast, queue: Queue, score: ForecastScore, corrected: Sequence[Correction]
) -> Today | None:
    """None where this house does not count itself, before the first interval is over, and where nobody works."""
    now, day = timezone.localtime(), timezone.localdate()
    rows = registry.volumes_of(day)
    values = ForecastValue.objects.filter(
        forecast=found, queue=queue, starts_at__gte=midnight(day), starts_at__lt=midnight(day + DAY)
    )
    expected = list(values.order_by("starts_at"))
    if not rows or not expected or not score.busy:
        return None
    minutes, opens = expected[0].minutes, score.busy["opens"]
    cut = _slot(now - OVER, opens, minutes)
    if cut < 1 or cut > score.busy["slots"]:
        cut = max(0, min(cut, score.busy["slots"]))
    mean = np.full(score.busy["slots"], np.nan)
    for one in expected:
        mean[_slot(timezone.localtime(one.starts_at), opens, minutes)] = one.mean * factor_of(corrected, one)
    seen = np.where(np.isnan(mean[:cut]), np.nan, _counted(rows, queue, opens, minutes, len(mean))[:cut])
    if cut == 0 or np.isnan(seen).all():
        return None
    updated = pure.intraday_update(_rebuilt(mean, score.busy, minutes, day), _nth(score.busy, day), seen)
    return Today(
        until=midnight(day) + timedelta(minutes=opens + cut * minutes),
        came=float(np.nansum(seen)),
        expected=float(np.nansum(mean[:cut])),
        before=float(np.nansum(mean)),
        mean=updated.day_mean,
        low=float(updated.day_quantiles[0]),
        high=float(updated.day_quantiles[-1]),
    )


def _slot(at: datetime, opens: int, minutes: int) -> int:
    return (at.hour * 60 + at.minute - opens) // minutes


def _nth(busy: dict[str, Any], day: date) -> int:
    return (day - date.fromisoformat(busy["first"])).days


def _counted(rows: Sequence[registry.Counted], queue: Queue, opens: int, minutes: int, slots: int) -> Floats:
    """This queue's own; a topic with a queue of its own is not in its language's."""
    apart = set(
        Queue.objects.filter(language=queue.language).exclude(topic="").values_list("topic", flat=True)
    )
    counts = np.zeros(slots)
    for row in rows:
        ours = row.topic == queue.topic if queue.topic else row.topic not in apart
        slot = _slot(timezone.localtime(row.starts_at), opens, minutes)
        if row.language == queue.language and ours and 0 <= slot < slots:
            counts[slot] += row.offered
    return counts


def _rebuilt(mean: Floats, busy: dict[str, Any], minutes: int, day: date) -> pure.Forecast:
    """As much of the forecast as the update of one day reads."""
    nth = _nth(busy, day)
    days = np.full((nth + 1, len(mean)), np.nan)
    days[nth] = mean
    kept = {name: value for name, value in busy.items() if name not in ("first", "opens", "slots")}
    numbers = {
        name: float(value) if isinstance(value, int | float) else np.array(value)
        for name, value in kept.items()
    }
    return pure.Forecast(
        first=date.fromisoformat(busy["first"]),
        minutes=minutes,
        opens=busy["opens"],
        mean=days,
        quantiles=np.stack([days] * 3),
        day_mean=np.nansum(days, axis=1),
        day_quantiles=np.stack([np.nansum(days, axis=1)] * 3),
        members={},
        weights=np.zeros((nth + 1, 0)),
        scores={},
        reason=pure.Reason("short"),
        effects=[],
        busy=Busy(**numbers),  # type: ignore[arg-type]  # kept by its own fields
    )
