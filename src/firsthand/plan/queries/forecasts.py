"""“How many will call?”: the coming days of one queue, how the forecast is made, how it did, and today so far."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import connection
from django.http import Http404
from django.utils import formats, timezone
from django.utils.translation import gettext as _

from firsthand.kernel import sql, typed
from firsthand.people.models import Person, Role
from firsthand.plan.models import (
    Correction,
    Event,
    Forecast,
    ForecastDay,
    ForecastScore,
    Queue,
    State,
)
from firsthand.plan.pure import charts
from firsthand.plan.queries import corrections, intraday, volumes
from firsthand.plan.queries.past import Chart
from firsthand.plan.queries.volumes import DAY, midnight
from firsthand.plan.words import forecasts as words

PAST = 28  # days beside the coming ones
AHEAD = (4, 8, 0)  # weeks; 0 = as far as it reaches


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
    corrections: Sequence[corrections.Corrected] = ()
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


def page(queue: str, weeks: str) -> Page:
    found, latest = newest(), Forecast.objects.first()
    queues = list(Queue.objects.all())
    chosen = next((one for one in queues if str(one.pk) == queue), queues[0] if queues else None)
    asked = typed.number(weeks)
    stretch = asked if asked in AHEAD else AHEAD[0]
    running = latest if latest and latest.state in (State.WAITING, State.WORKING) else None
    problem = str(words.PROBLEMS.get(latest.problem, "")) if latest and latest.state == State.FAILED else ""
    shown: dict[str, Any] = {"corrections": corrections.newest(), "chosen": chosen, "weeks": stretch}
    if found is not None and chosen is not None:
        shown |= _of_queue(found, chosen, stretch)
    return Page(found, running, problem, queues, **shown)


def _of_queue(found: Forecast, queue: Queue, weeks: int) -> dict[str, Any]:
    today = timezone.localdate()
    last = min(found.last, today + weeks * 7 * DAY) if weeks else found.last
    corrected = corrections.live(queue)
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
    factors = corrections.day_factors(found, queue, first, last, corrected)
    off = volumes.named_holidays(first, last)
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
    known = {one.day: one for one in days}
    ahead = [today + n * DAY for n in range((last - today).days + 1)]
    spec = charts.fan(
        [_drawn(at, known.get(at)) for at in ahead],
        [charts.Point(first + n * DAY, came.get(first + n * DAY)) for n in range(PAST)],
        corrections=stretches,
        events=[charts.Stretch(max(one.first, first), min(one.last, last) + DAY, one.name) for one in events],
        plain=[charts.Point(at, _plain(known.get(at))) for at in ahead] if stretches else (),
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


def _drawn(at: date, day: Day | None) -> charts.Expected:
    return charts.Expected(at, day.low, day.mid, day.high) if day else charts.Expected(at, None, None, None)


def _plain(day: Day | None) -> float | None:
    return None if day is None else day.mid if day.plain is None else day.plain
