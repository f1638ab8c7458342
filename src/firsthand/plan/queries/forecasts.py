"""“How many will call?”: the coming days of one queue, how the forecast is made, how it did, and today so far."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

import numpy as np
from django.conf import settings
from django.db import connection
from django.db.models import Sum
from django.http import Http404
from django.utils import formats, timezone
from django.utils.translation import gettext as _

from firsthand.kernel import sql
from firsthand.people.models import Person, Role
from firsthand.plan import holidays
from firsthand.plan.models import (
    Correction,
    Event,
    Forecast,
    ForecastDay,
    ForecastScore,
    ForecastValue,
    Queue,
    State,
    Volume,
)
from firsthand.plan.pure import charts
from firsthand.plan.pure.forecast import Worth, value_of_corrections
from firsthand.plan.queries import intraday, volumes
from firsthand.plan.queries.expected import factor_of
from firsthand.plan.queries.past import Chart
from firsthand.plan.queries.volumes import DAY, midnight
from firsthand.plan.words import forecasts as words

PAST = 28  # days beside the coming ones
AHEAD = (4, 8, 0)  # weeks; 0 = as far as it reaches
MOST_CORRECTIONS = 30


@dataclass(frozen=True)
class Day:
    """`plain`: without the corrections, if there are any. `low` to `high`: four of five times."""

    day: date
    low: float
    mid: float
    high: float
    plain: float | None
    names: Sequence[str]  # holiday and events

    @property
    def corrected(self) -> bool:
        return self.plain is not None


@dataclass(frozen=True)
class Was:
    """What was said of a day before it began, and what came."""

    day: date
    low: float
    mid: float
    high: float
    came: int

    @property
    def off(self) -> float:
        return self.came / self.mid - 1 if self.mid else 0.0

    @property
    def inside(self) -> bool:
        return self.low <= self.came <= self.high


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


@dataclass(frozen=True)
class Member:
    name: str
    says: str
    weight: float | None
    wape: float | None

    @property
    def share(self) -> int:
        return round(100 * (self.weight or 0))

    @property
    def missed(self) -> float:
        return 100 * (self.wape or 0)


@dataclass(frozen=True)
class Page:
    forecast: Forecast | None
    running: Forecast | None
    problem: str
    queues: Sequence[Queue]
    chosen: Queue | None
    weeks: int
    days: Sequence[Day] = ()
    chart: Chart = field(default_factory=lambda: Chart(None, ""))
    members: Sequence[Member] = ()
    reason: str = ""
    measures: Sequence[str] = ()
    was: Sequence[Was] = ()
    today: intraday.Today | None = None
    corrections: Sequence[Corrected] = ()
    stretches: Sequence[int] = AHEAD

    @property
    def yesterday(self) -> Was | None:
        return self.was[-1] if self.was else None

    @property
    def rest(self) -> str:
        return f"weeks={self.weeks}"


def newest() -> Forecast | None:
    """The forecast that holds."""
    return Forecast.objects.filter(state=State.DONE).select_related("by").first()


def forecast_for(person: Person, pk: int) -> Forecast:
    found = Forecast.objects.filter(pk=pk).first()
    if found is None or not person.has_role(Role.ORGANISER):
        raise Http404
    return found


def correction_for(person: Person, pk: int) -> Correction:
    found = Correction.objects.filter(pk=pk).first()
    if found is None or not person.has_role(Role.ORGANISER):
        raise Http404
    return found


def page(queue: str, weeks: str) -> Page:
    found, latest = newest(), Forecast.objects.first()
    queues = list(Queue.objects.all())
    chosen = next((one for one in queues if str(one.pk) == queue), queues[0] if queues else None)
    stretch = int(weeks) if weeks.isdecimal() and int(weeks) in AHEAD else AHEAD[0]
    running = latest if latest and latest.state in (State.WAITING, State.WORKING) else None
    problem = str(words.PROBLEMS.get(latest.problem, "")) if latest and latest.state == State.FAILED else ""
    known = {"forecast": found, "running": running, "problem": problem, "queues": queues}
    shown: dict[str, Any] = {"corrections": corrections(), "chosen": chosen, "weeks": stretch}
    if found is not None and chosen is not None:
        shown |= _of_queue(found, chosen, stretch)
    return Page(**known, **shown)


def _of_queue(found: Forecast, queue: Queue, weeks: int) -> dict[str, Any]:
    today = timezone.localdate()
    last = min(found.last, today + weeks * 7 * DAY) if weeks else found.last
    corrected = live_corrections(queue)
    events = [one for one in volumes.events(today - PAST * DAY, last) if one.queue_id in (None, queue.pk)]
    days = _days(found, queue, today, last, corrected=corrected, events=events)
    came = {one.at: one.offered for one in volumes.by_day([queue], today - PAST * DAY, today - DAY)}
    score = ForecastScore.objects.filter(forecast=found, queue=queue).first()
    members = score.members if score else {}
    return {
        "days": days,
        "chart": _chart(days, came, corrected, events, today),
        "members": _members(members),
        "reason": words.reason(score.reason, members) if score else "",
        "measures": words.measures(members),
        "was": _was(queue, came, today),
        "today": intraday.today(found, queue, score, corrected) if score else None,
    }


def _days(
    found: Forecast,
    queue: Queue,
    first: date,
    last: date,
    *,
    corrected: Sequence[Correction],
    events: Sequence[Event],
) -> list[Day]:
    factors = day_factors(found, queue, first, last, corrected)
    off = holidays.between(first, last)
    rows = ForecastDay.objects.filter(forecast=found, queue=queue, day__range=(first, last)).order_by("day")
    return [
        Day(
            day=row.day,
            low=row.low * (factor := factors.get(row.day, 1.0)),
            mid=row.mid * factor,
            high=row.high * factor,
            plain=row.mid if factor != 1 else None,
            names=[
                *([off[row.day]] if row.day in off else []),
                *(one.name for one in events if one.first <= row.day <= one.last),
            ],
        )
        for row in rows
    ]


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


def live_corrections(queue: Queue) -> list[Correction]:
    return [
        one
        for one in Correction.objects.filter(withdrawn_at=None).select_related("queue")
        if one.queue_id in (None, queue.pk)
    ]


def corrections() -> list[Corrected]:
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


def _was(queue: Queue, came: Mapping[date | datetime, int], today: date) -> list[Was]:
    """The last days: of each the newest forecast made before it began."""
    with connection.cursor() as cursor:
        cursor.execute(
            sql.named("firsthand.plan", "forecasts")["expected"],
            {"queue": queue.pk, "first": today - PAST * DAY, "last": today},
        )
        said = dict(cursor.fetchall())
    rows = ForecastDay.objects.filter(queue=queue, forecast__in=set(said.values()), day__in=said)
    return sorted(
        (
            Was(row.day, row.low, row.mid, row.high, came[row.day])
            for row in rows
            if said[row.day] == row.forecast_id and row.day in came
        ),
        key=lambda one: one.day,
    )


def _members(members: Mapping[str, Mapping[str, Any]]) -> list[Member]:
    """The combination, then its members by weight, then last week."""
    order = {"combination": 2.0, "naive": -2.0}
    found = [
        Member(name, words.member(name), one.get("weight"), one.get("wape")) for name, one in members.items()
    ]
    return sorted(found, key=lambda one: -order.get(one.name, one.weight or -1.0))


def _chart(
    days: Sequence[Day],
    came: Mapping[date | datetime, int],
    corrected: Sequence[Correction],
    events: Sequence[Event],
    today: date,
) -> Chart:
    if not days:
        return Chart(None, "")
    first, last = today - PAST * DAY, days[-1].day
    most = max(days, key=lambda one: one.mid)
    stretches = [
        charts.Stretch(
            timezone.localtime(one.starts_at).date(), timezone.localtime(one.ends_at).date() + DAY, one.reason
        )
        for one in corrected
        if one.ends_at > midnight(today) and one.starts_at < midnight(last + DAY)
    ]
    spec = charts.fan(
        [charts.Expected(one.day, one.low, one.mid, one.high) for one in days],
        [charts.Point(first + n * DAY, came.get(first + n * DAY)) for n in range(PAST)],
        corrections=stretches,
        events=[charts.Stretch(max(one.first, first), min(one.last, last) + DAY, one.name) for one in events],
        plain=[charts.Point(one.day, one.plain or one.mid) for one in days] if stretches else (),
    )
    return Chart(
        spec,
        _(
            "Calls a day: what came in the last four weeks, and what is expected until %(last)s. "
            "Most on %(day)s: %(mid)s, in four of five cases %(low)s to %(high)s."
        )
        % {
            "last": formats.date_format(last, "SHORT_DATE_FORMAT"),
            "day": formats.date_format(most.day, "SHORT_DATE_FORMAT"),
            "mid": round(most.mid),
            "low": round(most.low),
            "high": round(most.high),
        },
    )


@dataclass(frozen=True)
class OneDay:
    """A day of a forecast by interval."""

    day: date
    queue: Queue
    rows: Sequence[tuple[datetime, float, float, float, int | None]]  # start, low, mid, high, came
    chart: Chart
    before: date
    after: date
    was: Sequence[int] = ()


def day(text: str, pk: str) -> OneDay:
    found = newest()
    queues = list(Queue.objects.all())
    queue = next((one for one in queues if str(one.pk) == pk), queues[0] if queues else None)
    try:
        when = date.fromisoformat(text)
    except ValueError:
        raise Http404 from None
    if found is None or queue is None:
        raise Http404
    span = {"starts_at__gte": midnight(when), "starts_at__lt": midnight(when + DAY)}
    corrected = live_corrections(queue)
    came = dict(Volume.objects.filter(queue=queue, **span).values_list("starts_at").annotate(Sum("offered")))
    rows = []
    for one in ForecastValue.objects.filter(forecast=found, queue=queue, **span).order_by("starts_at"):
        factor = factor_of(corrected, one)
        numbers = (one.low * factor, one.mid * factor, one.high * factor)
        rows.append((timezone.localtime(one.starts_at), *numbers, came.get(one.starts_at)))
    return OneDay(when, queue, rows, _day_chart(rows), when - DAY, when + timedelta(days=1))


def _day_chart(rows: Sequence[tuple[datetime, float, float, float, int | None]]) -> Chart:
    if not rows:
        return Chart(None, "")
    most = max(rows, key=lambda row: row[2])
    return Chart(
        charts.fan(
            [charts.Expected(at, low, mid, high) for at, low, mid, high, _came in rows],
            [charts.Point(at, came) for at, _low, _mid, _high, came in rows if came is not None],
        ),
        _("Calls expected by interval: most at %(time)s, %(mid)s, in four of five cases %(low)s to %(high)s.")
        % {
            "time": formats.time_format(most[0], "TIME_FORMAT"),  # type: ignore[arg-type]
            "mid": round(most[2]),
            "low": round(most[1]),
            "high": round(most[3]),
        },
    )
