"""Which pages of a front week show what has changed."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Model

from firsthand.live import bus
from firsthand.plan.models import CallUp


def week(pk: int) -> None:
    """Where it stands, and what was written to whom."""
    bus.touch(_week(pk))


def callup(row: CallUp) -> None:
    """What somebody said, or was agreed with them: the week's pages and their own."""
    bus.touch(_week(row.week_id), _mine(row.person_id))


def shifts(people: Iterable[int], *, weeks: Iterable[int] = ()) -> None:
    """The own half-days of these people, and the weeks that look different for it."""
    bus.touch(*map(_mine, people), *map(_week, weeks))


def roster(week: int, people: Iterable[int] = ()) -> None:
    """Who answers when in this week and whether it holds, and the own half-days of these people."""
    bus.touch(f"plan:roster:{week}", f"plan:hold:{week}", *map(_mine, people))


def job(row: Model, *, ended: bool = False) -> None:
    """How far a long job is. Pages of a front week listen by the week, all others by the row."""
    of_week = getattr(row, "week_id", None)
    topic = f"plan:{row._meta.model_name}"
    if of_week is None:
        bus.touch(f"{topic}:{row.pk}")
    else:
        bus.touch(f"{topic}:{of_week}", f"plan:hold:{of_week}", *([_week(of_week)] if ended else []))


def _week(pk: int) -> str:
    return f"week:{pk}"


def _mine(person: int) -> str:
    return f"plan:shifts:{person}"
