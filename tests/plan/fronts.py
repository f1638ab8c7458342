"""A front week of two weeks, Monday to Friday, a while from now; no public holiday in it."""

from datetime import date, timedelta

from django.utils import timezone

from firsthand.people.models import Person, Role
from firsthand.plan import actions, holidays
from firsthand.plan.models import CallUp, FrontWeek
from tests import world

DAY = timedelta(days=1)


def monday(after: int = 14) -> date:
    """The first Monday so many days from now that begins two weeks without a public holiday."""
    day = timezone.localdate() + after * DAY
    while day.weekday() or holidays.between(day, day + 12 * DAY):
        day += DAY
    return day


def week(name: str = "Autumn", first: date | None = None, **more) -> FrontWeek:
    first = first or monday()
    return actions.make(name, first, first + 11 * DAY, by=world.otto(), **more)


def helpers(many: int) -> list[Person]:
    return Person.objects.bulk_create(
        Person(
            email=f"helper{n}@firnlicht.example",
            name=f"Helper {n:04}",
            roles=[Role.HELPER.value],
            languages=[["de"], ["fr"], ["it", "de"]][n % 3],
            password="!",
        )
        for n in range(many)
    )


def called(week: FrontWeek, person: Person) -> CallUp:
    actions.call_up(week, [person], by=world.otto())
    return CallUp.objects.get(week=week, person=person)
