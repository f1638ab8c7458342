"""How many will call: one run over all queues, by hand or every night. A job does it; it is never changed."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from datetime import date, timedelta
from typing import Any

import numpy as np
from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from procrastinate.contrib.django import app

from firsthand.journal import actions as journal
from firsthand.kernel import sql
from firsthand.kernel.refusal import Refusal
from firsthand.live import bus
from firsthand.people.models import Person
from firsthand.plan import working
from firsthand.plan.models import Forecast, ForecastScore, FrontWeek, Need, Queue, State, Volume
from firsthand.plan.pure import forecast as pure
from firsthand.plan.queries import history, volumes

JOB = "plan.forecast"
LEAST, MOST = 56, 370  # days ahead
TRIED = 8  # past weeks on which it is tried, newest first
TRIED_DAYS = 28
KEPT = timedelta(days=100)  # nightly ones upon which no need stands


class UnderWay(Refusal):
    says = _("A forecast is being made already. Wait for it, or stop it.")


class NothingKnown(Refusal):
    says = _("Nothing is known of the past yet. Read in past calls first; then they can be forecast.")


@transaction.atomic
def start(*, by: Person | None) -> Forecast:
    """From today over eight weeks, and to the end of every front week within a year."""
    volumes.in_turn()
    if Forecast.objects.filter(state__in=working.UNDER_WAY).exists():
        raise UnderWay
    if not Volume.objects.exists():
        raise NothingKnown
    today = timezone.localdate()
    weeks = FrontWeek.objects.filter(ends_on__lte=today + timedelta(days=MOST))
    ends = [today + timedelta(days=LEAST), *weeks.values_list("ends_on", flat=True)]
    made = Forecast.objects.create(first=today, last=max(ends), by=by)
    journal.record("asked", made, by=by)
    app.configure_task(JOB, queue="plan").defer(pk=made.pk)
    bus.touch("plan:forecast")
    return made


@transaction.atomic
def stop(made: Forecast, *, by: Person) -> None:
    journal.record("stopped", made, by=by)
    working.stop(made)


def run(pk: int, *, by: Person | None = None) -> None:
    """What the job does. A queue of which too little is known is said so, and the others go on."""
    made = Forecast.objects.filter(pk=pk).first()
    if made is None or not working.begin(made):
        return
    try:
        until = _all(made)
    except working.Stopped:
        working.end(made, State.STOPPED)
    except Exception:
        working.end(made, State.FAILED, problem="failed")
        raise
    else:
        working.end(made, State.DONE, progress=100, history_until=until)
    finally:
        _told()


@transaction.atomic
def _told() -> None:
    bus.touch("plan:forecast")


def tidy(*, by: Person | None = None) -> int:
    """Forget nightly forecasts upon which nothing stands and that were measured long ago; how many."""
    old = Forecast.objects.filter(by=None, at__lt=timezone.now() - KEPT)
    gone, _of = old.exclude(pk__in=Need.objects.values("forecast")).delete()
    return gone


def _all(made: Forecast) -> date | None:
    queues = list(Queue.objects.all())
    known = []
    for number, queue in enumerate(queues):
        working.reached(made, 100 * number // len(queues))
        try:
            known.append(_one(made, queue, number / len(queues), 1 / len(queues)))
        except pure.TooShort:
            ForecastScore.objects.create(forecast=made, queue=queue, reason="too_short")
    return min(known) if known else None


def _one(made: Forecast, queue: Queue, done: float, share: float) -> date:
    """One queue: the last day that was learnt from."""
    past = history.of(queue, until=made.first)
    if (made.last - past.last).days > pure.LONGEST:
        raise pure.TooShort(0, 1)
    days = (made.last - past.last).days
    around: dict[str, Any] = {
        "holidays": history.holidays_around(past.first, made.last),
        "events": history.events_of(queue),
    }
    found = pure.forecast(past, days=days, **around)
    working.reached(made, int(100 * (done + share / 4)))
    tried = _tried(past, around)
    band = pure.band(tried) if tried else 1.0
    working.reached(made, int(100 * (done + share * 0.95)))
    with transaction.atomic():
        _keep(made, queue, pure.calibrated(found, band))
        ForecastScore.objects.create(
            forecast=made,
            queue=queue,
            members=_members(found, tried.days if tried else {}, band),
            reason=found.reason.code,
            busy=_busy(found),
        )
    return past.last


def _tried(past: pure.History, around: dict[str, Any]) -> pure.Backtest | None:
    """What each way of forecasting would have said in the last weeks, four weeks ahead."""
    origins = [past.days - TRIED_DAYS - 7 * week for week in range(TRIED)]
    origins = [origin for origin in origins if origin >= 56]
    if not origins:
        return None
    return pure.backtest(past, days=TRIED_DAYS, origins=origins, **around)


def _keep(made: Forecast, queue: Queue, found: pure.Forecast) -> None:
    statements = sql.named("firsthand.plan", "forecasts")
    talk = history.talk(queue, until=made.first)
    with connection.cursor() as cursor:
        with cursor.copy(statements["values"]) as copy:
            for row in _values(made, queue, found, talk):
                copy.write_row(row)
        with cursor.copy(statements["days"]) as copy:
            for at, day in enumerate(found.dates):
                if day >= made.first and not math.isnan(found.day_mean[at]):
                    copy.write_row(
                        (made.pk, queue.pk, day, *_ordered(found.day_mean[at], found.day_quantiles[:, at]))
                    )


def _values(
    made: Forecast, queue: Queue, found: pure.Forecast, talk: Mapping[int, float]
) -> Iterator[tuple[Any, ...]]:
    for at, day in enumerate(found.dates):
        for slot in np.flatnonzero(~np.isnan(found.mean[at])) if day >= made.first else ():
            minute = found.opens + int(slot) * found.minutes
            for starts_at in history.moments(day, minute):
                numbers = _ordered(found.mean[at, slot], found.quantiles[:, at, slot])
                yield (made.pk, queue.pk, starts_at, found.minutes, *numbers, talk.get(minute, talk[-1]))


def _ordered(mean: float, quantiles: Any) -> tuple[float, ...]:
    low, mid, high = (max(0.0, float(one)) for one in quantiles)
    mid = max(low, mid)
    return float(mean), low, mid, max(mid, high)


def _members(
    found: pure.Forecast, tried: dict[str, pure.Scores], band: float
) -> dict[str, dict[str, float | None]]:
    """As `ForecastScore.members`: weight and scores of each; “naive” is last week. `band`: of the days to come, how
    much wider than tried."""
    weights = dict(zip(found.members, found.weights.mean(0), strict=True))
    scores = tried or found.scores
    names = {"last_week": "naive"}
    members: dict[str, dict[str, float | None]] = {}
    for name in {**dict.fromkeys(weights), **dict.fromkeys(scores)}:
        told = asdict(scores[name]) if name in scores else {}
        told["floor_ratio"] = told.pop("over_floor", None)
        told["weight"] = weights.get(name)
        members[names.get(name, name)] = {key: _number(value) for key, value in told.items()}
    if "combination" in members:
        members["combination"]["band"] = _number(band)
    return members


def _busy(found: pure.Forecast) -> dict[str, Any]:
    kept = {name: np.asarray(value).tolist() for name, value in vars(found.busy).items()}
    return {**kept, "first": found.first.isoformat(), "opens": found.opens, "slots": found.mean.shape[1]}


def _number(value: Any) -> float | None:
    return None if value is None or not math.isfinite(value) else round(float(value), 6)
