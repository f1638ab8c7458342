"""What the house answered itself flows into the past calls, night by night; then the forecast is made anew."""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.db import connection, transaction
from django.utils import timezone

from firsthand.kernel import sql
from firsthand.live import bus
from firsthand.people.models import Language, Person
from firsthand.plan import registry
from firsthand.plan.actions import forecasting, uploads
from firsthand.plan.models import Queue, Setup, Volume
from firsthand.plan.queries.volumes import DAY, midnight

MINUTES = 30  # of a queue that has no intervals yet
LATE = 3  # days: who is called back closes days after the call
FIRST = 400  # days back, the first time


@transaction.atomic
def flow_in(day: date, *, by: Person | None = None) -> int:
    """Count one day, as often as one likes: the last time holds. What a file tells of the same interval stays.

    How many intervals were written. A quiet interval between the first and the last of a day is a zero.
    """
    rows = registry.volumes_of(day)
    if rows is None:
        return 0
    sums = _by_queue(rows)
    with connection.cursor() as cursor:
        span = {"first": midnight(day), "last": midnight(day + DAY)}
        cursor.execute(sql.named("firsthand.plan", "volumes")["forget_own"], span)
        cursor.execute(sql.named("firsthand.plan", "volumes")["own"], _columns(sums))
        written = int(cursor.rowcount)
    bus.touch("plan:volumes")
    return written


def nightly(*, by: Person | None = None) -> int:
    """All days up to yesterday that are not counted for good; then a forecast. How many days."""
    yesterday = timezone.localdate() - DAY
    setup, _new = Setup.objects.get_or_create(pk=1)
    since = setup.counted_until - (LATE - 1) * DAY if setup.counted_until else yesterday - (FIRST - 1) * DAY
    days = [since + n * DAY for n in range((yesterday - since).days + 1)]
    for day in days:
        flow_in(day, by=by)
    Setup.objects.filter(pk=1).update(counted_until=yesterday)
    with contextlib.suppress(forecasting.UnderWay, forecasting.NothingKnown):
        forecasting.start(by=None)
    return len(days)


def is_due(*, by: Person | None = None) -> bool:
    """After midnight, once a day; after a pause as soon as the house is up."""
    now = timezone.localtime()
    until = Setup.objects.filter(pk=1).values_list("counted_until", flat=True).first()
    return (now.hour, now.minute) >= (0, 30) and (until is None or until < now.date() - DAY)


def tidy(*, by: Person | None = None) -> None:
    """What lies around: files whose hour is over, nightly forecasts upon which nothing stands."""
    uploads.tidy(by=by)
    forecasting.tidy(by=by)


@dataclass
class _Sum:
    """One interval of one queue."""

    offered: int = 0
    answered: int = 0
    abandoned: int = 0
    timed: list[tuple[float, int]] = field(default_factory=list)  # seconds, calls

    @property
    def aht(self) -> float | None:
        calls = sum(weight for _seconds, weight in self.timed)
        return sum(seconds * weight for seconds, weight in self.timed) / calls if calls else None


Sums = dict[tuple[int, int], dict[datetime, _Sum]]  # (queue, minutes) → start → counts


def _by_queue(rows: Sequence[registry.Counted]) -> Sums:
    """Each row to the queue of its topic, or else of its language; in intervals of that queue's length."""
    queues = {(one.language, one.topic): one for one in Queue.objects.all()}
    lengths: dict[int, int] = {}
    sums: Sums = {}
    for row in rows:
        queue = queues.get((row.language, row.topic)) or queues.get((row.language, ""))
        if queue is None:
            queue = queues[row.language, ""] = _made(row.language)
        if queue.pk not in lengths:
            newest = Volume.objects.filter(queue=queue).order_by("-starts_at")
            lengths[queue.pk] = newest.values_list("minutes", flat=True).first() or MINUTES
        step = timedelta(minutes=lengths[queue.pk])
        start = row.starts_at - (row.starts_at - datetime.min.replace(tzinfo=row.starts_at.tzinfo)) % step
        at = sums.setdefault((queue.pk, lengths[queue.pk]), {}).setdefault(start, _Sum())
        at.offered += row.offered
        at.answered += row.answered
        at.abandoned += row.abandoned
        if row.aht_seconds is not None and row.answered:
            at.timed.append((row.aht_seconds, row.answered))
    return sums


def _made(language: str) -> Queue:
    name = dict(Language.choices).get(language, language)
    return Queue.objects.get_or_create(
        language=language, topic="", defaults={"code": language, "name": name}
    )[0]


def _columns(sums: Sums) -> dict[str, list[object]]:
    names = ("queue", "starts_at", "minutes", "offered", "answered", "abandoned", "aht_seconds")
    found: list[tuple[object, ...]] = []
    for (queue, minutes), intervals in sums.items():
        at, last = min(intervals), max(intervals)
        while at <= last:
            one = intervals.get(at, _Sum())
            found.append((queue, at, minutes, one.offered, one.answered, one.abandoned, one.aht))
            at += timedelta(minutes=minutes)
    columns = zip(*found, strict=True) if found else ((),) * len(names)
    return {name: list(column) for name, column in zip(names, columns, strict=True)}
