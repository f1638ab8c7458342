"""The clocks of a proof: whole days where the insurer is, over leap days, midnights and the ends of summer
time.
"""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from firsthand.protect.pure import proof
from firsthand.protect.pure.clocks import plus_months

days = st.dates(date(1990, 1, 1), date(2090, 12, 31))
zones = st.sampled_from(["Europe/Zurich", "Europe/Berlin", "UTC", "America/New_York"]).map(ZoneInfo)
moments = st.datetimes(datetime(1990, 1, 1), datetime(2090, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001


@pytest.mark.parametrize(
    ("day", "months", "then"),
    [
        ("2024-02-29", 12, "2025-02-28"),
        ("2024-02-29", 48, "2028-02-29"),
        ("2025-01-31", 1, "2025-02-28"),
        ("2023-12-31", 36, "2026-12-31"),
        ("2025-02-28", 36, "2028-02-28"),
        ("2024-03-31", -36, "2021-03-31"),
    ],
)
def test_a_period_ends_on_the_day_of_the_same_number_or_on_the_last_of_the_month(day, months, then):
    assert plus_months(date.fromisoformat(day), months) == date.fromisoformat(then)


@given(day=days, months=st.integers(0, 240))
def test_it_is_in_the_right_month_and_never_on_a_later_day(day, months):
    then = plus_months(day, months)
    assert (then.year - day.year) * 12 + then.month - day.month == months
    assert then.day <= day.day
    assert then.day == day.day or (then + timedelta(days=1)).day == 1


@given(day=days, months=st.integers(0, 120))
def test_a_later_day_never_ends_earlier(day, months):
    assert plus_months(day, months) <= plus_months(day + timedelta(days=1), months)


@given(first=moments, later=moments, zone=zones)
def test_a_use_never_shortens_the_time(first, later, zone):
    both = proof.keep_until([first, later], zone)
    assert both == max(proof.keep_until([first], zone), proof.keep_until([later], zone))
    assert both.year - first.astimezone(zone).year >= proof.PROOF_YEARS


@given(moment=moments, zone=zones)
def test_five_years_are_five_years_whatever_the_clock_did_in_between(moment, zone):
    kept = proof.keep_until([moment], zone)
    assert 5 * 365 <= (kept - moment.astimezone(zone).date()).days <= 5 * 365 + 2


@given(end=days, after=st.integers(0, 2000))
def test_who_was_insured_may_be_called_until_that_day_and_not_on_the_next(end, after):
    today = end + timedelta(days=after)
    assert proof.may_be_called([end], today) == (today <= plus_months(end, 36))


@given(ends=st.lists(days, max_size=5), today=days)
def test_only_the_last_end_counts_and_none_is_never(ends, today):
    assert proof.may_be_called(list(ends), today) == (bool(ends) and proof.may_be_called([max(ends)], today))
    assert proof.may_be_called([*ends, None], today)
