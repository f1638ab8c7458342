"""What a forecast learns from: a queue's counts on one grid, holidays, events, how long calls last."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any

import numpy as np
from django.conf import settings
from django.db import connection
from django.db.models import Q
from django.utils import timezone
from django.utils.timezone import get_default_timezone
from numpy.typing import NDArray

from firsthand.kernel import sql
from firsthand.plan import holidays
from firsthand.plan.models import Event, Queue
from firsthand.plan.pure import forecast, happenings, volumes
from firsthand.plan.pure.volumes.rows import UNTOLD
from firsthand.plan.queries.volumes import DAY, midnight

Ints = NDArray[np.int64]
YEARS = timedelta(days=5 * 366)
RECENT = timedelta(weeks=8)
TALK = 300.0  # seconds, where nothing is known (as models.WeekRules)


def of(queue: Queue, *, until: date) -> forecast.History:
    """Whole days before `until`. TooShort where nothing is known."""
    span: dict[str, Any] = {"queue": queue.pk, "since": midnight(until - YEARS), "until": midnight(until)}
    with connection.cursor() as cursor:
        cursor.execute(sql.named("firsthand.plan", "forecasts")["history"], span)
        rows = np.array(cursor.fetchall(), np.int64).reshape(-1, 3)
    if not len(rows):
        raise forecast.TooShort(0, 21)
    start, minutes, offered = rows.T
    return forecast.from_rows(_on_one_grid(start, minutes, offered), get_default_timezone())


def _on_one_grid(start: Ints, minutes: Ints, offered: Ints) -> volumes.Rows:
    """In intervals as long as the newest: finer ones are added up, coarser ones divided evenly."""
    step = int(minutes[-1])
    times = np.maximum(1, minutes // step)
    nth = np.arange(times.sum()) - np.repeat(np.cumsum(times) - times, times)
    at = np.repeat(start, times) + nth * step * 60
    calls = np.repeat(offered / times, times)
    grid, back = np.unique(at - at % (step * 60), return_inverse=True)
    count = len(grid)
    columns = {
        "series": np.zeros(count, np.int32),
        "start": grid,
        "offered": np.bincount(back, weights=calls),
        "answered": np.full(count, UNTOLD),
        "abandoned": np.full(count, UNTOLD),
        "aht": np.full(count, np.nan),
    }
    return volumes.Rows([("", "")], columns, step)


def holidays_around(first: date, last: date) -> Mapping[date, str]:
    return holidays.between(first, last + 7 * DAY)


def events_of(queue: Queue, *, letters_later: int = 0) -> Sequence[forecast.Event]:
    """`letters_later`: what if letters that are not all there yet came so many days later?"""
    rows, today = Event.objects.filter(Q(queue=None) | Q(queue=queue)), timezone.localdate()
    told = []
    for one in rows:
        coming = one.kind == Event.Kind.LETTERS and one.last >= today
        later = timedelta(days=letters_later if coming else 0)
        factor = None if one.factor is None else float(one.factor)
        told.append(happenings.Occurrence(one.kind, one.name, one.first + later, one.last + later, factor))
    return happenings.events(told, today)


def talk(queue: Queue, *, until: date) -> Mapping[int, float]:
    """Seconds of a call by minute of the day, over the last eight weeks; -1: over all of the day."""
    span: dict[str, Any] = {"queue": queue.pk, "since": midnight(until - RECENT), "until": midnight(until)}
    with connection.cursor() as cursor:
        cursor.execute(sql.named("firsthand.plan", "forecasts")["talk"], {**span, "zone": settings.TIME_ZONE})
        told = {minute: float(seconds) for minute, seconds in cursor.fetchall()}
    return {-1: TALK, **told}


def moments(day: date, minute: int) -> list[datetime]:
    """When the clock shows this: once; twice or never in the hour of the change."""
    zone = get_default_timezone()
    local = datetime(day.year, day.month, day.day) + timedelta(minutes=minute)  # noqa: DTZ001  a clock's face
    found = sorted({local.replace(tzinfo=zone, fold=fold).astimezone(UTC) for fold in (0, 1)})
    return [at for at in found if at.astimezone(zone).replace(tzinfo=None) == local]
