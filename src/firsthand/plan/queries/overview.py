"""Where a front week stands, and what the one before left behind."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from django.db.models import Count, Q
from django.utils import timezone

from firsthand.plan import registry
from firsthand.plan.models import Assignment, CallUp, FrontWeek, Mailing, Need, Post, Roster, Shift
from firsthand.plan.queries import people, weeks

SHOWN = 5


@dataclass(frozen=True)
class Before:
    """The front week before: what it took and who came, as far as it is known, and what is still open."""

    week: FrontWeek
    need: int | None  # half-days
    rostered: int | None
    came: int | None
    lessons: Sequence[registry.Lesson]
    more: int


@dataclass(frozen=True)
class Standing:
    """Each step in the order in which it is done; the first that is not is the next."""

    week: FrontWeek
    half_days: int
    rooms: int
    trainings: int
    numbers: people.Numbers
    letters: int  # called up but not written to yet
    failed: int
    need: Need | None
    roster: Roster | None  # published
    draft: Roster | None
    open: bool

    @cached_property
    def before(self) -> Before | None:
        """Asked for only by the page that shows it: the board of a year is long."""
        return _before(self.week)

    @property
    def prepared(self) -> bool:
        return bool(self.half_days and self.rooms)

    @property
    def everybody_trained(self) -> bool:
        known = self.numbers.trained
        return known is not None and self.numbers.coming > 0 and known >= self.numbers.expected

    @property
    def steps(self) -> dict[str, bool]:
        """Each step by its name, in order: whether it is done."""
        anybody = bool(self.numbers.called or self.numbers.volunteers)
        return {
            "days": self.prepared,
            "call": anybody,
            "letters": anybody and not self.letters and not self.failed,
            "answers": anybody and (not self.numbers.open or not self.open),
            "need": self.need is not None,
            "roster": self.roster is not None,
            "trained": self.everybody_trained,
        }

    @property
    def done(self) -> list[str]:
        return [name for name, finished in self.steps.items() if finished]

    @property
    def next(self) -> str:
        """The first step that is not done; empty: all of it is."""
        return next((name for name, finished in self.steps.items() if not finished), "")


def standing(week: FrontWeek) -> Standing:
    drafts = Roster.objects.filter(week=week, published_at=None).order_by("-at")
    written = Mailing.objects.filter(week=week, kind=Post.CALLUP)
    asked = CallUp.objects.filter(week=week, kind="division").exclude(answer="excused")
    counted = FrontWeek.objects.filter(pk=week.pk).aggregate(
        half_days=Count("shifts", distinct=True),
        rooms=Count("rooms", distinct=True),
        trainings=Count("trainings", distinct=True),
    )
    return Standing(
        week=week,
        **counted,
        numbers=people.numbers(week),
        letters=asked.exclude(person__in=written.values("person")).count(),
        failed=Mailing.objects.filter(Q(state="failed") | Q(state="sending"), week=week).count(),
        need=weeks.need_of(week),
        roster=weeks.published(week),
        draft=drafts.first(),
        open=weeks.open_for_answers(week),
    )


def _before(week: FrontWeek) -> Before | None:
    earlier = weeks.before(week)
    if earlier is None:
        return None
    roster = weeks.published(earlier)
    worked = Assignment.objects.filter(roster=roster).exclude(duty=Assignment.Duty.TRAINING)
    until = min(week.starts_on - timedelta(days=1), timezone.localdate())
    lessons, of = registry.lessons(earlier.starts_on, until, SHOWN)
    return Before(
        week=earlier,
        need=people.needed(earlier),
        rostered=worked.count() if roster else None,
        came=_came(earlier),
        lessons=lessons,
        more=of - len(lessons),
    )


def _came(week: FrontWeek) -> int | None:
    spans = list(Shift.objects.filter(week=week).values_list("starts_at", "ends_at"))
    return (registry.came(spans) or None) if spans else None  # none at all: the calls were not taken here


@dataclass(frozen=True)
class Line:
    """The next front week in one line, for the organiser's start page."""

    week: FrontWeek
    step: str
    coming: int
    open: int
    until: date


def line() -> Line | None:
    """Of the one that begins next; of the one that is on only when no other is planned."""
    today = timezone.localdate()
    week = FrontWeek.objects.filter(starts_on__gt=today).order_by("starts_on").first() or weeks.front_week(
        today
    )
    if week is None:
        return None
    found = standing(week)
    return Line(week, found.next, found.numbers.coming, found.numbers.open, weeks.answer_until(week))
