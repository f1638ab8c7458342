"""The half-days of a front week: which are worked, and from when to when."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import date, timedelta

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from firsthand.journal import actions as journal
from firsthand.kernel.refusal import Refusal
from firsthand.people.models import Person
from firsthand.plan import holidays, nudges, queries
from firsthand.plan.models import Assignment, FrontWeek, Part, Shift, Training, WeekRules
from firsthand.plan.pure import half_days as pure

ASIDE = timedelta(days=36_500)


class SomebodyWorks(Refusal):
    says = _(
        "Somebody works on this half-day in the published roster. Nothing was changed. Take them out of the "
        "roster first."
    )


class NotInThisWeek(Refusal):
    says = _("This day is not in the front week. Nothing was changed.")


class HoursArePublished(Refusal):
    says = _(
        "The roster of this front week is published: people count on its hours. The hours stay as they were and "
        "nothing was saved. Change the other rules alone."
    )


@transaction.atomic
def work(week: FrontWeek, day: date, part: str, *, by: Person) -> Shift:
    """The phones are answered on this half-day. Said twice, once."""
    locked = queries.locked(week)
    if not locked.starts_on <= day <= locked.ends_on or part not in Part.values:
        raise NotInThisWeek
    rules = queries.rules_of(week)
    starts_at, ends_at = queries.hours(rules, day, part)
    shift, made = Shift.objects.get_or_create(
        week=week, day=day, part=part, defaults={"starts_at": starts_at, "ends_at": ends_at}
    )
    if made:
        journal.record("half-day on", week, by=by, day=day.isoformat(), part=part)
        nudges.week(week.pk)
    return shift


@transaction.atomic
def rest(week: FrontWeek, day: date, part: str, *, by: Person) -> None:
    """Nobody answers on this half-day: wishes for it and drafts of it go with it."""
    queries.locked(week)
    shifts = list(Shift.objects.filter(week=week, day=day, part=part))
    if shifts:
        remove(shifts)
        journal.record("half-day off", week, by=by, day=day.isoformat(), part=part)
        nudges.week(week.pk)


@transaction.atomic
def set_rules(week: FrontWeek, *, by: Person, **values: object) -> WeekRules:
    """What the week promises. New hours move its half-days and training days along."""
    queries.locked(week)
    rules = queries.rules_of(week)
    before = queries.times(rules)
    for name, value in values.items():
        setattr(rules, name, value)
    if queries.times(rules) != before:
        if queries.published(week):
            raise HoursArePublished
        retime(week, rules)
    rules.save()
    journal.record("rules", week, by=by)
    nudges.week(week.pk)
    return rules


def remove(shifts: Sequence[Shift], *, by: Person | None = None) -> None:
    """In the caller's transaction. A draft loses those half-days; what is published is refused."""
    placed = Assignment.objects.filter(shift__in=shifts)
    if placed.exclude(roster__published_at=None).exists():
        raise SomebodyWorks
    placed.delete()
    Shift.objects.filter(pk__in=[shift.pk for shift in shifts]).delete()


def add(week: FrontWeek, wanted: Iterable[pure.HalfDay], *, by: Person | None = None) -> None:
    """In the caller's transaction; what is there already stays."""
    rules = queries.rules_of(week)
    rows = []
    for day, part in wanted:
        starts_at, ends_at = queries.hours(rules, day, part)
        rows.append(Shift(week=week, day=day, part=part, starts_at=starts_at, ends_at=ends_at))
    Shift.objects.bulk_create(rows, ignore_conflicts=True)


def fill_up(week: FrontWeek, before: FrontWeek, *, by: Person | None = None) -> None:
    """The days that a week has gained are worked as usual; those it had stay as somebody made them."""
    new = [day for day in pure.days(week.starts_on, week.ends_on) if not _within(day, before)]
    if new:
        closed: Collection[date] = holidays.between(week.starts_on, week.ends_on)
        add(week, ((day, part) for day in new for part in pure.usual(day, closed)))


def retime(week: FrontWeek, rules: WeekRules, *, by: Person | None = None) -> None:
    """In the caller's transaction: half-days, training days and drafts at the hours of the rules."""
    shifts = list(Shift.objects.filter(week=week))
    trainings = list(Training.objects.filter(week=week))
    moved: list[Shift | Training] = [*shifts, *trainings]
    for one in moved:
        one.starts_at, one.ends_at = queries.hours(rules, one.day, one.part)
    Shift.objects.bulk_update(shifts, ["starts_at", "ends_at"])
    Training.objects.bulk_update(trainings, ["starts_at", "ends_at"])
    placed = list(Assignment.objects.filter(roster__week=week).select_related("shift", "training"))
    for row in placed:
        at = row.shift or row.training
        if at is not None:
            row.starts_at, row.ends_at = queries.hours(rules, at.day, at.part)
    # Row by row a morning may reach into the afternoon that has not moved yet, and nobody is in two places: so all
    # step aside first.
    aside = {"starts_at": F("starts_at") + ASIDE, "ends_at": F("ends_at") + ASIDE}
    Assignment.objects.filter(roster__week=week).update(**aside)
    Assignment.objects.bulk_update(placed, ["starts_at", "ends_at"], batch_size=500)


def _within(day: date, week: FrontWeek) -> bool:
    return week.starts_on <= day <= week.ends_on
