"""When something is past its clock: whole days in the insurer's zone, exact over leap days and clock changes.

A clock that began on 31 January and runs one month ends with 28 (or 29) February: the day that the month does
not have is its last (§ 188 (3) BGB, Art. 77 (1) no. 3 CO). The last day is included.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from enum import StrEnum

# Fewer rows than this never need a person's yes: a quiet house would be asked every day.
FLOOR = 1_000
FACTOR = 5
# Between the dry run and the run a day passes: a hold is lifted, an import brings old rows.
SLACK = 1.5


class Unit(StrEnum):
    MINUTES = "minutes"
    HOURS = "hours"
    DAYS = "days"
    MONTHS = "months"


def last_day(began: date, amount: int, unit: Unit) -> date:
    """The last day on which it is kept."""
    if unit is Unit.DAYS:
        return began + timedelta(days=amount)
    if unit is Unit.MONTHS:
        return plus_months(began, amount)
    return began  # minutes and hours are over within a day; what goes by them goes by itself


def plus_months(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def cutoff(today: date, amount: int, unit: Unit) -> date:
    """What began before this day is past its clock today; what began on it is not.

    The other way round than `last_day`, so that the database compares one column with one constant.
    """
    if unit is Unit.DAYS:
        return today - timedelta(days=amount)
    if unit is not Unit.MONTHS:
        return today
    first = plus_months(today, -amount)
    # 28 February less a month is 28 January; what began on 29, 30 or 31 January ends on that day as well. And
    # 31 March less a month is 28 February, which ended on 28 March already.
    while last_day(first, amount, unit) < today:
        first += timedelta(days=1)
    while last_day(first - timedelta(days=1), amount, unit) >= today:
        first -= timedelta(days=1)
    return first


def midnight(day: date, zone: tzinfo) -> datetime:
    """The first moment of a day, in UTC: also where the clock skips midnight."""
    return datetime.combine(day, time.min, tzinfo=zone).astimezone(UTC)


def whole_months(cutoff: date, zone: tzinfo) -> date:
    """The first of the month before which all is past its clock. Months here are those of the partitions, in
    UTC: where the insurer's day begins before that of UTC, a month waits for one more day.
    """
    return midnight(cutoff, zone).date().replace(day=1)


def jumps(planned: int, before: Sequence[int]) -> bool:
    """Whether so many rows at once need a person's yes: far more than on any of the nights before."""
    return planned > FLOOR and planned > FACTOR * max(before, default=0)


def exceeds(found: int, planned: int) -> bool:
    """Whether the run would take far more than the dry run has shown."""
    return found > planned * SLACK + FLOOR
