"""Last year's half-days on this year's days."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from firsthand.plan.pure import half_days
from firsthand.plan.pure.half_days import PARTS, Pattern

DAYS = st.dates(date(2020, 1, 1), date(2035, 1, 1))


def test_without_a_year_before_monday_to_friday_is_worked():
    found = half_days.half_days(date(2026, 11, 21), date(2026, 11, 24), {})
    assert found == [
        (date(2026, 11, 23), "morning"),
        (date(2026, 11, 23), "afternoon"),
        (date(2026, 11, 24), "morning"),
        (date(2026, 11, 24), "afternoon"),
    ]


def test_a_weekday_is_worked_as_the_same_weekday_of_last_years_same_week():
    """Last year: Wednesday afternoon off in the first week, Saturday morning on in the second."""
    then = [
        (day, part)
        for day in half_days.days(date(2025, 11, 17), date(2025, 11, 29))
        for part in PARTS
        if (day.weekday() < 5 or (day, part) == (date(2025, 11, 29), "morning"))
        and (day, part) != (date(2025, 11, 19), "afternoon")
    ]
    like = Pattern(date(2025, 11, 17), date(2025, 11, 29), then)
    found = half_days.half_days(date(2026, 11, 16), date(2026, 11, 28), {}, like)
    assert (date(2026, 11, 18), "morning") in found
    assert (date(2026, 11, 18), "afternoon") not in found
    assert (date(2026, 11, 28), "morning") in found
    assert (date(2026, 11, 28), "afternoon") not in found
    assert len(found) == 20


def test_a_public_holiday_is_left_out_and_last_years_is_not_taken_over():
    like = Pattern(
        date(2025, 4, 14),
        date(2025, 4, 18),
        [(day, part) for day in half_days.days(date(2025, 4, 14), date(2025, 4, 17)) for part in PARTS],
        closed=[date(2025, 4, 18)],  # Good Friday
    )
    found = half_days.half_days(date(2026, 11, 16), date(2026, 11, 20), [date(2026, 11, 18)], like)
    worked = {day for day, _ in found}
    assert date(2026, 11, 20) in worked
    assert date(2026, 11, 18) not in worked


@given(DAYS, st.integers(0, 40), st.integers(0, 400))
def test_the_same_days_again_are_worked_the_same_way(first, length, later):
    last = first + timedelta(days=length)
    once = half_days.half_days(first, last, {})
    weeks = timedelta(days=7 * later)
    again = half_days.half_days(first + weeks, last + weeks, {}, Pattern(first, last, once))
    assert [(day - weeks, part) for day, part in again] == once


@given(DAYS, DAYS, st.integers(0, 30))
def test_a_training_day_keeps_its_weekday_unless_that_is_off(then, now, before):
    day = then - timedelta(days=before)
    moved = half_days.moved(day, half_days.shift(then, now), set())
    assert moved.weekday() == day.weekday()


def test_a_training_day_on_a_holiday_is_the_next_day_that_is_worked():
    friday = date(2026, 12, 25)
    week = timedelta(days=7)
    assert half_days.moved(friday - week, week, {friday}) == date(2026, 12, 28)
