"""Make, move and call off a front week."""

from __future__ import annotations

from datetime import date

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from firsthand.journal import actions as journal
from firsthand.kernel.refusal import Refusal
from firsthand.live import bus
from firsthand.people.models import Person
from firsthand.plan.models import FrontWeek


class EndsBeforeItStarts(Refusal):
    says = _("The last day lies before the first. Nothing was saved: turn them round.")


class Overlaps(Refusal):
    says = _("There is a front week on some of these days already. Nothing was saved: choose other days.")


class HasBegun(Refusal):
    says = _("This front week has begun. It can be shortened, not called off.")


def make(name: str, starts_on: date, ends_on: date, *, by: Person | None) -> FrontWeek:
    """Call a front week. Both days belong to it."""
    return _keep(FrontWeek(), name, starts_on, ends_on, verb="made", by=by)


def change(week: FrontWeek, name: str, starts_on: date, ends_on: date, *, by: Person) -> FrontWeek:
    return _keep(week, name, starts_on, ends_on, verb="changed", by=by)


@transaction.atomic
def call_off(week: FrontWeek, *, by: Person) -> None:
    """Only before it begins: afterwards it is history."""
    if week.starts_on <= timezone.localdate():
        raise HasBegun
    journal.record("called off", week, by=by)
    week.delete()
    bus.touch("weeks")


def _keep(
    week: FrontWeek, name: str, starts_on: date, ends_on: date, *, verb: str, by: Person | None
) -> FrontWeek:
    """The database decides whether it overlaps: of two organisers at the same moment one is refused."""
    if ends_on < starts_on:
        raise EndsBeforeItStarts
    week.name, week.starts_on, week.ends_on = name.strip(), starts_on, ends_on
    try:
        with transaction.atomic():
            week.save()
            journal.record(verb, week, by=by, starts_on=starts_on.isoformat(), ends_on=ends_on.isoformat())
            bus.touch("weeks")
    except IntegrityError as error:
        if "front_weeks_do_not_overlap" not in str(error):
            raise
        raise Overlaps from error
    return week
