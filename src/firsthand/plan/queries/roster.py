"""Who answers when, as pages show it: by person over a calendar week, by room on a half-day."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.http import Http404
from django.utils import timezone
from django.utils.functional import Promise

from firsthand.people.models import Language, Person, Role
from firsthand.plan.models import Assignment, CallUp, Cover, FrontWeek, Moved, Room, Roster, Shift, Training
from firsthand.plan.models.forecasts import State
from firsthand.plan.queries import away, drafts, hold
from firsthand.plan.words import rosters as words
from firsthand.plan.words.needs import problem

A_PAGE = 60
A_LIST = 12  # gaps, wishes


@dataclass(frozen=True)
class Filter:
    """What stands in the address of the page."""

    words: str = ""
    language: str = ""
    free: bool = False  # only whom this roster gives nothing
    monday: date | None = None
    page: int = 1


@dataclass(frozen=True)
class Column:
    day: date
    part: str
    shift: Shift | None
    wanted: int
    there: int

    @property
    def missing(self) -> int:
        return max(0, self.wanted - self.there)


@dataclass(frozen=True)
class Line:
    callup: CallUp
    cells: Sequence[tuple[Column, Assignment | None]]
    half_days: int  # in all of the week; beside what was agreed with this person


@dataclass(frozen=True)
class Gap:
    shift: Shift
    room: Room
    level: str  # calls, specialist, or a topic
    missing: int
    reason: str = ""

    @property
    def who(self) -> str:
        return words.missing(self.level, self.missing)

    @property
    def why(self) -> Promise | str:
        return words.reason(self.reason)


@dataclass(frozen=True)
class Refused:
    """A half-day that somebody works who would rather not, and what it would cost to grant that. No name."""

    shift: Shift
    room: Room
    more: Mapping[str, int]

    @property
    def costs(self) -> str:
        return words.granting(self.more)


@dataclass(frozen=True)
class Sheet:
    """One calendar week of a roster."""

    week: FrontWeek
    roster: Roster | None
    monday: date
    before: date | None
    after: date | None
    columns: Sequence[Column]
    lines: Sequence[Line]
    page: Page[CallUp]
    languages: Sequence[tuple[str, str]]
    gaps: Sequence[Gap]
    refused: Sequence[Refused]
    away: Sequence[Assignment]  # in the roster, and away then
    drafts: Sequence[Roster]
    settled_at: datetime | None
    under_way: Roster | None
    failed: Roster | None

    @property
    def overtaken(self) -> bool:
        """A draft that was begun before the roster that holds was published or changed: it is not published."""
        if self.roster is None or self.roster.published_at is not None or self.settled_at is None:
            return False
        return self.settled_at > self.roster.at

    @property
    def phase(self) -> Promise | str:
        return words.phase(self.under_way.progress.get("phase", "")) if self.under_way else ""

    @property
    def failed_words(self) -> Promise | str:
        return problem(self.failed.problem) if self.failed else ""

    @property
    def explained(self) -> Mapping[str, Any]:
        return self.roster.explained if self.roster else {}

    @property
    def gap(self) -> int | None:
        """By how many per cent of its cost a better roster could cost less, at most. None: not known."""
        said = self.roster.progress if self.roster else {}
        if "cost" not in said:
            return None
        return int(math.ceil(100 * (said["cost"] - said["bound"]) / max(1, said["cost"])))


@dataclass(frozen=True)
class InRoom:
    room: Room
    people: Sequence[Assignment]
    wanted: int


@dataclass(frozen=True)
class HalfDay:
    shift: Shift
    rooms: Sequence[InRoom]


@dataclass(frozen=True)
class Door:
    """What hangs on the doors: one day, or (`on` None, to print) all of them."""

    on: date | None
    days: Sequence[date]
    half_days: Sequence[HalfDay]


def sheet(week: FrontWeek, chosen: Filter, roster: Roster | None = None) -> Sheet:
    """A fixed number of questions to the database, however many people and days."""
    roster = roster or hold.roster_of(week)
    shifts = list(Shift.objects.filter(week=week))
    trainings = list(Training.objects.filter(week=week))
    mondays = sorted(
        {_monday(day) for day in [*(one.day for one in shifts), *(one.day for one in trainings)]}
    ) or [_monday(week.starts_on)]
    monday = chosen.monday if chosen.monday in mondays else _near(mondays)
    at = mondays.index(monday)
    page = Paginator(_found(week, chosen, roster), A_PAGE).get_page(chosen.page)
    columns = _columns(shifts, trainings, monday, roster)
    return Sheet(
        week=week,
        roster=roster,
        monday=monday,
        before=mondays[at - 1] if at else None,
        after=mondays[at + 1] if at + 1 < len(mondays) else None,
        columns=columns,
        lines=_lines(list(page.object_list), columns, roster, shifts, trainings),
        page=page,
        languages=[(one, str(Language(one).label)) for one in sorted(_spoken(week))],
        gaps=_gaps(roster),
        refused=_refused(roster),
        away=away.rostered(roster),
        drafts=drafts.of(week),
        settled_at=drafts.settled_at(week),
        under_way=Roster.objects.filter(week=week, state__in=[State.WAITING, State.WORKING]).first(),
        failed=_failed(week),
    )


def door(week: FrontWeek, roster: Roster, asked: str = "") -> Door:
    """`asked`: a day, or "all"; else today, before the week its first day, between two days the next."""
    days = sorted(set(Shift.objects.filter(week=week).values_list("day", flat=True)))
    today = timezone.localdate()
    near = next((day for day in days if day >= today), days[-1] if days else None)
    on = None if asked == "all" else next((day for day in days if day.isoformat() == asked), near)
    return Door(on, days, half_days(week, roster, on))


def half_days(week: FrontWeek, roster: Roster, on: date | None = None) -> list[HalfDay]:
    """Room by room, as it hangs on the door: names, no numbers of anybody's half-days."""
    shifts = Shift.objects.filter(week=week)
    if on is not None:
        shifts = shifts.filter(day=on)
    there: dict[tuple[int, int], list[Assignment]] = {}
    rows = Assignment.objects.filter(roster=roster, shift__in=shifts).select_related("person", "buddy")
    rows = rows.only(
        "shift", "room", "duty", "person__name", "buddy__name"
    )  # thousands on the sheet to print
    for one in rows.order_by("duty", "person__name"):
        if one.shift_id and one.room_id:
            there.setdefault((one.shift_id, one.room_id), []).append(one)
    wanted = {
        (one.shift_id, one.room_id): one.helpers + one.specialists
        for one in Cover.objects.filter(need=roster.need_id or 0, shift__in=shifts)
    }
    rooms = list(Room.objects.filter(week=week))
    return [
        HalfDay(
            shift,
            [
                InRoom(room, there.get((shift.pk, room.pk), []), wanted.get((shift.pk, room.pk), 0))
                for room in rooms
            ],
        )
        for shift in shifts
    ]


