"""How a forecast is judged: scores, backtests, the rest of a day, corrections."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from firsthand.plan.pure import forecast
from firsthand.plan.pure.forecast import calibrate, combine, profile, scores, spread
from tests.plan.pure.insurer import insurer
from tests.plan.pure.test_forecast import SHAPE, steady

FIRST = date(2025, 1, 6)


def test_scores_are_what_they_are_called():
    said, came = np.array([10.0, 20, 30, np.nan]), np.array([12.0, 18, 30, 7])
    quantiles = np.array([[8.0, 15, 31, 0], [10, 20, 32, 0], [13, 25, 33, 9]])
    found = scores.score(said, came, naive=2.0, quantiles=quantiles)
    assert found.wape == pytest.approx(4 / 60)
    assert found.mase == pytest.approx((4 / 3) / 2)
    assert found.bias == pytest.approx(0.0)
    assert found.coverage == pytest.approx(2 / 3)
    low = (0.1 * 4 + 0.1 * 3 + 0.9 * 1) / 3
    middle = (0.5 * 2 + 0.5 * 2 + 0.5 * 2) / 3
    high = (0.1 * 1 + 0.1 * 7 + 0.1 * 3) / 3
    assert found.pinball == pytest.approx((low + middle + high) / 3)
    assert found.count == 3


def test_the_floor_is_what_knowing_the_rate_would_miss():
    rate = np.full(200_000, 7.3)
    came = np.random.default_rng(1).poisson(rate)
    simulated = np.abs(came - rate).sum() / came.sum()
    assert scores.floor(rate) == pytest.approx(simulated, rel=0.01)


def test_weights_follow_who_was_right_and_stay_apart_from_extremes_with_little_evidence():
    chance = np.random.default_rng(5)
    came = chance.normal(0, 1, (40, 3))
    said = {"good": came + chance.normal(0, 0.1, came.shape), "bad": came + chance.normal(0, 1.0, came.shape)}
    given = combine.weights(combine.Rolling(list(range(40)), said, came), 3)
    assert (given[:, 0] > 0.85).all()
    few = combine.Rolling([0], {name: one[:1] for name, one in said.items()}, came[:1])
    assert (np.abs(combine.weights(few, 3) - 0.5) < 0.4).all()
    none = combine.Rolling([], {name: one[:0] for name, one in said.items()}, came[:0])
    assert combine.weights(none, 3) == pytest.approx(0.5)


def test_quantiles_of_the_mixed_poisson_cover_what_they_say():
    chance = np.random.default_rng(3)
    for mean in (0.6, 4.0, 60.0):
        busy = chance.gamma(1 / 0.2, 0.2, 40_000)
        came = chance.poisson(mean * busy)
        variance = np.array([mean + 0.2 * mean**2])
        low, high = (spread.mixed(np.array([mean]), variance, level)[0] for level in (0.1, 0.9))
        inside = np.mean((low <= came) & (came <= high))
        assert 0.70 < inside < 0.88, mean


def test_the_profile_of_a_weekday_is_found_through_chance():
    found = profile.learn(steady(20), np.zeros(140, bool))
    assert found.shares[:5] == pytest.approx(np.tile(SHAPE, (5, 1)), abs=0.012)
    assert found.shares[5:].sum() == 0
    assert found.dispersion < 0.01


def test_a_backtest_knows_only_what_was_known():
    history = steady(16)
    counts = history.counts.copy()
    counts[91:] *= 7  # after the only origin
    one = forecast.backtest(history, days=5, origins=[91])
    two = forecast.backtest(forecast.History(history.first, counts, 60, 480), days=5, origins=[91])
    assert np.array_equal(one.said["combination"], two.said["combination"], equal_nan=True)
    assert two.days["combination"].wape > 0.8 > one.days["combination"].wape


def test_a_backtest_stands_beside_last_week_and_the_mean_of_four():
    found = forecast.backtest(steady(20), days=7)
    assert found.origins == sorted(found.origins)
    assert {"combination", "last_week", "mean_of_four", "damped_ets"} <= found.days.keys()
    assert found.days["combination"].wape < found.days["last_week"].wape
    assert found.slots["combination"].wape < found.slots["mean_of_four"].wape
    assert found.slots["combination"].over_floor == pytest.approx(1.0, abs=0.15)
    assert found.days["combination"].coverage is not None
    assert len({one.count for one in found.days.values()}) == 1, "judged on the same days"


def test_intervals_of_a_busy_insurer_cover_about_four_fifths():
    made = insurer(11, first=date(2024, 12, 2), days=300, busy=0.12)  # until the letters come
    known = {"holidays": made.holidays, "events": made.events}
    found = forecast.backtest(made.history, days=5, origins=range(168, 294, 7), **known)
    assert 0.68 < found.days["combination"].coverage < 0.9
    assert 0.74 < found.slots["combination"].coverage < 0.87


def tried_with(came, quantiles) -> forecast.Backtest:
    """Weekly origins of four weeks; of the rest nothing is asked."""
    origins = list(range(100, 100 + 7 * len(came), 7))
    rest = dict.fromkeys(("days", "slots", "said", "slot_said"), {})
    arrays = dict.fromkeys(("slot_came", "slot_quantiles"), np.zeros(0))
    return forecast.Backtest(origins=origins, horizon=28, came=came, quantiles=quantiles, **rest, **arrays)


def test_a_band_that_held_too_few_days_is_drawn_wider_and_one_that_held_too_many_narrower():
    chance = np.random.default_rng(7)
    came = 1000 * np.exp(chance.normal(0, 0.1, (12, 28)))
    inside = []
    for sd in (0.05, 0.1, 0.2):
        quantiles = 1000 * np.exp(np.array([-1.2816, 0, 1.2816])[:, None, None] * sd * np.ones((3, 12, 28)))
        by = forecast.band(tried_with(came, quantiles))
        low, middle, high = calibrate.stretched(quantiles, by)
        assert (middle == quantiles[1]).all()
        inside.append((sd, by, ((low <= came) & (came <= high)).mean()))
    narrow, right, wide = inside
    assert narrow[1] > 1.15
    assert right[1] == pytest.approx(1, abs=0.05)
    assert wide[1] < 0.9
    assert 0.48 < narrow[2] < wide[2], "half the way: days of one month miss together"


def test_with_little_evidence_a_band_stays_as_it_is():
    came, quantiles = np.full((1, 28), np.nan), np.full((3, 1, 28), np.nan)
    came[0, :15], quantiles[:, 0, :15] = 500, np.array([[90.0], [100.0], [110.0]])
    assert forecast.band(tried_with(came, quantiles)) == 1.0


def test_too_short_for_a_backtest_is_said():
    with pytest.raises(forecast.TooShort):
        forecast.backtest(steady(8), days=28)


def test_at_noon_a_busy_day_is_recognised():
    made = insurer(2, first=FIRST, days=240, busy=0.2)
    before = after = knowing = 0.0
    for origin in (212, 219, 227, 234):
        said = forecast.forecast(made.history.until(origin), days=1)
        came = made.history.counts[origin]
        for busy in (0.6, 1.0, 1.6):  # the same day, quieter and busier
            true = np.round(came * busy)
            found = forecast.intraday_update(said, 0, true[:8])
            rest = slice(8, None)
            level = true.sum() / said.day_mean[0]
            before += np.abs(said.mean[0] - true)[rest].sum()
            after += np.abs(found.mean - true)[rest].sum()
            knowing += np.abs(said.mean[0] * level - true)[rest].sum()
            assert found.mean[:8].tolist() == true[:8].tolist()
            assert found.day_mean == pytest.approx(found.mean.sum())
            assert found.day_quantiles[0] <= found.day_quantiles[1] <= found.day_quantiles[2]
    assert (before - after) / (before - knowing) > 0.5


def test_before_the_day_begins_the_update_is_the_forecast():
    said = forecast.forecast(steady(20), days=1)
    found = forecast.intraday_update(said, 0, np.zeros(0))
    assert found.mean == pytest.approx(said.mean[0])
    assert found.factor == 1.0
    outage = forecast.intraday_update(said, 0, np.full(3, np.nan))
    assert outage.factor == 1.0
    assert outage.day_mean == pytest.approx(said.day_mean[0])


def test_the_end_of_the_day_is_known():
    said = forecast.forecast(steady(20), days=1)
    came = np.array([40.0, 90, 160, 100, 50, 45])
    found = forecast.intraday_update(said, 0, came)
    assert found.day_mean == came.sum()
    assert found.day_quantiles.tolist() == [came.sum()] * 3
    with pytest.raises(ValueError, match="more slots"):
        forecast.intraday_update(said, 0, np.zeros(7))


def test_corrections_are_worth_what_they_brought_nearer():
    said = np.array([[100.0, 100, 100, 100], [np.nan, 100, 100, 100]])
    corrected = said.copy()
    corrected[0, 1], corrected[1, 1], corrected[1, 2] = 150, 80, 130
    came = np.array([[90.0, 140, 100, 80], [np.nan, 110, 120, np.nan]])
    worth = forecast.value_of_corrections(said, corrected, came)
    assert (worth.cells, worth.nearer, worth.further) == (3, 2, 1)
    assert worth.saved == pytest.approx((40 - 10) + (10 - 30) + (20 - 10))
    assert worth.wape_forecast == pytest.approx(70 / 370)
    assert worth.wape_corrected == pytest.approx(50 / 370)
    assert worth.chance == pytest.approx(1.0)
    nothing = forecast.value_of_corrections(said, said, came)
    assert (nothing.cells, nothing.saved, nothing.chance) == (0, 0.0, 1.0)


def test_the_members_of_a_long_history_include_the_year():
    first = date(2023, 1, 2)
    made = insurer(4, first=first, days=800)
    found = forecast.forecast(made.history, days=28, holidays=made.holidays, events=made.events)
    assert {"last_year", "mstl"} <= found.members.keys()
    came = made.history.totals()
    assert np.nanmean(found.day_mean) == pytest.approx(np.nanmean(came[-60:]), rel=0.35)
