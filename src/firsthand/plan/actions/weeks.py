"""Make, move and call off a front week."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from firsthand.journal import actions as journal
from firsthand.kernel.refusal import Refusal
from firsthand.live import bus
from firsthand.people.models import Person
from firsthand.plan import queries
from firsthand.plan.actions import copying, half_days
from firsthand.plan.models import Assignment, FrontWeek

LONGEST = 120  # days; the longest season known takes ten weeks


class EndsBeforeItStarts(Refusal):
    says = _("The last day lies before the first. Nothing was saved: turn them round.")


class TooLong(Refusal):
    says = _("A front week lasts 120 days at most. Nothing was saved: look at the years of both days.")


class Overlaps(Refusal):
    says = _("There is a front week on some of these days already. Nothing was saved: choose other days.")


class HasBegun(Refusal):
    says = _("This front week has begun. It can be shortened, not called off.")


class IsRostered(Refusal):
    says = _(
        "A roster of this front week is published: people count on it. Nothing was changed. Take the half-days "
        "out of the roster first."
    )


class WouldFallAway(Refusal):
    """More would go than the organiser was shown."""

    def __init__(self, half_days: int, wishes: int) -> None:
        lose = ngettext(
            "%(n)d half-day would fall away with these days.",
            "%(n)d half-days would fall away with these days.",
            half_days,
        )
        wished = ngettext(
            "With them goes what %(n)d colleague wished for them.",
            "With them goes what %(n)d colleagues wished for them.",
            wishes,
        )
        said = [
            lose % {"n": half_days},
            wished % {"n": wishes} if wishes else "",
            gettext("Nothing was saved yet."),
        ]
        super().__init__(" ".join(filter(None, said)))
        self.half_days = half_days


def make(
    name: str,
    starts_on: date,
    ends_on: date,
    *,
    by: Person | None,
    after: FrontWeek | None = None,
    answers_until: date | None = None,
) -> FrontWeek:
    """Call a front week. Both days belong to it. `after`: its rules, rooms, pattern and words are taken over."""
    week = FrontWeek(after=after, answers_until=answers_until)
    with _kept(week, name, starts_on, ends_on):
        week.save()
        copying.fill(week, after)
        details: dict[str, Any] = {"after": after.pk} if after else {}
        _journal("made", week, by, **details)
    return week


def change(
    week: FrontWeek,
    name: str,
    starts_on: date,
    ends_on: date,
    *,
    by: Person,
    answers_until: date | None,
    volunteers_welcome: bool,
    may_lose: int = 0,
) -> FrontWeek:
    """Other days: half-days that still fit stay as they are. `may_lose`: so many may fall away, no more."""
    with _kept(week, name, starts_on, ends_on):
        before = queries.locked(week)
        gone = queries.outside(week, starts_on, ends_on)
        if len(gone) > may_lose:
            raise WouldFallAway(len(gone), queries.wishing(gone))
        half_days.remove(gone)
        week.answers_until, week.volunteers_welcome = answers_until, volunteers_welcome
        week.save()
        half_days.fill_up(week, before)
        _journal("changed", week, by)
    return week


@transaction.atomic
def call_off(week: FrontWeek, *, by: Person) -> None:
    """Only before it begins: afterwards it is history. A published roster is taken back first."""
    if week.starts_on <= timezone.localdate():
        raise HasBegun
    queries.locked(week)
    if queries.published(week):
        raise IsRostered
    journal.record("called off", week, by=by)
    # Drafts hold on to the half-days they were made for; with the week both go.
    Assignment.objects.filter(roster__week=week).delete()
    week.rosters.all().delete()
    week.delete()
    bus.touch("weeks")


@contextmanager
def _kept(week: FrontWeek, name: str, starts_on: date, ends_on: date) -> Iterator[None]:
    """The database decides whether it overlaps: of two organisers at the same moment one is refused."""
    if ends_on < starts_on:
        raise EndsBeforeItStarts
    if (ends_on - starts_on).days >= LONGEST:
        raise TooLong
    week.name, week.starts_on, week.ends_on = name.strip(), starts_on, ends_on
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        if "front_weeks_do_not_overlap" not in str(error):
            raise
        raise Overlaps from error


def _journal(verb: str, week: FrontWeek, by: Person | None, **details: int) -> None:
    days = {"starts_on": week.starts_on.isoformat(), "ends_on": week.ends_on.isoformat()}
    journal.record(verb, week, by=by, **days, **details)
    bus.touch("weeks", f"week:{week.pk}")
