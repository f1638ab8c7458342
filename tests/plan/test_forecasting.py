"""A forecast over all queues: made by a job, from what was counted, marks left out and events told."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import numpy as np
import pytest
from django.utils import timezone

from firsthand.plan import working
from firsthand.plan.actions import forecasting, knowing
from firsthand.plan.models import (
    Event,
    Forecast,
    ForecastDay,
    ForecastScore,
    ForecastValue,
    FrontWeek,
    Mark,
    Queue,
    State,
    Volume,
)
from firsthand.plan.queries import history
from tests import world

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)
OPEN = range(8, 17)


def queue(language: str = "de") -> Queue:
    return Queue.objects.get_or_create(
        language=language, topic="", defaults={"code": language, "name": language}
    )[0]


def at(day: date, hour: int, minute: int = 0) -> datetime:
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=timezone.get_default_timezone())


def lived(
    days: int = 70, of: Queue | None = None, minutes: int = 60, level: float = 40, seed: int = 1
) -> Queue:
    """Working days up to yesterday with some `level` calls an hour."""
    of, chance = of or queue(), np.random.default_rng(seed)
    today = timezone.localdate()
    rows = []
    for back in range(days, 0, -1):
        day = today - back * DAY
        if day.weekday() < 5:
            rows += [
                Volume(
                    queue=of, starts_at=at(day, hour), minutes=minutes, offered=int(calls), aht_seconds=240
                )
                for hour, calls in zip(OPEN, chance.poisson(level, len(OPEN)), strict=True)
            ]
    Volume.objects.bulk_create(rows)
    return of


@pytest.fixture(autouse=True)
def _tried_once(monkeypatch):
    """The backtest is pure.forecast's own; here one past week is enough."""
    monkeypatch.setattr(forecasting, "TRIED", 1)


def run(by=None) -> Forecast:
    made = forecasting.start(by=by)
    forecasting.run(made.pk)
    made.refresh_from_db()
    return made


def test_every_interval_of_the_coming_weeks_is_forecast():
    de = lived()
    made = run()
    today = timezone.localdate()
    assert (made.state, made.progress, made.first) == (State.DONE, 100, today)
    assert made.last == today + forecasting.LEAST * DAY
    values = ForecastValue.objects.filter(forecast=made, queue=de)
    days = {timezone.localtime(value.starts_at).date() for value in values}
    assert all(today <= day <= made.last and day.weekday() < 5 for day in days)
    assert len(days) >= 30
    hours = {timezone.localtime(value.starts_at).hour for value in values}
    assert hours == set(OPEN)
    assert all(20 < value.mean < 70 and value.low <= value.mid <= value.high for value in values)
    assert {value.aht_seconds for value in values} == {240.0}


def test_a_day_has_a_band_of_its_own():
    lived()
    made = run()
    day = ForecastDay.objects.filter(forecast=made).earliest("day")
    values = [
        v
        for v in ForecastValue.objects.filter(forecast=made)
        if timezone.localtime(v.starts_at).date() == day.day
    ]
    assert day.mean == pytest.approx(sum(value.mean for value in values))
    assert sum(value.low for value in values) < day.low < day.mid < day.high < sum(v.high for v in values)


def test_bands_that_were_too_narrow_in_the_past_are_drawn_wider(monkeypatch, client):
    lived(days=100)
    plain = ForecastDay.objects.filter(forecast=run()).order_by("day")
    before = [one.high / one.mid for one in plain]
    monkeypatch.setattr(forecasting.pure, "band", lambda tried: 1.5)
    wider = ForecastDay.objects.filter(forecast=run()).order_by("day")
    assert all(one.high / one.mid > was for one, was in zip(wider, before, strict=True))
    client.force_login(world.otto())
    assert "drawn 50 % wider" in " ".join(client.get("/forecast/").text.split())


def test_its_members_are_weighed_and_stand_beside_last_week():
    lived(days=100)
    score = ForecastScore.objects.get(forecast=run())
    members = score.members
    assert {"naive", "mean_of_four", "combination"} <= members.keys()
    assert sum(one["weight"] or 0 for one in members.values()) == pytest.approx(1, abs=1e-3)
    assert members["combination"]["wape"] > 0
    assert 0 <= members["combination"]["coverage"] <= 1
    assert 0.6 <= members["combination"]["band"] <= 1.7
    assert score.reason in {"together", "as_good", "short"}


def test_a_queue_of_which_too_little_is_known_says_so_and_the_others_go_on():
    lived()
    few = lived(days=5, of=queue("fr"))
    made = run()
    assert made.state == State.DONE
    assert ForecastScore.objects.get(forecast=made, queue=few).reason == "too_short"
    assert not ForecastValue.objects.filter(forecast=made, queue=few).exists()
    assert ForecastValue.objects.filter(forecast=made).exists()


