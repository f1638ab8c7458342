"""Repeated events, held against dateutil's rules: the same days in any window."""

from datetime import date, datetime, time, timedelta
from itertools import takewhile

import pytest
from dateutil.rrule import rrulestr
from hypothesis import example, given, settings
from hypothesis import strategies as st
from icalendar import vRecur

from firsthand.plan.pure.calendars import recurring
from firsthand.plan.pure.calendars.recurring import NotRead, Steps

DAY = timedelta(days=1)
WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


def starts(text: str, first: date, since: date, until: date, steps: int = 100_000) -> list[date]:
    return list(recurring.starts(recurring.rule(vRecur.from_ical(text)), first, since, until, Steps(steps)))


def oracle(text: str, first: date, since: date, until: date) -> list[date]:
    found = rrulestr(text, dtstart=datetime.combine(first, time()))
    window = takewhile(
        lambda one: one.date() <= until, found.xafter(datetime.combine(since, time()), inc=True)
    )
    return [one.date() for one in window]


@st.composite
def rules(draw) -> str:
    freq = draw(st.sampled_from(recurring.FREQUENCIES))
    parts = [f"FREQ={freq}"]
    if draw(st.booleans()):
        parts.append(f"INTERVAL={draw(st.integers(1, 5))}")
    if draw(st.booleans()):
        parts.append(f"COUNT={draw(st.integers(1, 60))}")
    days = draw(st.lists(st.sampled_from(WEEKDAYS), unique=True, max_size=3))
    if freq in ("MONTHLY", "YEARLY") and draw(st.booleans()):
        days = [f"{draw(st.sampled_from([1, 2, 4, 5, -1, -2]))}{day}" for day in days]
    if days:
        parts.append(f"BYDAY={','.join(days)}")
    if freq != "WEEKLY" and draw(st.booleans()):
        # At least one that every month has: dateutil looks for the 31st of February until the year 9999.
        numbers = [
            draw(st.sampled_from([1, 2, 15, 28, -1, -3])),
            *draw(st.lists(st.sampled_from([30, 31]), max_size=2)),
        ]
        parts.append(f"BYMONTHDAY={','.join(map(str, numbers))}")
    if draw(st.booleans()):
        months = draw(st.lists(st.integers(1, 12), min_size=1, max_size=3, unique=True))
        parts.append(f"BYMONTH={','.join(map(str, months))}")
    if freq in ("MONTHLY", "YEARLY") and len(parts) > 2 and draw(st.booleans()):
        parts.append(f"BYSETPOS={draw(st.sampled_from([1, 2, -1]))}")
    if draw(st.booleans()):
        parts.append(f"WKST={draw(st.sampled_from(['MO', 'SU']))}")
    return ";".join(parts)


@settings(max_examples=60)
@given(rules(), st.dates(date(2015, 1, 1), date(2027, 1, 1)), st.integers(-400, 1500), st.integers(0, 150))
@example("FREQ=YEARLY;BYDAY=1MO;BYMONTHDAY=2", date(2015, 1, 1), 0, 32)
def test_they_fall_on_the_days_that_dateutil_says(text, first, away, length):
    if "BYSETPOS" in text and not any(name in text for name in ("BYDAY", "BYMONTHDAY", "BYMONTH=")):
        text = text.split(";BYSETPOS")[0]
    since = first + away * DAY
    until = since + length * DAY
    assert starts(text, first, since, until) == oracle(text, first, since, until)


@pytest.mark.parametrize(
    "text",
    [
        "FREQ=SECONDLY",
        "FREQ=HOURLY;COUNT=3",
        "FREQ=YEARLY;BYYEARDAY=100",
        "FREQ=YEARLY;BYWEEKNO=20",
        "FREQ=DAILY;BYHOUR=9,10",
        "FREQ=WEEKLY;BYDAY=2MO",
        "FREQ=DAILY;INTERVAL=0",
    ],
)
def test_what_is_rare_or_faulty_is_not_guessed(text):
    with pytest.raises(NotRead):
        starts(text, date(2026, 1, 1), date(2026, 1, 1), date(2026, 2, 1))


def test_whoever_counts_for_ever_runs_out_of_steps():
    window = (date(2026, 1, 1), date(2026, 2, 1))
    with pytest.raises(NotRead):
        starts("FREQ=DAILY;COUNT=999999", date(1900, 1, 1), *window, steps=1000)
    assert len(starts("FREQ=DAILY", date(1900, 1, 1), *window, steps=1000)) == 32


def test_it_ends_with_the_calendar():
    last = date(9999, 12, 31)
    assert starts("FREQ=YEARLY", date(9990, 12, 31), date(9998, 1, 1), last)[-1] == last
