"""What Firnlicht has planned: two years of calls behind it, this autumn's events, the weeks and who comes.

How many it takes and who works when is not made up here: the planner works it out, as at any insurer.
"""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from datetime import date, time, timedelta
from random import Random

from django.db import transaction
from django.db.models import Max
from django.utils.timezone import get_default_timezone, localdate
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from firsthand.home.demo.people import DAYS
from firsthand.home.pure import seasons
from firsthand.kernel.refusal import Refusal
from firsthand.people.models import Person, Role
from firsthand.plan import actions as plan
from firsthand.plan.actions import forecasting, importing, needs, rostering
from firsthand.plan.actions.half_days import set_rules
from firsthand.plan.models import (
    Absence,
    CallUp,
    Event,
    FrontWeek,
    Queue,
    Shift,
    Volume,
    Wish,
)
from firsthand.plan.pure import public_holidays

YEARS = 2
# Of forty people's size: calls on a plain day and an advisor's seconds for one, by language.
QUEUES = {
    "de": ("Deutsch", seasons.Season(125, 300)),
    "fr": ("Français", seasons.Season(30, 310)),
    "it": ("Italiano", seasons.Season(11, 310)),
}


def queues() -> dict[str, Queue]:
    made = Queue.objects.bulk_create(
        Queue(code=code, name=name, language=code) for code, (name, _season) in QUEUES.items()
    )
    return {queue.code: queue for queue in made}


def volumes(
    counted: dict[str, Queue], until: date, *, by: Person, years: int = YEARS, first: date | None = None
) -> int:
    """The half-hours of two years up to yesterday: how many rows."""
    first = first or until.replace(year=until.year - years, day=min(until.day, 28))
    zone = get_default_timezone()
    closed = public_holidays.between("CH-ZH", first, until)
    rows = [
        (
            *(counted[code].pk, one.starts_at, seasons.MINUTES),
            *(one.offered, one.answered, one.abandoned, one.aht_seconds),
        )
        for number, (code, (_name, season)) in enumerate(QUEUES.items())
        for one in seasons.drawn(
            season, first, until, closed=closed, zone=zone, seed=1912 + number + first.toordinal()
        )
    ]
    made = importing.take(rows, "demo", by=by)
    return made.rows if made else 0


def events(today: date, *, by: Person) -> None:
    """The autumns of the past, from which their shape is learnt, and the one that is on."""
    for year in range(today.year - YEARS, today.year + 1):
        announced, letters = seasons.announced(year), seasons.letters(year)
        deadline = seasons.last_day_to_cancel(year)
        Event.objects.bulk_create(
            Event(kind=kind, name=name, first=first, last=last, by=by)
            for kind, name, first, last in (
                (Event.Kind.ANNOUNCEMENT, "Prämien werden bekannt", *announced),
                (Event.Kind.LETTERS, "Prämienbriefe", *letters),
                (Event.Kind.DEADLINE, "Kündigungsfrist", deadline - timedelta(days=9), deadline),
            )
        )


ROOMS = (("Säntis", "de", 14), ("Léman", "fr", 7), ("Ceresio", "it", 4))
HOURS = {
    "morning_from": time(8),
    "morning_to": time(13),
    "afternoon_from": time(13),
    "afternoon_to": time(18),
}
JOB = "demo.plan"
SEARCHED = 10  # seconds
CORE = (Role.ADVISOR, Role.SPECIALIST)  # all year; in the front week for more half-days than the others


