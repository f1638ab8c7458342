"""The demo's past: the same seed draws the same calls, and autumn is autumn."""

from datetime import date, timedelta
from zoneinfo import ZoneInfo

import numpy as np

from firsthand.home.pure import seasons

ZURICH = ZoneInfo("Europe/Zurich")
PLAIN = seasons.Season(a_day=200, aht=300)


def drawn(first: date, last: date, seed: int = 1, closed=()) -> list[seasons.Interval]:
    return list(seasons.drawn(PLAIN, first, last, closed=closed, zone=ZURICH, seed=seed))


def test_the_same_seed_draws_the_same_calls_and_another_draws_others():
    week = date(2026, 3, 2), date(2026, 3, 6)
    assert drawn(*week) == drawn(*week)
    assert drawn(*week) != drawn(*week, seed=2)


def test_nobody_calls_on_weekends_and_days_that_are_closed():
    days = {
        one.starts_at.date() for one in drawn(date(2026, 3, 2), date(2026, 3, 15), closed={date(2026, 3, 4)})
    }
    assert len(days) == 9
    assert not any(day.weekday() > 4 or day == date(2026, 3, 4) for day in days)


def test_a_day_has_its_half_hours_in_local_time_on_both_sides_of_summer_time():
    for day in (date(2026, 3, 27), date(2026, 3, 30)):
        hours = [one.starts_at for one in drawn(day, day)]
        assert len(hours) == seasons.SLOTS
        assert (hours[0].hour, hours[-1].hour, hours[-1].minute) == (8, 17, 30)


def test_the_calls_follow_the_rate_they_are_drawn_with():
    first, last = date(2024, 1, 1), date(2026, 12, 31)
    offered = sum(one.offered for one in drawn(first, last))
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    expected = sum(200 * seasons.rate(day) * 1.03 ** ((day - last).days / 365) for day in days)
    assert abs(offered / expected - 1) < 0.02


def test_autumn_is_busier_than_june_and_what_is_offered_is_answered_or_lost():
    october = [one.offered for one in drawn(date(2026, 10, 12), date(2026, 10, 23))]
    june = [one.offered for one in drawn(date(2026, 6, 8), date(2026, 6, 19))]
    assert np.sum(october) > 1.3 * np.sum(june)
    assert all(
        one.offered == one.answered + one.abandoned for one in drawn(date(2026, 6, 8), date(2026, 6, 9))
    )
