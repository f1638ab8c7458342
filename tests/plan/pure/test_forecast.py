"""Forecasts of series whose rate is known."""

from __future__ import annotations

import ast
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import numpy as np
import pytest

from firsthand.plan.pure import forecast, volumes
from tests.plan.pure.insurer import insurer

MONDAY = date(2025, 1, 6)
WEEK = np.array([500.0, 420, 400, 380, 350, np.nan, np.nan])
SHAPE = np.array([1.0, 2, 3, 2, 1, 1]) / 10


def steady(weeks: int, *, seed: int = 1, scale: float = 1.0) -> forecast.History:
    """Poisson around a constant week; closed on Saturday and Sunday; slots of an hour from 08:00."""
    rate = np.tile(WEEK, weeks)[:, None] * SHAPE * scale
    counts = np.random.default_rng(seed).poisson(np.nan_to_num(rate)).astype(float)
    return forecast.History(MONDAY, np.where(np.isnan(rate), np.nan, counts), 60, 8 * 60)


def changed(history: forecast.History, days: list[int], factor: float) -> forecast.History:
    counts = history.counts.copy()
    counts[days] = np.round(counts[days] * factor)
    return forecast.History(history.first, counts, history.minutes, history.opens)


def test_a_steady_week_is_forecast_to_a_few_percent():
    found = forecast.forecast(steady(20), days=14)
    open_ = ~np.isnan(found.day_mean)
    assert open_.tolist() == [True] * 5 + [False] * 2 + [True] * 5 + [False] * 2
    assert found.day_mean[open_] == pytest.approx(np.tile(WEEK[:5], 2), rel=0.04)
    assert found.mean[0] == pytest.approx(WEEK[0] * SHAPE, rel=0.12)
    assert found.times()[:2] == ["08:00", "09:00"]
    assert found.dates[0] == MONDAY + timedelta(days=140)


def test_what_is_said_adds_up():
    found = forecast.forecast(steady(20), days=10)
    open_ = ~np.isnan(found.day_mean)
    assert np.nansum(found.mean, axis=1)[open_] == pytest.approx(found.day_mean[open_])
    assert found.weights.sum(1) == pytest.approx(1)
    assert (found.weights >= 0).all()
    assert (np.diff(found.quantiles[:, open_], axis=0) >= 0).all()
    assert (np.diff(found.day_quantiles[:, open_], axis=0) >= 0).all()
    assert set(found.members) < {*found.scores, "combination"}


def test_the_same_history_gives_the_same_forecast():
    one, two = (forecast.forecast(steady(16), days=7) for _ in range(2))
    assert np.array_equal(one.quantiles, two.quantiles, equal_nan=True)


def test_pure_chance_is_nearly_all_of_the_interval_of_a_steady_week():
    found = forecast.forecast(steady(40), days=5)
    half = (found.day_quantiles[2] - found.day_quantiles[0]) / 2
    assert (half < 2.2 * 1.2816 * np.sqrt(WEEK[:5])).all()
    assert (half > 0.8 * 1.2816 * np.sqrt(WEEK[:5])).all()


def test_a_storm_and_an_outage_do_not_move_it():
    calm = steady(20)
    counts = changed(calm, [100, 101], 4.0).counts
    counts[109, 2:] = 0.0
    upset = forecast.History(calm.first, counts, 60, 8 * 60)
    a, b = (forecast.forecast(one, days=5) for one in (calm, upset))
    assert b.day_mean == pytest.approx(a.day_mean, rel=0.05)


def test_a_day_half_hidden_by_an_outage_counts_by_what_is_told():
    history = steady(12)
    counts = history.counts.copy()
    counts[70, 3:] = np.nan
    counts[71, 1:] = np.nan
    totals = forecast.History(history.first, counts, 60, 8 * 60).totals()
    assert totals[70] == pytest.approx(WEEK[0], rel=0.15)
    assert np.isnan(totals[71])


def test_a_new_level_is_found_within_days():
    history = changed(steady(20), list(range(126, 140)), 1.5)
    found = forecast.forecast(history, days=5)
    assert found.day_mean == pytest.approx(1.5 * WEEK[:5], rel=0.12)


def test_after_a_break_it_is_said_that_the_best_alone_missed_less():
    """All calls half as many again for the last weeks: who forgets fastest was right."""
    reason = forecast.forecast(changed(steady(40), list(range(245, 280)), 2.5), days=5).reason
    assert reason.code == "behind"
    assert reason.words["wape"] > 1.02 * reason.words["member_wape"]


def test_too_little_is_said():
    with pytest.raises(forecast.TooShort) as short:
        forecast.forecast(steady(3), days=5)
    assert (short.value.days, short.value.needed) == (15, 21)
    assert forecast.forecast(steady(5), days=5).reason.code == "short"


def test_a_tiny_queue_is_not_overestimated():
    rate = np.where(np.isnan(np.tile(WEEK, 26)), np.nan, 1.5)[:, None] * SHAPE
    means = []
    for seed in range(3):
        counts = np.random.default_rng(seed).poisson(np.nan_to_num(rate)).astype(float)
        history = forecast.History(MONDAY, np.where(np.isnan(rate), np.nan, counts), 60, 8 * 60)
        means.append(np.nanmean(forecast.forecast(history, days=7).day_mean))
    assert np.mean(means) == pytest.approx(1.5, rel=0.15)


