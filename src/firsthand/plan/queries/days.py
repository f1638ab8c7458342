"""The days of a front week as a grid, its rooms and its training days."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from django.db.models import Count
from django.http import Http404

from firsthand.people.models import Person
from firsthand.plan import holidays
from firsthand.plan.models import Assignment, FrontWeek, Part, Room, Shift, Training, Wish
from firsthand.plan.pure import half_days
from firsthand.plan.queries import weeks


@dataclass(frozen=True)
class Half:
    part: str
    label: str
    on: bool
    wishes: int  # that would go with it


@dataclass(frozen=True)
class Day:
    day: date
    holiday: str
    halves: Sequence[Half]

    @property
    def weekend(self) -> bool:
        return self.day.weekday() >= 5


@dataclass(frozen=True)
class Days:
    weeks: Sequence[Sequence[Day]]  # a calendar week each
    half_days: int
    rooms: Sequence[Room]
    trainings: Sequence[Training]
    seats: int
    taken: dict[int, int]  # training → people, in the roster that is published

    @property
    def languages(self) -> int:
        return len({room.language for room in self.rooms})


def days(week: FrontWeek) -> Days:
    worked = {(shift.day, shift.part): shift.pk for shift in Shift.objects.filter(week=week)}
    wishes = dict(
        Wish.objects.filter(shift__week=week).values_list("shift").annotate(n=Count("pk")).order_by()
    )
    closed = holidays.between(week.starts_on, week.ends_on)

    def halves(day: date) -> list[Half]:
        return [
            Half(
                part.value,
                str(part.label),
                (day, part.value) in worked,
                wishes.get(worked.get((day, part.value)), 0),
            )
            for part in Part
        ]

    every = [
        Day(day, closed.get(day, ""), halves(day)) for day in half_days.days(week.starts_on, week.ends_on)
    ]
    rooms = list(Room.objects.filter(week=week))
    return Days(
        weeks=[list(group) for _, group in groupby(every, key=lambda one: half_days.monday(one.day))],
        half_days=len(worked),
        rooms=rooms,
        trainings=list(Training.objects.filter(week=week)),
        seats=sum(room.seats for room in rooms),
        taken=_taken(week),
    )


def _taken(week: FrontWeek) -> dict[int, int]:
    rows = Assignment.objects.filter(roster=weeks.published(week), training__isnull=False)
    return dict(rows.values_list("training").annotate(n=Count("pk")).order_by())


def room_for(organiser: Person, pk: int) -> Room:
    room = Room.objects.select_related("week").filter(pk=pk).first()
    if room is None or not weeks.week_for(organiser, room.week_id):
        raise Http404
    return room


def training_for(organiser: Person, pk: int) -> Training:
    training = Training.objects.select_related("week").filter(pk=pk).first()
    if training is None or not weeks.week_for(organiser, training.week_id):
        raise Http404
    return training


def around(week: FrontWeek, by: timedelta) -> tuple[date, date]:
    """The week and what lies around it: its training days, and one day more at the end."""
    first = Training.objects.filter(week=week).order_by("day").values_list("day", flat=True).first()
    return min(week.starts_on - by, first or week.starts_on), week.ends_on + by + timedelta(days=1)