def roster_for(person: Person, pk: int) -> Roster:
    found = Roster.objects.select_related("week").filter(pk=pk).first()
    if found is None or not person.has_role(Role.ORGANISER):
        raise Http404
    return found


def seen_by(person: Person, pk: int) -> tuple[FrontWeek, Roster]:
    """A week's published roster: for the organiser, and for everybody who is in the week."""
    week = FrontWeek.objects.filter(pk=pk).first()
    roster = Roster.objects.filter(week=pk).exclude(published_at=None).order_by("-published_at").first()
    there = CallUp.objects.filter(week=pk, person=person).exists() or person.has_role(Role.ORGANISER)
    if week is None or roster is None or not there:
        raise Http404
    return week, roster


def assignment_for(organiser: Person, pk: int) -> Assignment:
    rows = Assignment.objects.select_related("roster__week", "person", "shift", "room", "training")
    found = rows.filter(pk=pk).first()
    if found is None or not organiser.has_role(Role.ORGANISER):
        raise Http404
    return found


def mine(person: Person, week: FrontWeek | None = None) -> list[Assignment]:
    """What somebody works, by the roster that holds; theirs to see and nobody else's list."""
    newest = (
        Roster.objects.filter(week=OuterRef("roster__week"))
        .exclude(published_at=None)
        .order_by("-published_at")
        .values("pk")[:1]
    )
    rows = Assignment.objects.filter(person=person, roster=newest)
    if week is not None:
        rows = rows.filter(roster__week=week)
    return list(
        rows.select_related("room", "training", "buddy", "shift", "roster__week").order_by("starts_at")
    )


def changes(roster: Roster) -> list[Moved]:
    rows = Moved.objects.filter(roster=roster).select_related("gone", "came", "shift", "by")
    return list(rows.order_by("-at")[:50])


