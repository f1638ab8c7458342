"""A front week as the roster engine wants it, and what it answers as rows. Numbers stand for people and rooms."""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import cached_property

from django.db.models import QuerySet
from django.utils import timezone

from firsthand.people.models import Person, Role
from firsthand.plan import registry
from firsthand.plan.models import (
    Absence,
    Assignment,
    CallUp,
    Cover,
    FrontWeek,
    Need,
    Part,
    Room,
    Roster,
    Shift,
    Training,
    WeekRules,
    Wish,
)
from firsthand.plan.models.forecasts import State
from firsthand.plan.pure.front import problem as pure
from firsthand.plan.queries.people import most_of

SPECIALIST = "specialist"
FULL, REFRESHER = "full", "refresher"
PARTS = [Part.MORNING, Part.AFTERNOON]
# What a wish is worth: a half-day somebody would rather not have costs three, one nobody spoke of one.
PRICE: dict[str, int] = {Wish.Kind.GLADLY: 0, Wish.Kind.RATHER_NOT: 3}
UNSPOKEN = 1
TOPIC = 20  # a room without a specialist for one topic; a missing pair of hands costs 80
Wished = tuple[int, str]  # half-day in numbers, kind of the wish
Span = tuple[datetime, datetime]
CORE = frozenset({Role.ADVISOR, Role.SPECIALIST})  # who answers all year needs no training day


@dataclass(frozen=True)
class Puzzle:
    """The problem, and whose and what its numbers are."""

    week: FrontWeek
    problem: pure.Problem
    callups: Sequence[CallUp]
    rooms: Sequence[Room]
    shifts: Mapping[tuple[date, str], Shift]
    sessions: Sequence[Training]

    @cached_property
    def people(self) -> dict[int, int]:
        """Person → number."""
        return {one.person_id: number for number, one in enumerate(self.callups)}

    @cached_property
    def room_numbers(self) -> dict[int, int]:
        return {room.pk: number for number, room in enumerate(self.rooms)}

    @cached_property
    def half_days(self) -> dict[int, int]:
        """Shift → number."""
        return _half_days(self.problem.dates, self.shifts)

    def shift_at(self, half_day: int) -> Shift | None:
        day = self.problem.dates[self.problem.day_of(half_day)]
        return self.shifts.get((day, PARTS[self.problem.half_of(half_day)].value))

    def person_at(self, number: int) -> Person:
        return self.callups[number].person

    def duty_of(self, number: int) -> str:
        return duty_of(self.callups[number].person)

    def read(self, rows: QuerySet[Assignment]) -> pure.Roster:
        """Rows of a roster in numbers. Whoever is no longer coming, or a room that is gone, is left out."""
        sessions = {one.pk: number for number, one in enumerate(self.sessions)}
        shifts, training = set(), set()
        # Without an object for each row: a roster of a thousand people has five thousand of them.
        for whose, shift, room, session in rows.values_list("person", "shift", "room", "training"):
            person = self.people.get(whose)
            if person is None:
                continue
            if session in sessions:
                training.add((person, sessions[session]))
            elif shift in self.half_days and room in self.room_numbers:
                shifts.add(pure.Shift(person, self.half_days[shift], self.room_numbers[room]))
        return pure.Roster(frozenset(shifts), frozenset(training))

    def rows(
        self, roster: Roster, found: pure.Roster, locked: Iterable[tuple[int, int]] = ()
    ) -> list[Assignment]:
        """`locked`: (person, half-day) in numbers."""
        kept = set(locked)
        made = []
        for one in sorted(found.shifts):
            shift = self.shift_at(one.half_day)
            if shift is not None:
                made.append(
                    Assignment(
                        roster=roster,
                        person=self.person_at(one.person),
                        shift=shift,
                        room=self.rooms[one.room],
                        duty=self.duty_of(one.person),
                        starts_at=shift.starts_at,
                        ends_at=shift.ends_at,
                        locked=(one.person, one.half_day) in kept,
                    )
                )
        for person, number in sorted(found.training):
            session = self.sessions[number]
            made.append(
                Assignment(
                    roster=roster,
                    person=self.person_at(person),
                    training=session,
                    duty=Assignment.Duty.TRAINING,
                    starts_at=session.starts_at,
                    ends_at=session.ends_at,
                )
            )
        return made


