"""A small planned week: two days, two half-days each, German and French, everything by hand."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from django.utils import timezone

from firsthand.people.models import Person, Role
from firsthand.plan.models import (
    Absence,
    Assignment,
    CallUp,
    Forecast,
    ForecastValue,
    FrontWeek,
    Need,
    Queue,
    Requirement,
    Room,
    Roster,
    Shift,
    WeekRules,
)
from firsthand.plan.models.forecasts import State
from tests import world

SURNAME = " Muster"
HALVES = {"morning": (8, 13), "afternoon": (13, 18)}


def forget() -> None:
    """Every front week and what hangs on it, where a house stands through many tests; who was called up for it
    works here no longer."""
    for model in (Assignment, Roster, FrontWeek, Absence):
        model.objects.all().delete()
    Person.objects.filter(name__endswith=SURNAME).update(is_active=False)


def at(day: date, hour: float) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(int(hour), round(hour % 1 * 60))))


def monday() -> date:
    """Next week's, so that the days lie ahead whatever day it is today."""
    today = timezone.localdate()
    return today + timedelta(days=7 - today.weekday())


def week(days: int = 2, **rules: int) -> FrontWeek:
    first = monday()
    made = FrontWeek.objects.create(name="Herbst", starts_on=first, ends_on=first + timedelta(days=days - 1))
    WeekRules.objects.create(week=made, **{"shrinkage_percent": 0, **rules})
    for number in range(days):
        day = first + timedelta(days=number)
        for part, (begins, ends) in HALVES.items():
            Shift.objects.create(
                week=made, day=day, part=part, starts_at=at(day, begins), ends_at=at(day, ends)
            )
    Room.objects.create(week=made, name="Säntis", language="de", seats=12)
    Room.objects.create(week=made, name="Léman", language="fr", seats=4)
    return made


def forecast(for_week: FrontWeek) -> Forecast:
    made: Forecast = Forecast.objects.create(
        first=for_week.starts_on, last=for_week.ends_on, state=State.DONE, history_until=timezone.localdate()
    )
    return made


def need(for_week: FrontWeek, needed: dict[str, tuple[int, int, int]], *, specialists: int = 1) -> Need:
    """The same in every half-hour of every day: at the desks, on a quiet, an ordinary and a busy day."""
    expected = forecast(for_week)
    made: Need = Need.objects.create(week=for_week, forecast=expected, state=State.DONE, progress=100)
    for language, (low, mid, high) in needed.items():
        queue, _new = Queue.objects.get_or_create(code=language, language=language, name=language)
        for day in sorted({shift.day for shift in for_week.shifts.all()}):
            for half in range(20):
                begins = at(day, 8 + half / 2)
                same = {"starts_at": begins, "minutes": 30}
                Requirement.objects.create(
                    need=made,
                    language=language,
                    calls=mid * 4,
                    helpers=mid,
                    helpers_low=low,
                    helpers_high=high,
                    specialists=specialists,
                    erlang_c=mid,
                    erlang_a=mid - 1,
                    service_level=0.83,
                    reason="consults",
                    **same,
                )
                ForecastValue.objects.create(
                    forecast=expected,
                    queue=queue,
                    mean=mid * 4,
                    low=mid * 3,
                    mid=mid * 4,
                    high=mid * 5,
                    aht_seconds=300,
                    **same,
                )
    return made


def roster(for_week: FrontWeek, *, published: bool = True) -> Roster:
    made: Roster = Roster.objects.create(
        week=for_week, state=State.DONE, published_at=timezone.now() if published else None
    )
    return made


def rostered(
    on: Roster, language: str, number: int, parts: tuple[str, ...] = ("morning", "afternoon")
) -> list[Person]:
    """So many people in the room of this language on every half-day of these parts."""
    people = [
        world.person(f"{language.upper()}{each}{SURNAME}", Role.HELPER, languages=[language])
        for each in range(number)
    ]
    room = Room.objects.get(week=on.week, language=language)
    for one in people:
        one.is_active = True  # again, after `forget`
        one.save(update_fields=["is_active"])
        CallUp.objects.create(week=on.week, person=one, kind=CallUp.Kind.DIVISION, answer=CallUp.Answer.YES)
        for shift in on.week.shifts.filter(part__in=parts):
            seated(on, one, shift, room)
    return people


def seated(on: Roster, person: Person, shift: Shift, room: Room) -> Assignment:
    """Answers on this half-day in this room."""
    made: Assignment = Assignment.objects.create(
        roster=on,
        person=person,
        shift=shift,
        room=room,
        duty=Assignment.Duty.ANSWERS,
        starts_at=shift.starts_at,
        ends_at=shift.ends_at,
    )
    return made