def weeks(today: date, people: Sequence[Person], rng: Random, *, by: Person) -> FrontWeek:
    """Last year's and this year's: called up, answered, with wishes; the roster is the planner's."""
    before = plan.make(f"Herbst {today.year - 1}", *_days(today - timedelta(weeks=52)), by=by)
    set_rules(before, by=by, **HOURS)
    for name, language, seats in ROOMS:
        plan.put_room(before, by=by, name=name, language=language, seats=seats)
    answering = sorted((one for one in people if one.answers), key=lambda one: one.email)
    plan.call_up(before, rng.sample(answering, len(answering) * 2 // 3), by=by)
    CallUp.objects.filter(week=before).update(answer=CallUp.Answer.YES)
    week = plan.make(f"Herbst {today.year}", *_days(today), by=by, after=before)
    plan.put_training(week, by=by, day=_training_day(week), language="de", seats=6, place="Saal 2")
    plan.call_up(week, answering, by=by)
    _answers(week, rng)
    return week


def _days(today: date) -> tuple[date, date]:
    return today - timedelta(days=1), today + timedelta(days=DAYS)


def _training_day(week: FrontWeek) -> date:
    """The first day of the week on which anybody works: who is new answers from the next on."""
    days = Shift.objects.filter(week=week, day__gte=localdate()).values_list("day", flat=True)
    return days.order_by("day").first() or week.starts_on


def _answers(week: FrontWeek, rng: Random) -> None:
    """Nearly all come; some have wishes, a few are away for a day."""
    shifts = list(Shift.objects.filter(week=week).order_by("starts_at"))
    wishes, absences = [], []
    for one in CallUp.objects.filter(week=week).select_related("person").order_by("person__email"):
        core = one.person.has_role(*CORE)
        one.answer = CallUp.Answer.YES if core or rng.random() < 0.9 else CallUp.Answer.NONE
        one.least_shifts, one.most_shifts = (6, 8) if core else (None, None)
        one.save()
        if not core and rng.random() < 0.5:
            for shift in rng.sample(shifts, min(4, len(shifts))):
                kind = rng.choice([Wish.Kind.GLADLY, Wish.Kind.RATHER_NOT])
                wishes.append(Wish(callup=one, shift=shift, kind=kind))
        if not core and rng.random() < 0.2:
            away = rng.choice(shifts)
            absences.append(Absence(person=one.person, starts_at=away.starts_at, ends_at=away.ends_at))
    Wish.objects.bulk_create(wishes)
    Absence.objects.bulk_create(absences)


def go_on(week: FrontWeek, today: date, ends: date, *, by: Person) -> None:
    """The house was started again days later: the week has more days, and the days between were busy too."""
    plan.change(
        week,
        week.name,
        week.starts_on,
        ends,
        by=by,
        answers_until=week.answers_until,
        volunteers_welcome=week.volunteers_welcome,
    )
    since = Volume.objects.aggregate(last=Max("starts_at"))["last"]
    counted = {queue.code: queue for queue in Queue.objects.filter(code__in=QUEUES)}
    if since and counted and (first := localdate(since) + timedelta(days=1)) < today:
        volumes(counted, today - timedelta(days=1), by=by, first=first)
    have_it_planned()


def have_it_planned() -> None:
    """In the building transaction: the planner takes it up once the house stands. Asked twice, once."""
    with contextlib.suppress(AlreadyEnqueued), transaction.atomic():
        app.configure_task(JOB, queue="plan", queueing_lock=JOB).defer()


def plan_it(*, by: Person | None = None) -> bool:
    """Forecast, need, roster, published: what an organiser would press one after the other. False: no demo here.

    Stops where something stands in its way: what is there already stays.
    """
    week = FrontWeek.objects.filter(ends_on__gte=localdate()).order_by("starts_on").first()
    if week is None:
        return False
    from firsthand.plan.actions import reckoning  # the simulation: only where it is played

    with contextlib.suppress(Refusal):
        forecasting.run(forecasting.start(by=by).pk)
    with contextlib.suppress(Refusal):
        reckoning.run(needs.reckon(week, by=by).pk)
        roster = rostering.work_out(week, seconds=SEARCHED, by=by)
        rostering.run(roster.pk)
        rostering.publish(roster, by=by or Person.objects.get(email="otto@firnlicht.example"))
        # Once more, now that it is known who sits there: what callers would meet.
        reckoning.run(needs.reckon(week, by=by).pk)
    return True
