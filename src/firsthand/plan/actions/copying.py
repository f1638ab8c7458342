"""What a new front week begins with: last year's numbers, moved to this year's days."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta

from firsthand.people.models import Person
from firsthand.plan import holidays, queries
from firsthand.plan.actions import half_days
from firsthand.plan.models import FrontWeek, Letter, Room, Shift, Training, WeekRules
from firsthand.plan.pure import half_days as pure

ROUND = timedelta(days=60)  # training days stand before the week


def fill(week: FrontWeek, after: FrontWeek | None, *, by: Person | None = None) -> None:
    """In the transaction that made the week. Without an earlier one: the usual rules, Monday to Friday."""
    rules = queries.rules_of(after) if after else WeekRules()
    WeekRules.objects.create(**{**_values(rules), "week": week})
    closed = holidays.between(week.starts_on - ROUND, week.ends_on + ROUND)
    half_days.add(week, pure.half_days(week.starts_on, week.ends_on, closed, _pattern(after)))
    if after:
        _rooms(week, after)
        _trainings(week, after, closed)
        _letters(week, after)


def _values(rules: WeekRules) -> dict[str, object]:
    return {
        field.attname: getattr(rules, field.attname) for field in rules._meta.fields if not field.primary_key
    }


def _pattern(after: FrontWeek | None) -> pure.Pattern | None:
    worked = list(Shift.objects.filter(week=after).values_list("day", "part")) if after else []
    if after is None or not worked:
        return None  # a week from before half-days were planned says nothing about them
    closed = holidays.between(after.starts_on, after.ends_on)
    return pure.Pattern(after.starts_on, after.ends_on, frozenset(worked), frozenset(closed))


def _rooms(week: FrontWeek, after: FrontWeek) -> None:
    Room.objects.bulk_create(
        Room(week=week, name=room.name, language=room.language, seats=room.seats)
        for room in Room.objects.filter(week=after)
    )


def _trainings(week: FrontWeek, after: FrontWeek, closed: Collection[date]) -> None:
    rules = queries.rules_of(week)
    weeks = pure.shift(after.starts_on, week.starts_on)
    rows = []
    for row in Training.objects.filter(week=after):
        row.pk, row._state.adding, row.week = None, True, week
        row.day = pure.moved(row.day, weeks, closed)
        row.starts_at, row.ends_at = queries.hours(rules, row.day, row.part)
        rows.append(row)
    Training.objects.bulk_create(rows)


def _letters(week: FrontWeek, after: FrontWeek) -> None:
    Letter.objects.bulk_create(
        Letter(week=week, kind=one.kind, language=one.language, subject=one.subject, words=one.words)
        for one in Letter.objects.filter(week=after)
    )
