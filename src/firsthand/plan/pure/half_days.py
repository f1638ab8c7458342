"""Which half-days of a front week are worked: as last year's were, weekday for weekday, public holidays left out."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

PARTS = ("morning", "afternoon")
WEEK = timedelta(days=7)
DAY = timedelta(days=1)

HalfDay = tuple[date, str]


@dataclass(frozen=True)
class Pattern:
    """An earlier front week: its first and last day, and its half-days. `closed`: its public holidays."""

    first: date
    last: date
    half_days: Collection[HalfDay]
    closed: Collection[date] = field(default=())


def days(first: date, last: date) -> Iterator[date]:
    """From `first` to `last`, both included."""
    day = first
    while day <= last:
        yield day
        day += DAY


def monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def usual(day: date, closed: Collection[date]) -> tuple[str, ...]:
    """Monday to Friday both halves; at weekends and on public holidays none."""
    return () if day in closed or day.weekday() >= 5 else PARTS


def half_days(
    first: date, last: date, closed: Collection[date], like: Pattern | None = None
) -> list[HalfDay]:
    """The half-days of a new front week, in order.

    A day that the earlier week had (the same weekday of its same week) is worked as it was then. Where that
    day was a public holiday, or there was no such day, it is worked as usual.
    """
    return [
        (day, part) for day in days(first, last) for part in PARTS if part in _parts(day, first, closed, like)
    ]


def _parts(day: date, first: date, closed: Collection[date], like: Pattern | None) -> Collection[str]:
    if like is None or day in closed:
        return usual(day, closed)
    then = day - shift(like.first, first)
    if then in like.closed or not like.first <= then <= like.last:
        return usual(day, closed)
    return {part for on, part in like.half_days if on == then}


def shift(then: date, now: date) -> timedelta:
    """By how many whole weeks a day moves from the earlier front week into the new one."""
    return monday(now) - monday(then)


def moved(day: date, by: timedelta, closed: Collection[date]) -> date:
    """A training day, whole weeks later; off a public holiday or weekend onto the next day that is worked.

    A training that was itself at a weekend stays there.
    """
    there, weekend = day + by, day.weekday() >= 5
    while there in closed or (there.weekday() >= 5 and not weekend):
        there += DAY
    return there