def puzzle(week: FrontWeek, need: Need | None = None, *, locked: Roster | None = None) -> Puzzle:
    """`need`: the newest reckoning, if none is given. `locked`: from whose locked half-days nothing may move.

    A fixed number of questions to the database, however many people.
    """
    rules = WeekRules.objects.filter(week=week).first() or WeekRules(week=week)
    shifts = {(one.day, one.part): one for one in Shift.objects.filter(week=week)}
    sessions = list(Training.objects.filter(week=week).order_by("starts_at", "pk"))
    rooms = list(Room.objects.filter(week=week).order_by("name"))
    callups = list(CallUp.objects.filter(week=week).coming().select_related("person").order_by("person_id"))
    dates = sorted({day for day, _part in shifts} | {one.day for one in sessions})
    frame = _Frame(week, rules, dates, shifts, callups)
    people = tuple(_people(frame))
    problem = pure.Problem(
        name=week.name,
        dates=tuple(dates),
        rooms=tuple(pure.Room(room.name, room.language, room.seats) for room in rooms),
        people=people,
        needs=tuple(_needs(frame, need or newest_need(week), rooms, people)),
        sessions=tuple(_session(one, dates) for one in sessions),
        halves=(
            pure.Half("morning", _minute(rules.morning_from), _minute(rules.morning_to)),
            pure.Half("afternoon", _minute(rules.afternoon_from), _minute(rules.afternoon_to)),
        ),
        rest=rules.rest_hours * 60,
    )
    made = Puzzle(week, problem, callups, rooms, shifts, sessions)
    if locked is None:
        return made
    held = made.read(Assignment.objects.filter(roster=locked, locked=True))
    locks = tuple(pure.Lock(one.person, one.half_day, one.room) for one in sorted(held.shifts))
    return dataclasses.replace(made, problem=dataclasses.replace(problem, locks=locks))


def newest_need(week: FrontWeek) -> Need | None:
    return Need.objects.filter(week=week, state=State.DONE, changes={}).first()


def _half_days(dates: Sequence[date], shifts: Mapping[tuple[date, str], Shift]) -> dict[int, int]:
    days = {day: number for number, day in enumerate(dates)}
    return {
        shift.pk: days[day] * len(PARTS) + PARTS.index(Part(part)) for (day, part), shift in shifts.items()
    }


@dataclass(frozen=True)
class _Frame:
    week: FrontWeek
    rules: WeekRules
    dates: Sequence[date]
    shifts: Mapping[tuple[date, str], Shift]
    callups: Sequence[CallUp]

    @cached_property
    def half_days(self) -> dict[int, int]:
        """Shift → number."""
        return _half_days(self.dates, self.shifts)


def _people(frame: _Frame) -> list[pure.Person]:
    ids = [one.person_id for one in frame.callups]
    topics = registry.trained(ids, frame.week.ends_on)
    wishes: dict[int, list[Wished]] = {}
    spoken = Wish.objects.filter(callup__week=frame.week, shift__in=frame.half_days)
    for callup, shift, kind in spoken.values_list("callup", "shift", "kind"):
        wishes.setdefault(callup, []).append((frame.half_days[shift], kind))
    absences: dict[int, list[Span]] = {}
    if frame.shifts:
        first = min(one.starts_at for one in frame.shifts.values())
        last = max(one.ends_at for one in frame.shifts.values())
        away = Absence.objects.filter(person__in=ids, starts_at__lt=last, ends_at__gt=first)
        for person, starts, ends in away.values_list("person", "starts_at", "ends_at"):
            absences.setdefault(person, []).append((starts, ends))
    return [
        _person(
            *(frame, one, wishes.get(one.pk, []), absences.get(one.person_id, [])),
            ready=frozenset() if topics is None else topics.get(one.person_id, frozenset()),
        )
        for one in frame.callups
    ]


