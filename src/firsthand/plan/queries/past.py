"""The pages about the past, ready to be shown: figures, a chart, and the same in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.utils import formats, timezone
from django.utils.translation import gettext as _

from firsthand.kernel import typed
from firsthand.plan.models import Event, Import, Mark, Queue
from firsthand.plan.pure import charts
from firsthand.plan.queries import volumes
from firsthand.plan.queries.volumes import DAY, Counted, Held

STRETCHES = (13, 53, 0)  # weeks; 0 = all there is
MOST_DAYS = 5_000


@dataclass(frozen=True)
class Chart:
    """A drawing, and what it shows in a sentence."""

    spec: Mapping[str, Any] | None
    says: str


@dataclass(frozen=True)
class Overview:
    held: Sequence[Held]
    queues: Sequence[Queue]  # that are shown
    chosen: Queue | None
    weeks: int
    days: Sequence[Counted]
    chart: Chart
    marks: Sequence[Mark]
    imports: Sequence[Import]
    counted_until: date | None
    stretches: Sequence[int] = STRETCHES

    @property
    def none(self) -> bool:
        return not any(one.first for one in self.held)

    @property
    def rest(self) -> str:
        """Of the address, what stays when another queue is chosen."""
        return f"weeks={self.weeks}"


@dataclass(frozen=True)
class OneDay:
    day: date
    before: date
    after: date
    held: Sequence[Held]
    chosen: Queue | None
    rows: Sequence[Counted]
    chart: Chart
    holiday: str
    marks: Sequence[Mark]
    total: int = 0


@dataclass(frozen=True)
class Calendar:
    """What makes people call, a year back and a year on; `copy_into`: the year that last year's would go into."""

    coming: Sequence[Event]
    past: Sequence[Event]
    holidays: Sequence[tuple[date, str]]
    copy_into: int
    missing: Sequence[Event] = field(default_factory=list)


def overview(queue: str, weeks: str) -> Overview:
    held = volumes.held()
    chosen = _chosen(held, queue)
    shown = [chosen] if chosen else [one.queue for one in held]
    asked = typed.number(weeks)
    stretch = asked if asked in STRETCHES else STRETCHES[0]
    ends = [one.last for one in held if one.last and one.queue in shown]
    starts = [one.first for one in held if one.first and one.queue in shown]
    last = max(ends, default=timezone.localdate())
    first = (
        last - stretch * 7 * DAY + DAY if stretch else max(min(starts, default=last), last - MOST_DAYS * DAY)
    )
    days = volumes.by_day(shown, first, last) if ends else []
    marks = volumes.marks(first, last, chosen)
    return Overview(
        held=held,
        queues=shown,
        chosen=chosen,
        weeks=stretch,
        days=days,
        chart=_days_chart(days, marks, volumes.events(first, last), first, last),
        marks=marks,
        imports=volumes.imports(),
        counted_until=volumes.counted_until(),
    )


def day(text: str, queue: str) -> OneDay:
    when = volumes.day_of(text)
    held = volumes.held()
    chosen = _chosen(held, queue)
    rows = volumes.by_interval([chosen] if chosen else [one.queue for one in held], when)
    marks = volumes.marks(when, when, chosen)
    return OneDay(
        day=when,
        before=when - DAY,
        after=when + DAY,
        held=held,
        chosen=chosen,
        rows=rows,
        chart=_hours_chart(rows),
        holiday=volumes.named_holidays(when, when).get(when, ""),
        marks=marks,
        total=sum(row.offered for row in rows),
    )


def calendar() -> Calendar:
    today = timezone.localdate()
    every = volumes.events()
    coming = [one for one in every if one.last >= today]
    into = today.year if today.month < 12 else today.year + 1
    there = {(one.kind, one.name, one.queue_id) for one in every if one.first.year == into}
    return Calendar(
        coming=coming,
        past=[one for one in reversed(every) if one.last < today],
        holidays=sorted(volumes.named_holidays(today, today + timedelta(days=365)).items()),
        copy_into=into,
        missing=[
            one
            for one in every
            if one.first.year == into - 1 and (one.kind, one.name, one.queue_id) not in there
        ],
    )


def _chosen(held: Sequence[Held], pk: str) -> Queue | None:
    return next((one.queue for one in held if str(one.queue.pk) == pk), None)


def _days_chart(
    days: Sequence[Counted], marks: Sequence[Mark], events: Sequence[Event], first: date, last: date
) -> Chart:
    if not days:
        return Chart(None, "")
    known = {one.at: one.offered for one in days}
    span = [first + n * DAY for n in range((last - first).days + 1)]
    points = [charts.Point(at, known.get(at)) for at in span]
    spec = charts.past(
        points,
        [
            charts.Stretch(
                max(timezone.localtime(one.starts_at).date(), first),
                timezone.localtime(one.ends_at).date() + DAY,
                "",
            )
            for one in marks
        ],
        [charts.Stretch(max(one.first, first), min(one.last, last) + DAY, one.name) for one in events],
    )
    most = max(days, key=lambda one: one.offered)
    return Chart(
        spec,
        _("Calls a day from %(first)s to %(last)s: %(mean)s on average, most on %(day)s with %(most)s.")
        % {
            "first": formats.date_format(first, "SHORT_DATE_FORMAT"),
            "last": formats.date_format(last, "SHORT_DATE_FORMAT"),
            "mean": _number(sum(one.offered for one in days) / len(days)),
            "day": formats.date_format(most.at, "SHORT_DATE_FORMAT"),
            "most": _number(most.offered),
        },
    )


def _hours_chart(rows: Sequence[Counted]) -> Chart:
    if not rows:
        return Chart(None, "")
    most = max(rows, key=lambda one: one.offered)
    return Chart(
        charts.past([charts.Point(row.at, row.offered) for row in rows]),
        _("Calls from %(first)s to %(last)s: %(all)s in all, most at %(time)s with %(most)s.")
        % {
            "first": formats.time_format(rows[0].at, "TIME_FORMAT"),  # type: ignore[arg-type]
            "last": formats.time_format(rows[-1].at + timedelta(minutes=rows[-1].minutes), "TIME_FORMAT"),  # type: ignore[arg-type]
            "all": _number(sum(row.offered for row in rows)),
            "time": formats.time_format(most.at, "TIME_FORMAT"),  # type: ignore[arg-type]
            "most": _number(most.offered),
        },
    )


def _number(value: float) -> str:
    return str(formats.number_format(value, 0, use_l10n=True, force_grouping=True))
