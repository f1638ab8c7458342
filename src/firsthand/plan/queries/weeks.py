"""The front weeks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone

from firsthand.people.models import Person, Role
from firsthand.plan.models import FrontWeek, Need, Part, Roster, Shift, State, WeekRules, Wish


@dataclass(frozen=True)
class Weeks:
    """Every front week, by where it stands to today."""

    now: FrontWeek | None
    next: Sequence[FrontWeek]
    past: Sequence[FrontWeek]

    @property
    def none(self) -> bool:
        return not (self.now or self.next or self.past)


def front_week(on: date) -> FrontWeek | None:
    """The front week a day belongs to: at most one, for they do not overlap."""
    return FrontWeek.objects.filter(starts_on__lte=on, ends_on__gte=on).first()


def next_week(on: date) -> FrontWeek | None:
    """The front week that is on, or the one that comes next."""
    return FrontWeek.objects.filter(ends_on__gte=on).order_by("starts_on").first()


def weeks() -> Weeks:
    today = timezone.localdate()
    found = list(FrontWeek.objects.order_by("starts_on"))
    return Weeks(
        now=next((week for week in found if week.starts_on <= today <= week.ends_on), None),
        next=[week for week in found if week.starts_on > today],
        past=[week for week in reversed(found) if week.ends_on < today],
    )


def weeks_newest_first() -> QuerySet[FrontWeek]:
    return FrontWeek.objects.order_by("-starts_on")


def locked(week: FrontWeek) -> FrontWeek:
    """As it stands now, for whoever changes it: two organisers do so one after the other, a transaction each."""
    return get_object_or_404(FrontWeek.objects.select_for_update(), pk=week.pk)


def week_for(person: Person, pk: int) -> FrontWeek:
    week = FrontWeek.objects.select_related("after").filter(pk=pk).first()
    if week is None or not person.has_role(Role.ORGANISER):
        raise Http404
    return week


def before(week: FrontWeek) -> FrontWeek | None:
    """The year before: the one it was made from, else the last that was over when it begins."""
    if week.after_id:
        return week.after
    return FrontWeek.objects.filter(ends_on__lt=week.starts_on).order_by("-ends_on").first()


def rules_of(week: FrontWeek) -> WeekRules:
    """The usual rules where none were set yet; they are not saved by asking."""
    return WeekRules.objects.filter(week=week).first() or WeekRules(week=week)


def times(rules: WeekRules) -> tuple[time, ...]:
    return rules.morning_from, rules.morning_to, rules.afternoon_from, rules.afternoon_to


def hours(rules: WeekRules, day: date, part: str) -> tuple[datetime, datetime]:
    """From when to when a half-day goes, by the insurer's clock; `part` empty: the whole day."""
    morning_from, morning_to, afternoon_from, afternoon_to = times(rules)
    begins = afternoon_from if part == Part.AFTERNOON else morning_from
    ends = morning_to if part == Part.MORNING else afternoon_to
    zone = timezone.get_default_timezone()
    return datetime.combine(day, begins, zone), datetime.combine(day, ends, zone)


def outside(week: FrontWeek, starts_on: date, ends_on: date) -> list[Shift]:
    """The half-days that would fall away if the week had these days."""
    fits = {"day__gte": starts_on, "day__lte": ends_on}
    return list(Shift.objects.filter(week=week).exclude(**fits))


def wishing(shifts: Sequence[Shift]) -> int:
    """How many people wished something for one of these half-days."""
    return Wish.objects.filter(shift__in=shifts).values("callup").distinct().count()


def published(week: FrontWeek) -> Roster | None:
    """Of the published rosters the newest holds."""
    found = Roster.objects.filter(week=week).exclude(published_at=None)
    return found.order_by("-published_at").first()


def need_of(week: FrontWeek) -> Need | None:
    """The newest reckoning as it stands: a what-if does not count."""
    return Need.objects.filter(week=week, state=State.DONE, changes={}).order_by("-at").first()


def open_for_answers(week: FrontWeek) -> bool:
    """Whether somebody may still sign up, decline, wish."""
    today = timezone.localdate()
    if week.ends_on < today:
        return False
    return today <= week.answers_until if week.answers_until else published(week) is None


def answer_until(week: FrontWeek) -> date:
    """The day that is named to colleagues: as the organiser set it, else the last day before the week."""
    return week.answers_until or week.starts_on - timedelta(days=1)