def _person(
    frame: _Frame, one: CallUp, wishes: Sequence[Wished], absences: Sequence[Span], *, ready: frozenset[str]
) -> pure.Person:
    person, rules = one.person, frame.rules
    specialist = _specialist(person)
    core = person.has_role(*CORE)
    # Where there is no refresher, or none that suits, the whole day does as well.
    kinds = frozenset({REFRESHER, FULL}) if one.returner else frozenset({FULL})
    trains = frozenset[str]() if ready or core else kinds
    least = rules.least_shifts if one.kind == CallUp.Kind.DIVISION else 0
    most = most_of(one, rules)
    least = one.least_shifts if one.least_shifts is not None else math.floor(least * one.part_percent / 100)
    return pure.Person(
        name=str(one.person_id),  # a number: no name goes into a file or a log
        languages=frozenset(person.languages),
        levels=frozenset({SPECIALIST, *ready}) if specialist else frozenset({pure.CALLS}),
        trains=trains,
        least=min(least, most),
        most=most,
        # What was agreed with somebody goes before the rule for all.
        a_week=max(rules.most_a_week, one.most_shifts or 0),
        blocked=frozenset(_blocked(frame, wishes, absences)),
        wishes=_wishes(frame, wishes),
        executive=person.has_role(Role.EXECUTIVE),
        buddy=one.returner or core,
        newcomer=not one.returner and not core,
    )


def _blocked(frame: _Frame, wishes: Sequence[Wished], absences: Sequence[Span]) -> Iterable[int]:
    for half_day, kind in wishes:
        if kind == Wish.Kind.NO:
            yield half_day
    for shift in frame.shifts.values() if absences else ():
        if any(starts < shift.ends_at and ends > shift.starts_at for starts, ends in absences):
            yield frame.half_days[shift.pk]


def _wishes(frame: _Frame, wishes: Sequence[Wished]) -> dict[int, int]:
    """Somebody who spoke of no half-day takes them all alike: then none has a price."""
    said = {half_day: PRICE[kind] for half_day, kind in wishes if kind in PRICE}
    if not said:
        return {}
    prices = dict.fromkeys(frame.half_days.values(), UNSPOKEN) | said
    return {half_day: price for half_day, price in prices.items() if price}


def _needs(
    frame: _Frame, need: Need | None, rooms: Sequence[Room], people: Sequence[pure.Person]
) -> Iterable[pure.Need]:
    """Who answers, specialists, and one specialist for each topic: of what nobody here can do none is asked."""
    numbers = {room.pk: number for number, room in enumerate(rooms)}
    known: dict[str, set[str]] = {}
    for one in people:
        for language in one.languages if SPECIALIST in one.levels else ():
            known.setdefault(language, set()).update(one.levels - {SPECIALIST})
    covers = (
        Cover.objects.filter(need=need, room__in=numbers, shift__in=frame.half_days)
        if need
        else Cover.objects.none()
    )
    for cover in covers.select_related("room").order_by("shift__starts_at", "room"):
        half_day, room = frame.half_days[cover.shift_id], numbers[cover.room_id]
        yield pure.Need(half_day, room, pure.CALLS, cover.helpers)
        if cover.helpers and cover.room.language in known:
            yield pure.Need(half_day, room, SPECIALIST, max(1, cover.specialists), over=0)
            for topic in sorted(known[cover.room.language]):
                yield pure.Need(half_day, room, topic, 1, under=TOPIC, over=0)


def _session(one: Training, dates: Sequence[date]) -> pure.Session:
    half = PARTS.index(Part(one.part)) if one.part else None
    return pure.Session(
        REFRESHER if one.refresher else FULL, dates.index(one.day), one.language, one.seats, half
    )


def duty_of(person: Person) -> str:
    """What they do on a half-day in a room."""
    return Assignment.Duty.SPECIALIST if _specialist(person) else Assignment.Duty.ANSWERS


def _specialist(person: Person) -> bool:
    return person.has_role(Role.SPECIALIST)


def _minute(at: time) -> int:
    return at.hour * 60 + at.minute


def now_half_day(made: Puzzle) -> int:
    """The first half-day that has not begun yet."""
    now = timezone.now()
    begun = [made.half_days[shift.pk] for shift in made.shifts.values() if shift.starts_at <= now]
    return max(begun, default=-1) + 1