def test_it_reaches_the_end_of_the_front_weeks_of_a_year():
    lived()
    far = timezone.localdate() + 90 * DAY
    FrontWeek.objects.create(name="Spring", starts_on=far, ends_on=far + 4 * DAY)
    assert forecasting.start(by=world.otto()).last == far + 4 * DAY


def test_marked_stretches_are_not_learnt_from():
    de = lived()
    day = next(d for d in (timezone.localdate() - n * DAY for n in range(7, 14)) if d.weekday() == 1)
    Volume.objects.filter(starts_at__gte=at(day, 0), starts_at__lt=at(day + DAY, 0)).update(offered=4000)
    assert np.nanmax(history.of(de, until=timezone.localdate()).counts) == 4000
    knowing.mark(Mark.Kind.OUTLIER, None, at(day, 0), at(day, 23), reason="Second line down", by=world.otto())
    assert np.nanmax(history.of(de, until=timezone.localdate()).counts) < 100


def test_finer_and_coarser_intervals_become_one_grid():
    de = lived(days=14)
    today = timezone.localdate()
    Volume.objects.create(queue=de, starts_at=at(today - DAY, 20), minutes=30, offered=6)
    past = history.of(de, until=today)
    assert past.minutes == 30
    monday = next(n for n in range(past.days) if (past.first + n * DAY).weekday() == 0)
    whole = Volume.objects.get(starts_at=at(past.first + monday * DAY, 8)).offered
    assert past.counts[monday, 0] == past.counts[monday, 1] == whole / 2


def test_today_is_not_learnt_from():
    de = lived()
    Volume.objects.create(queue=de, starts_at=at(timezone.localdate(), 8), minutes=60, offered=1)
    assert history.of(de, until=timezone.localdate()).last < timezone.localdate()


def test_a_planners_factor_is_believed():
    lived(days=140)
    made = run()
    day = next(d for d in (timezone.localdate() + n * DAY for n in range(14, 21)) if d.weekday() == 2)
    plain = ForecastDay.objects.get(forecast=made, day=day).mean
    knowing.add_event(Event.Kind.OTHER, "Open day", None, day, day, factor=Decimal(2), by=world.otto())
    told = ForecastDay.objects.get(forecast=run(), day=day).mean
    assert 1.7 < told / plain < 2.1


def test_only_one_is_made_at_a_time_and_none_from_nothing():
    with pytest.raises(forecasting.NothingKnown):
        forecasting.start(by=world.otto())
    lived(days=7)
    forecasting.start(by=world.otto())
    with pytest.raises(forecasting.UnderWay):
        forecasting.start(by=world.otto())


def test_it_can_be_stopped(monkeypatch):
    lived()
    lived(of=queue("fr"), seed=2)
    made = forecasting.start(by=world.otto())
    real = forecasting._one

    def and_pressed(*given):
        forecasting.stop(made, by=world.otto())
        return real(*given)

    monkeypatch.setattr(forecasting, "_one", and_pressed)
    forecasting.run(made.pk)
    made.refresh_from_db()
    assert made.state == State.STOPPED
    assert not ForecastScore.objects.filter(forecast=made, queue__code="fr").exists()


def test_what_dies_is_said_to_have_failed(monkeypatch):
    lived()
    made = forecasting.start(by=world.otto())
    working.begin(made)  # and then the machine is gone
    assert working.bury() == 1
    made.refresh_from_db()
    assert (made.state, made.problem) == (State.FAILED, "died")
    monkeypatch.setattr(forecasting, "_all", lambda made: 1 / 0)
    broken = forecasting.start(by=world.otto())
    with pytest.raises(ZeroDivisionError):
        forecasting.run(broken.pk)
    broken.refresh_from_db()
    assert broken.state == State.FAILED


def test_the_hour_that_comes_twice_is_forecast_twice_and_the_one_that_does_not_never():
    assert history.moments(date(2026, 10, 25), 150) == [
        datetime(2026, 10, 25, 0, 30, tzinfo=UTC),
        datetime(2026, 10, 25, 1, 30, tzinfo=UTC),
    ]
    assert history.moments(date(2026, 3, 29), 150) == []
    assert history.moments(date(2026, 3, 29), 480) == [datetime(2026, 3, 29, 6, tzinfo=UTC)]


def test_old_nightly_ones_are_forgotten_and_those_of_planners_stay():
    lived(days=7)
    long_ago = timezone.now() - forecasting.KEPT - DAY
    for by in (None, world.otto()):
        Forecast.objects.create(first=date(2026, 1, 1), last=date(2026, 2, 1), by=by, state=State.DONE)
    Forecast.objects.update(at=long_ago)
    assert forecasting.tidy() == 1
    assert Forecast.objects.get().by == world.otto()
