"""What somebody sees of their own front week. A colleague's answer, wishes and absences are never in here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from django.db.models.functions import Now
from django.http import Http404
from django.utils import timezone

from firsthand.kernel import typed
from firsthand.people.models import Person
from firsthand.plan.models import Absence, Assignment, CallUp, FrontWeek, Shift, Swap, Wish
from firsthand.plan.queries import away, feeds, roster, swaps, weeks


@dataclass(frozen=True)
class Cell:
    shift: Shift
    wish: str
    away: bool  # an absence lies on it


@dataclass(frozen=True)
class Day:
    day: date
    cells: Sequence[Cell | None]  # morning, afternoon; None: nobody answers then


@dataclass(frozen=True)
class Mine:
    """One person's front week. `week` None: none is planned."""

    week: FrontWeek | None
    others: Sequence[FrontWeek]  # further weeks they are called up for
    callup: CallUp | None
    open: bool
    until: date | None
    welcome: bool  # may volunteer
    days: Sequence[Day]
    absences: Sequence[Absence]
    rostered: Sequence[Assignment] = ()  # by the roster that holds
    asked: Sequence[Swap] = ()
    feed: bool = False

    @cached_property
    def away(self) -> frozenset[int]:
        """Half-days that are theirs although they are away."""
        return away.of(self.rostered, self.absences)

    @property
    def asks_wishes(self) -> bool:
        """Once the time is over, only what somebody has wished is still worth showing."""
        wished = any(cell and (cell.wish or cell.away) for day in self.days for cell in day.cells)
        return bool(self.days) and (self.open or wished)

    @property
    def now(self) -> datetime:
        return timezone.now()


def mine(person: Person, pk: int | None = None) -> Mine:
    coming = list(FrontWeek.objects.filter(ends_on__gte=timezone.localdate()).order_by("starts_on"))
    callups = {one.week_id: one for one in CallUp.objects.filter(person=person, week__in=coming)}
    week = _chosen(coming, callups, pk)
    absences = list(Absence.objects.filter(person=person, ends_at__gte=Now()))
    if week is None:
        return Mine(None, [], None, False, None, False, [], absences)
    callup = callups.get(week.pk)
    open_now = weeks.open_for_answers(week)
    return Mine(
        week=week,
        others=[one for one in coming if one != week and one.pk in callups],
        callup=callup,
        open=open_now,
        until=weeks.answer_until(week) if open_now else week.answers_until,
        welcome=callup is None and open_now and week.volunteers_welcome and person.answers,
        days=_days(week, callup, absences) if callup and callup.answer in ("yes", "none") else [],
        absences=absences,
        rostered=roster.mine(person, week),
        asked=swaps.asked(person),
        feed=feeds.has_feed(person),
    )


def _chosen(coming: Sequence[FrontWeek], callups: dict[int, CallUp], pk: int | None) -> FrontWeek | None:
    if pk is not None:
        found = next((week for week in coming if week.pk == pk), None)
        if found is None:
            raise Http404
        return found
    return next((week for week in coming if week.pk in callups), coming[0] if coming else None)


def _days(week: FrontWeek, callup: CallUp, absences: Sequence[Absence]) -> list[Day]:
    wishes = dict(Wish.objects.filter(callup=callup).values_list("shift", "kind"))
    found: dict[date, dict[str, Cell]] = {}
    for shift in Shift.objects.filter(week=week):
        away = any(one.starts_at < shift.ends_at and one.ends_at > shift.starts_at for one in absences)
        found.setdefault(shift.day, {})[shift.part] = Cell(shift, wishes.get(shift.pk, ""), away)
    return [Day(day, [cells.get("morning"), cells.get("afternoon")]) for day, cells in sorted(found.items())]


def own_callup_for(person: Person, week_pk: int) -> CallUp:
    found = CallUp.objects.filter(person=person, week=week_pk).select_related("week").first()
    if found is None:
        raise Http404
    return found


def open_week_for(person: Person, pk: int) -> FrontWeek:
    """A front week that is not over: everybody of the house may know of it."""
    week = FrontWeek.objects.filter(pk=pk, ends_on__gte=timezone.localdate()).first()
    if week is None:
        raise Http404
    return week


def shift_of(callup: CallUp, pk: str) -> Shift:
    shift = Shift.objects.filter(pk=typed.key(pk), week=callup.week_id).first()
    if shift is None:
        raise Http404
    return shift


def own_absence_for(person: Person, pk: int) -> Absence:
    absence = Absence.objects.filter(pk=pk, person=person).first()
    if absence is None:
        raise Http404
    return absence


@dataclass(frozen=True)
class Next:
    """The one thing about the front week that stands on somebody's start page."""

    week: FrontWeek
    until: date | None  # please answer until
    works: Assignment | None  # when they answer next
    wait: bool  # answered; the roster comes later


def coming_up(person: Person) -> Next | None:
    """What is next for somebody: an answer that is owed, or a half-day in a published roster."""
    callup = (
        CallUp.objects.coming()
        .filter(person=person, week__ends_on__gte=timezone.localdate())
        .select_related("week")
        .order_by("week__starts_on")
        .first()
    )
    if callup is None:
        return None
    week, roster = callup.week, weeks.published(callup.week)
    now: datetime = timezone.now()
    rows = Assignment.objects.filter(roster=roster, person=person, ends_at__gt=now)
    works = rows.select_related("shift", "room", "training").order_by("starts_at").first() if roster else None
    owed = callup.answer == CallUp.Answer.NONE and weeks.open_for_answers(week)
    if not (works or owed or roster is None):
        return None
    return Next(week, weeks.answer_until(week) if owed else None, works, not works and not owed)
