"""On which days a repeated event falls (RRULE, RFC 5545 § 3.3.10), only as far as a window of days asks.

Periods (weeks, months, years) are stepped through and counted: a file made to keep us busy runs out of steps.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

DAY = timedelta(days=1)
FREQUENCIES = ("DAILY", "WEEKLY", "MONTHLY", "YEARLY")
WEEKDAYS = {name: number for number, name in enumerate(("MO", "TU", "WE", "TH", "FR", "SA", "SU"))}
READ = {"FREQ", "INTERVAL", "COUNT", "UNTIL", "BYDAY", "BYMONTHDAY", "BYMONTH", "BYSETPOS", "WKST"}
_WEEKDAY = re.compile(r"([+-]?\d{1,2})?(MO|TU|WE|TH|FR|SA|SU)")


class NotRead(ValueError):
    """It repeats in a way that this house does not read, or too often."""


@dataclass
class Steps:
    """How many more periods may be looked at, over all events of one file."""

    left: int

    def take(self) -> None:
        self.left -= 1
        if self.left < 0:
            raise NotRead


@dataclass(frozen=True)
class Rule:
    freq: str
    interval: int = 1
    count: int | None = None
    until: date | datetime | None = None
    by_day: tuple[tuple[int, int], ...] = ()  # (0 = every, or the n-th, weekday)
    by_month_day: tuple[int, ...] = ()
    by_month: tuple[int, ...] = ()
    by_place: tuple[int, ...] = ()
    week_start: int = 0


def rule(parts: Mapping[str, Sequence[Any]]) -> Rule:
    """From what icalendar parsed; NotRead for what is rare, faulty, or more often than daily."""
    freq = str(next(iter(parts.get("FREQ", [""])), "")).upper()
    if freq not in FREQUENCIES or not {name.upper() for name in parts} <= READ:
        raise NotRead
    read = Rule(
        freq=freq,
        interval=_number(parts, "INTERVAL", 1),
        count=_number(parts, "COUNT", 0) or None,
        until=next(iter(parts.get("UNTIL", [])), None),
        by_day=tuple(_weekday(str(one)) for one in parts.get("BYDAY", [])),
        by_month_day=tuple(int(one) for one in parts.get("BYMONTHDAY", [])),
        by_month=tuple(int(one) for one in parts.get("BYMONTH", [])),
        by_place=tuple(int(one) for one in parts.get("BYSETPOS", [])),
        week_start=WEEKDAYS[str(next(iter(parts.get("WKST", [])), "MO")).upper()],
    )
    odd = freq in ("DAILY", "WEEKLY") and any(n for n, _ in read.by_day)
    if read.interval < 1 or odd or (freq == "WEEKLY" and read.by_month_day):
        raise NotRead
    return read


def starts(rule: Rule, first: date, since: date, until: date, steps: Steps) -> Iterator[date]:
    """The days on which it begins, from `since` to `until`; `first` is the day it began to repeat on.

    A rule that counts is counted from its first day; any other is entered at the window.
    """
    seen = 0
    for candidates in _periods(rule, first, since, until, steps):
        for day in candidates:
            if day < first:
                continue
            seen += 1
            if day > until or (rule.count and seen > rule.count):
                return
            if day >= since:
                yield day


def _periods(rule: Rule, first: date, since: date, until: date, steps: Steps) -> Iterator[list[date]]:
    number = 0 if rule.count else max(0, _steps_between(rule, first, since) // rule.interval)
    while True:
        steps.take()
        begins = _period(rule, first, number * rule.interval)
        if begins is None or begins > until:
            return
        yield _placed(rule, sorted(_candidates(rule, first, begins)))
        number += 1


def _steps_between(rule: Rule, first: date, day: date) -> int:
    """How many days, weeks, months, years lie between; may be negative."""
    if rule.freq == "DAILY":
        return (day - first).days
    if rule.freq == "WEEKLY":
        return (_week_begin(rule, day) - _week_begin(rule, first)).days // 7
    if rule.freq == "MONTHLY":
        return (day.year - first.year) * 12 + day.month - first.month
    return day.year - first.year


def _period(rule: Rule, first: date, steps: int) -> date | None:
    """The first day of the period so many steps after the first; None past the end of the calendar."""
    try:
        if rule.freq == "DAILY":
            return first + steps * DAY
        if rule.freq == "WEEKLY":
            return _week_begin(rule, first) + 7 * steps * DAY
        if rule.freq == "MONTHLY":
            months = first.year * 12 + first.month - 1 + steps
            return date(months // 12, months % 12 + 1, 1)
        return date(first.year + steps, 1, 1)
    except (OverflowError, ValueError):
        return None


def _week_begin(rule: Rule, day: date) -> date:
    return day - (day.weekday() - rule.week_start) % 7 * DAY


def _candidates(rule: Rule, first: date, begins: date) -> set[date]:
    if rule.freq == "DAILY":
        days, months = {begins}, rule.by_month
        wanted = not rule.by_month_day or bool(_month_days(rule, begins.year, begins.month) & days)
        days = days if wanted else set()
    elif rule.freq == "WEEKLY":
        weekdays = {weekday for _, weekday in rule.by_day} or {first.weekday()}
        days = {day for n in range(7) if (day := begins + n * DAY).weekday() in weekdays}
        return {day for day in days if not rule.by_month or day.month in rule.by_month}
    elif rule.freq == "MONTHLY":
        return _in_month(rule, first, begins) if begins.month in (rule.by_month or (begins.month,)) else set()
    else:
        return _in_year(rule, first, begins)
    weekdays = {weekday for _, weekday in rule.by_day} or set(range(7))
    return {day for day in days if day.weekday() in weekdays and (not months or day.month in months)}


def _in_month(rule: Rule, first: date, begins: date) -> set[date]:
    year, month = begins.year, begins.month
    last = begins.replace(day=monthrange(year, month)[1])
    if not rule.by_month_day and not rule.by_day:
        return {begins.replace(day=first.day)} if first.day <= last.day else set()
    days = set(_range(begins, last))
    if rule.by_month_day:
        days &= _month_days(rule, year, month)
    return days & _weekdays(rule, begins, last) if rule.by_day else days


def _in_year(rule: Rule, first: date, begins: date) -> set[date]:
    """Without a month, "the second Monday" is the second of the year, also where it has to be a 10th besides."""
    year = begins.year
    if rule.by_day and not rule.by_month:
        days = _weekdays(rule, begins, date(year, 12, 31))
        return {day for day in days if not rule.by_month_day or day in _month_days(rule, year, day.month)}
    months = rule.by_month or (range(1, 13) if rule.by_month_day else (first.month,))
    return {
        day for month in months if 1 <= month <= 12 for day in _in_month(rule, first, date(year, month, 1))
    }


def _month_days(rule: Rule, year: int, month: int) -> set[date]:
    length = monthrange(year, month)[1]
    numbers = {n if n > 0 else length + 1 + n for n in rule.by_month_day}
    return {date(year, month, n) for n in numbers if 1 <= n <= length}


def _weekdays(rule: Rule, first: date, last: date) -> set[date]:
    """Every Monday, or the n-th from the front (or, negative, from the back), between two days."""
    found: set[date] = set()
    for n, weekday in rule.by_day:
        days = [day for day in _range(first, last) if day.weekday() == weekday]
        place = n - 1 if n > 0 else len(days) + n
        found.update(days if n == 0 else days[place : place + 1] if 0 <= place < len(days) else [])
    return found


def _placed(rule: Rule, days: list[date]) -> list[date]:
    if not rule.by_place:
        return days
    places = {n - 1 if n > 0 else len(days) + n for n in rule.by_place}
    return [day for place, day in enumerate(days) if place in places]


def _range(first: date, last: date) -> list[date]:
    return [first + n * DAY for n in range((last - first).days + 1)]


def _number(parts: Mapping[str, Sequence[Any]], name: str, default: int) -> int:
    return int(next(iter(parts.get(name, [])), default))


def _weekday(text: str) -> tuple[int, int]:
    found = _WEEKDAY.fullmatch(text.upper())
    if found is None:
        raise NotRead
    return int(found[1] or 0), WEEKDAYS[found[2]]