def _found(week: FrontWeek, chosen: Filter, roster: Roster | None) -> QuerySet[CallUp]:
    rows = CallUp.objects.filter(week=week).coming().select_related("person")
    if chosen.words:
        rows = rows.filter(
            Q(person__name__icontains=chosen.words) | Q(person__team__name__icontains=chosen.words)
        )
    if chosen.language in Language.values:
        rows = rows.filter(person__languages__contains=[chosen.language])
    if chosen.free:
        given = Assignment.objects.filter(roster=roster, person=OuterRef("person"), shift__isnull=False)
        rows = rows.exclude(Exists(given))
    return rows.order_by("person__name", "pk")


def _columns(
    shifts: Sequence[Shift], trainings: Sequence[Training], monday: date, roster: Roster | None
) -> list[Column]:
    by_place = {(one.day, one.part): one for one in shifts if _monday(one.day) == monday}
    days = sorted(
        {day for day, _part in by_place} | {one.day for one in trainings if _monday(one.day) == monday}
    )
    wanted: dict[int, int] = {}
    for cover in Cover.objects.filter(need=roster.need_id if roster else 0, shift__in=by_place.values()):
        wanted[cover.shift_id] = wanted.get(cover.shift_id, 0) + cover.helpers
    rows = Assignment.objects.filter(roster=roster, shift__in=by_place.values(), duty=Assignment.Duty.ANSWERS)
    there = dict(rows.values_list("shift").annotate(many=Count("pk"))) if roster else {}
    found = []
    for day in days:
        for part in ("morning", "afternoon"):
            shift = by_place.get((day, part))
            numbers = (wanted.get(shift.pk, 0), there.get(shift.pk, 0)) if shift else (0, 0)
            found.append(Column(day, part, shift, *numbers))
    return found


def _lines(
    callups: Sequence[CallUp],
    columns: Sequence[Column],
    roster: Roster | None,
    shifts: Sequence[Shift],
    trainings: Sequence[Training],
) -> list[Line]:
    """What is known of the week already is put to the rows here: three joins for each took longer."""
    people = [one.person_id for one in callups]
    rows = (
        Assignment.objects.filter(roster=roster, person__in=people) if roster else Assignment.objects.none()
    )
    rooms = Room.objects.filter(week=roster.week_id).in_bulk() if roster else {}
    halves, sessions = {one.pk: one for one in shifts}, {one.pk: one for one in trainings}
    cells: dict[tuple[int, date, str], Assignment] = {}
    many: dict[int, int] = {}
    for one in rows:
        one.room, one.training = rooms.get(one.room_id or 0), sessions.get(one.training_id or 0)
        if shift := halves.get(one.shift_id or 0):
            cells[one.person_id, shift.day, shift.part] = one
            many[one.person_id] = many.get(one.person_id, 0) + 1
        elif one.training is not None:
            for part in [one.training.part] if one.training.part else ["morning", "afternoon"]:
                cells[one.person_id, one.training.day, part] = one
    return [
        Line(
            one,
            [(column, cells.get((one.person_id, column.day, column.part))) for column in columns],
            many.get(one.person_id, 0),
        )
        for one in callups
    ]


def _gaps(roster: Roster | None) -> list[Gap]:
    return [
        Gap(shift, room, one["level"], one["missing"], one.get("reason", ""))
        for shift, room, one in _explained(roster, "gaps")
    ]


def _refused(roster: Roster | None) -> list[Refused]:
    return [Refused(shift, room, one["more"]) for shift, room, one in _explained(roster, "prices")]


def _explained(roster: Roster | None, what: str) -> Iterator[tuple[Shift, Room, Mapping[str, Any]]]:
    """What a roster says of places that there still are."""
    said = roster.explained.get(what, [])[:A_LIST] if roster else []
    shifts = Shift.objects.in_bulk([one["shift"] for one in said])
    rooms = Room.objects.in_bulk([one["room"] for one in said])
    for one in said:
        if one["shift"] in shifts and one["room"] in rooms:
            yield shifts[one["shift"]], rooms[one["room"]], one


def _failed(week: FrontWeek) -> Roster | None:
    newest = Roster.objects.filter(week=week).first()
    return newest if newest and newest.state == State.FAILED else None


def _spoken(week: FrontWeek) -> set[str]:
    return set(Room.objects.filter(week=week).values_list("language", flat=True))


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _near(mondays: Sequence[date]) -> date:
    """The calendar week that is on; before the front week its first, after it its last."""

    now = _monday(timezone.localdate())
    return next((one for one in mondays if one >= now), mondays[-1])
