"""One day of the forecast, interval by interval."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from django.db.models import Sum
from django.http import Http404
from django.utils import formats, timezone
from django.utils.translation import gettext as _

from firsthand.plan.models import ForecastValue, Queue, Volume
from firsthand.plan.pure import charts
from firsthand.plan.queries import corrections
from firsthand.plan.queries.expected import factor_of
from firsthand.plan.queries.forecasts import newest
from firsthand.plan.queries.past import Chart
from firsthand.plan.queries.volumes import DAY, day_of, midnight


class Interval(NamedTuple):
    at: datetime  # local
    low: float
    mid: float
    high: float
    came: int | None


@dataclass(frozen=True)
class OneDay:
    """A day of a forecast by interval."""

    day: date
    queue: Queue
    rows: Sequence[Interval]
    chart: Chart
    before: date
    after: date


def day(text: str, pk: str) -> OneDay:
    found = newest()
    queues = list(Queue.objects.all())
    queue = next((one for one in queues if str(one.pk) == pk), queues[0] if queues else None)
    when = day_of(text)
    if found is None or queue is None:
        raise Http404
    span = {"starts_at__gte": midnight(when), "starts_at__lt": midnight(when + DAY)}
    corrected = corrections.live(queue)
    came = dict(Volume.objects.filter(queue=queue, **span).values_list("starts_at").annotate(Sum("offered")))
    rows = []
    for one in ForecastValue.objects.filter(forecast=found, queue=queue, **span).order_by("starts_at"):
        factor = factor_of(corrected, one)
        numbers = (one.low * factor, one.mid * factor, one.high * factor)
        rows.append(Interval(timezone.localtime(one.starts_at), *numbers, came.get(one.starts_at)))
    return OneDay(when, queue, rows, _day_chart(rows), when - DAY, when + DAY)


def _day_chart(rows: Sequence[Interval]) -> Chart:
    if not rows:
        return Chart(None, "")
    most = max(rows, key=lambda row: row.mid)
    return Chart(
        charts.fan(
            [charts.Expected(at, low, mid, high) for at, low, mid, high, _came in rows],
            [charts.Point(at, came) for at, _low, _mid, _high, came in rows if came is not None],
        ),
        _("Calls expected by interval: most at %(time)s, %(mid)s, in four of five cases %(low)s to %(high)s.")
        % {
            "time": formats.time_format(most.at, "TIME_FORMAT"),
            "mid": round(most.mid),
            "low": round(most.low),
            "high": round(most.high),
        },
    )
