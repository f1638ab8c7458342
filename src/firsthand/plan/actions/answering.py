"""What a colleague says about their own front week: I come, rather mornings, I am away then."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from firsthand.journal import actions as journal
from firsthand.kernel.refusal import Refusal
from firsthand.people.models import Person
from firsthand.plan import nudges, queries
from firsthand.plan.actions import leaving
from firsthand.plan.models import Absence, CallUp, FrontWeek, Shift, Wish
from firsthand.plan.pure import calendars

AROUND = timedelta(days=21)  # training days before the week, a day moved after it
MOST_ABSENCES = 400  # a person's own; more is no calendar of one front week
LONGEST = timedelta(days=366)


class AnswersClosed(Refusal):
    says = _(
        "The time to answer is over. Nothing was changed: speak with the organiser, who can still change it."
    )


class NoVolunteers(Refusal):
    says = _("This front week takes no volunteers. Nothing was changed.")


class EndsBeforeItStarts(Refusal):
    says = _("The end lies before the beginning. Nothing was saved: turn them round.")


class TooLong(Refusal):
    says = _("An absence is entered for a year at most. Nothing was saved: choose a nearer end.")


class TooMany(Refusal):
    says = _("There are very many absences already. Nothing was saved: enter one longer stretch instead.")


class CalendarUnread(Refusal):
    """Nothing of the file was kept."""

    SAYS: Mapping[str, object] = {
        "size": _(
            "The file is larger than 3 MB. Nothing was read: export only the weeks around the front week."
        ),
        "empty": _("The file is empty. Nothing was read: export your calendar again."),
        "calendar": _(
            "This is no calendar file (.ics). Nothing was read: export your calendar as iCalendar."
        ),
        "events": _("There are too many entries in this file. Nothing was read: export a shorter time."),
    }

    def __init__(self, why: str) -> None:
        super().__init__(str(self.SAYS[why]))


@transaction.atomic
def answer(callup: CallUp, *, coming: bool, by: Person) -> None:
    """Yes or no; a no needs no reason and none is kept. What one would have worked is open again."""
    queries.locked(callup.week)  # not while a roster of it is published
    _open(callup.week)
    said = CallUp.Answer.YES if coming else CallUp.Answer.NO
    rows = CallUp.objects.filter(pk=callup.pk, person=by).exclude(answer=CallUp.Answer.EXCUSED)
    rows.update(answer=said, answered_at=Now())
    journal.record("answered", callup, by=by, coming=coming)
    if not coming:
        leaving.open_again(callup.week, by, by=by)
    nudges.callup(callup)


@transaction.atomic
def volunteer(week: FrontWeek, *, by: Person) -> CallUp:
    """Come of one's own will. Whoever is called up already says yes with it."""
    _open(week)
    there = CallUp.objects.filter(week=week, person=by).first()
    if there is None and not (week.volunteers_welcome and by.answers):
        raise NoVolunteers
    callup, _new = CallUp.objects.get_or_create(
        week=week,
        person=by,
        defaults={"kind": CallUp.Kind.VOLUNTEER, "returner": by.pk in queries.was_there(week)},
    )
    answer(callup, coming=True, by=by)
    return callup


@transaction.atomic
def wish(callup: CallUp, shift: Shift, kind: str, *, by: Person) -> None:
    """Gladly, rather not, cannot, for one half-day; empty: any way."""
    _open(callup.week)
    mine = Wish.objects.filter(callup=callup, callup__person=by, shift=shift)
    if kind in Wish.Kind.values:
        Wish.objects.update_or_create(callup=callup, shift=shift, defaults={"kind": kind})
    else:
        mine.delete()
    nudges.callup(callup)


@transaction.atomic
def be_absent(first: date, last: date, *, by: Person, part: str = "") -> Absence:
    """Whole days, both included; with `part` that half of them. Why is not asked."""
    if last < first:
        raise EndsBeforeItStarts
    if last - first > LONGEST:
        raise TooLong
    if Absence.objects.filter(person=by).count() >= MOST_ABSENCES:
        raise TooMany
    zone, noon = timezone.get_default_timezone(), time(12, 30)
    starts = datetime.combine(first, noon if part == "afternoon" else time(), zone)
    ends = (
        datetime.combine(last, noon, zone)
        if part == "morning"
        else datetime.combine(last + timedelta(days=1), time(), zone)
    )
    absence = Absence.objects.create(person=by, starts_at=starts, ends_at=ends)
    journal.record("absence", absence, by=by)
    _tell(by)
    return absence


@transaction.atomic
def be_there_after_all(absence: Absence, *, by: Person) -> None:
    gone, _kinds = Absence.objects.filter(pk=absence.pk, person=by).delete()
    if gone:
        journal.record("absence gone", absence, by=by)
        _tell(by)


@transaction.atomic
def forget_calendar(*, by: Person) -> None:
    """What was read from a calendar; what was entered by hand stays."""
    Absence.objects.filter(person=by, source=Absence.Source.CALENDAR).delete()
    journal.record("calendar forgotten", by, by=by)
    _tell(by)


def read_calendar(week: FrontWeek, data: bytes, *, by: Person) -> calendars.Read:
    """Keep when their calendar says busy around this week; a later file takes the place of an earlier one."""
    zone = timezone.get_default_timezone()
    since, until = (datetime.combine(day, time(), zone) for day in queries.around(week, AROUND))
    try:
        read = calendars.busy(data, since, until, zone)
    except calendars.Unreadable as error:
        raise CalendarUnread(str(error)) from error
    if len(read.busy) > MOST_ABSENCES:
        raise CalendarUnread("events")
    _replace(read, since, until, by)
    return read


@transaction.atomic
def _replace(read: calendars.Read, since: datetime, until: datetime, by: Person) -> None:
    # Two files of one person at the same moment: one after the other, or both would stay.
    Person.objects.select_for_update(no_key=True).get(pk=by.pk)
    earlier = Absence.objects.filter(person=by, source=Absence.Source.CALENDAR)
    earlier.filter(starts_at__lt=until, ends_at__gt=since).delete()
    Absence.objects.bulk_create(
        Absence(person=by, starts_at=begin, ends_at=end, source=Absence.Source.CALENDAR)
        for begin, end in read.busy
    )
    journal.record("calendar read", by, by=by, stretches=len(read.busy))
    _tell(by)


def _open(week: FrontWeek) -> None:
    if not queries.open_for_answers(week):
        raise AnswersClosed


def _tell(person: Person) -> None:
    weeks = CallUp.objects.filter(person=person).values_list("week", flat=True)
    nudges.shifts([person.pk], weeks=weeks)