def test_negative_counts_and_wrong_grids_are_refused():
    with pytest.raises(ValueError, match="negative"):
        forecast.History(MONDAY, np.full((30, 4), -1.0))
    with pytest.raises(ValueError, match="fit in a day"):
        forecast.History(MONDAY, np.zeros((30, 49)), 30, 0)


def test_premium_letters_of_past_years_are_learnt_and_moved_with_their_date():
    first = date(2025, 1, 6)
    made = insurer(3, first=first, days=(date(2026, 12, 31) - first).days)
    origin = (date(2026, 10, 5) - first).days
    past = made.history.until(origin)
    rate = np.nansum(made.expected[origin : origin + 42], axis=1)
    with_, without = (
        forecast.forecast(past, days=42, holidays=made.holidays, events=events)
        for events in (made.events, ())
    )
    missed, blind = (float(np.nansum(np.abs(one.day_mean - rate)) / rate.sum()) for one in (with_, without))
    assert missed < 0.13
    assert blind > 2 * missed
    assert np.array_equal(np.isnan(with_.day_mean), np.isnan(made.expected[origin : origin + 42]).all(1))
    learnt = {effect.offset: effect for effect in with_.effects if effect.name == "Premium letters"}
    assert learnt[2].seen == 1
    assert learnt[2].factor == pytest.approx(np.exp(1.1), rel=0.25)


def test_an_event_nobody_has_seen_does_what_the_planner_says_and_is_less_sure():
    history = steady(20)
    day = history.last + timedelta(days=3)  # a Wednesday
    event = forecast.Event("Letters", (day,), after=1, factors=(2.0, 1.5))
    plain, found = (forecast.forecast(history, days=5, events=events) for events in ((), (event,)))
    assert found.day_mean / plain.day_mean == pytest.approx([1, 1, 2.0, 1.5, 1], rel=1e-6)
    width = (found.day_quantiles[2] - found.day_quantiles[0]) / found.day_mean
    assert width[2] > 2 * width[1]


def test_what_an_event_did_counts_for_more_than_what_was_expected():
    days = [37, 72, 107]  # Wednesdays
    history = changed(steady(20), days, 3.0)
    dates = tuple(history.first + timedelta(days=one) for one in [*days, 142])
    event = forecast.Event("Invoices", dates, factors=(1.2,))
    found = forecast.forecast(history, days=5, events=(event,))
    assert found.day_mean[2] == pytest.approx(3.0 * WEEK[2], rel=0.15)
    assert found.effects[0].seen == 3


def test_a_holiday_is_closed_if_it_was_closed_before():
    history = steady(60)
    holidays = {date(2025, 8, 1): "Bundesfeier", date(2026, 8, 1): "Bundesfeier", date(2026, 3, 6): "Bank holiday",
                date(2025, 3, 6): "Bank holiday"}  # fmt: skip
    counts = history.counts.copy()
    counts[(date(2025, 3, 6) - MONDAY).days] = np.nan
    found = forecast.forecast(forecast.History(MONDAY, counts, 60, 480), days=14, holidays=holidays)
    assert [day.isoformat() for day in found.dates if np.isnan(found.day_mean[found.dates.index(day)])] == [
        "2026-03-06", "2026-03-07", "2026-03-08", "2026-03-14", "2026-03-15",
    ]  # fmt: skip


def test_half_a_holiday_is_learnt_from_other_holidays():
    days = [30, 65, 100, 121]
    history = changed(steady(20), days, 0.4)
    holidays = {history.first + timedelta(days=one): f"Day {one}" for one in [*days, 142]}
    found = forecast.forecast(history, days=5, holidays=holidays)
    assert found.day_mean[2] == pytest.approx(0.4 * WEEK[2], rel=0.25)


def test_closed_days_are_closed():
    history = steady(20)
    found = forecast.forecast(history, days=3, closed=[history.last + timedelta(days=2)])
    assert np.isnan(found.day_mean).tolist() == [False, True, False]


def test_history_comes_from_rows_in_local_slots():
    zone = ZoneInfo("Europe/Zurich")
    lines = ["queue;language;start;offered"]
    start = datetime(2026, 10, 24, 0, 0)  # noqa: DTZ001 local; the clocks change the night after
    lines += [
        f"S;{lang};{start + timedelta(minutes=30 * at):%Y-%m-%d %H:%M};{at}"
        for at in range(96)
        for lang in "di"
    ]
    rows = volumes.read(lines, volumes.guess(lines), zone=zone, queues=None).rows
    one = forecast.from_rows(rows, zone, queue="S", language="de")
    assert (one.first, one.days, one.slots, one.opens) == (date(2026, 10, 24), 2, 48, 0)
    assert one.counts[1].tolist() == list(range(48, 96))
    assert forecast.from_rows(rows, zone).counts[0, 5] == 10
    with pytest.raises(forecast.TooShort):
        forecast.from_rows(rows, zone, queue="elsewhere")


def test_statsmodels_is_loaded_only_when_it_is_used():
    for module in sorted(Path(forecast.__file__).parent.glob("*.py")):
        named = {
            name.name if isinstance(node, ast.Import) else node.module
            for node in ast.parse(module.read_text()).body
            if isinstance(node, ast.Import | ast.ImportFrom)
            for name in node.names
        }
        assert not {one.split(".")[0] for one in named} & {"statsmodels", "pandas", "holidays"}, module.name
