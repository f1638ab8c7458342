"""One half-hour to the person: who is there, and who could come."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet
from django.http import Http404

from firsthand.plan.models import Absence, Assignment, CallUp, FrontWeek
from firsthand.plan.queries import hold
from firsthand.plan.queries.hold import Basis, Half

A_LIST = 60


@dataclass(frozen=True)
class There:
    """Somebody in one half-hour."""

    assignment: Assignment
    specialist: bool


@dataclass(frozen=True)
class Moment:
    """One half-hour to the person: who is there, and who could come."""

    basis: Basis
    at: datetime
    ends: datetime
    gaps: Sequence[tuple[str, str, Half]]  # language, label, half-hour
    there: Sequence[There]
    could: Sequence[CallUp]  # coming to the week, free then, speaking what is asked for
    more: int


def moment(week: FrontWeek, on_day: date, minute: int, language: str = "") -> Moment:
    on = hold.basis(week)
    found = [
        (one, half) for (one, when), half in sorted(hold.gaps(on, on_day).items()) if when == (on_day, minute)
    ]
    if not found:
        raise Http404
    at, ends = found[0][1].at, found[0][1].ends
    labels = dict(hold.labels([one for one, _half in found]))
    there = hold.assignments(on).filter(starts_at__lt=ends, ends_at__gt=at)
    rows = there.select_related("person", "room").order_by("room__name", "person__name")
    could = _could_come(on, at, ends, {language} if language else set(labels))
    return Moment(
        basis=on,
        at=at,
        ends=ends,
        gaps=[(one, labels[one], half) for one, half in found if language in ("", one)],
        there=[
            There(one, one.duty == Assignment.Duty.SPECIALIST)
            for one in rows
            if one.room is not None and language in ("", one.room.language)
        ],
        could=list(could[:A_LIST]),
        more=max(0, could.count() - A_LIST),
    )


def _could_come(on: Basis, at: datetime, ends: datetime, languages: Iterable[str]) -> QuerySet[CallUp]:
    """Called up or volunteering, speaking it, and nowhere else at that moment. By name: nobody is ranked."""
    busy = hold.assignments(on, working=False).filter(starts_at__lt=ends, ends_at__gt=at).values("person")
    away = Absence.objects.filter(starts_at__lt=ends, ends_at__gt=at).values("person")
    coming = CallUp.objects.filter(week=on.week, person__languages__overlap=sorted(languages)).coming()
    free = coming.exclude(person__in=busy).exclude(person__in=away)
    return free.select_related("person").order_by("person__name", "pk")
