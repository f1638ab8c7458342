"""Whole days, exact over leap days and over hours that the clock skips or repeats."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from firsthand.protect.pure import deadlines
from firsthand.protect.pure.clocks import Unit, cutoff, exceeds, jumps, last_day, midnight

DAYS = st.dates(date(1980, 1, 1), date(2080, 12, 31))
ZONES = st.sampled_from(["Europe/Zurich", "Europe/Berlin", "UTC", "America/Sao_Paulo", "Africa/Cairo"])
UNITS = st.sampled_from([Unit.DAYS, Unit.MONTHS])


@given(DAYS, DAYS, st.integers(0, 400), UNITS)
def test_before_the_cutoff_is_past_its_last_day_and_nothing_else_is(began, today, amount, unit):
    assert (began < cutoff(today, amount, unit)) == (last_day(began, amount, unit) < today)


SINCE, UNTIL = datetime(1990, 1, 1), datetime(2060, 1, 1)  # noqa: DTZ001  made UTC below


@given(st.datetimes(SINCE, UNTIL), DAYS, st.integers(0, 130), UNITS, ZONES)
def test_a_moment_is_before_midnight_exactly_on_the_days_before(moment, today, amount, unit, zone):
    where = ZoneInfo(zone)
    at = moment.replace(tzinfo=UTC)
    edge = cutoff(today, amount, unit)
    assert (at < midnight(edge, where)) == (at.astimezone(where).date() < edge)


@pytest.mark.parametrize(
    ("began", "months", "ends"),
    [
        (date(2024, 1, 31), 1, date(2024, 2, 29)),
        (date(2023, 1, 31), 1, date(2023, 2, 28)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2024, 2, 29), 48, date(2028, 2, 29)),
        (date(2023, 12, 31), 2, date(2024, 2, 29)),
        (date(2026, 11, 30), 3, date(2027, 2, 28)),
    ],
)
def test_a_day_that_the_month_has_not_is_its_last(began, months, ends):
    assert last_day(began, months, Unit.MONTHS) == ends


def test_midnight_in_zurich_is_at_ten_or_eleven_in_the_evening_utc():
    zurich = ZoneInfo("Europe/Zurich")
    assert midnight(date(2026, 7, 1), zurich) == datetime(2026, 6, 30, 22, tzinfo=UTC)
    assert midnight(date(2026, 1, 1), zurich) == datetime(2025, 12, 31, 23, tzinfo=UTC)


def test_where_the_clock_skips_midnight_the_day_begins_at_one():
    brazil = ZoneInfo("America/Sao_Paulo")
    assert midnight(date(2018, 11, 4), brazil) == datetime(2018, 11, 4, 3, tzinfo=UTC)


def test_a_jump_is_many_and_many_more_than_usual():
    assert jumps(5_001, [1_000])
    assert not jumps(5_000, [1_000])
    assert not jumps(900, [])
    assert jumps(1_001, [])
    assert jumps(10_000, [3, 1, 0])


def test_a_run_may_find_somewhat_more_than_the_dry_run_has_shown():
    assert not exceeds(1_200, 500)
    assert exceeds(2_000, 500)


@given(DAYS)
def test_a_request_is_due_after_thirty_days_or_a_month(day):
    assert deadlines.due_on(day, "CH") == day + timedelta(days=30)
    assert deadlines.due_on(day, "DE") == last_day(day, 1, Unit.MONTHS)
    assert deadlines.latest(day, "DE") == last_day(day, 3, Unit.MONTHS)
    assert deadlines.due_on(day, "CH") < deadlines.latest(day, "CH")
