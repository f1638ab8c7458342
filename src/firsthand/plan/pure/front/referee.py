"""The referee of front rosters: plain, slow, and knowing nothing of how a roster was found."""

from __future__ import annotations

import itertools
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from firsthand.plan.pure.front.problem import Problem, Roster, Shift


@dataclass(frozen=True)
class Broken:
    """A rule that must hold and does not. `code` is for programs and translations."""

    code: str
    person: int | None
    half_day: int | None = None
    room: int | None = None


@dataclass(frozen=True)
class Missed:
    """Something with a price: how much of it is missing (or too much), and what that costs."""

    code: str
    units: int
    cost: int
    person: int | None = None
    half_day: int | None = None
    room: int | None = None
    level: str = ""
    week: int | None = None


@dataclass(frozen=True)
class Verdict:
    broken: tuple[Broken, ...]
    missed: tuple[Missed, ...]

    @property
    def cost(self) -> int:
        return sum(one.cost for one in self.missed)

    @property
    def by_code(self) -> dict[str, int]:
        costs: Counter[str] = Counter()
        for one in self.missed:
            costs[one.code] += one.cost
        return dict(costs)


def judge(problem: Problem, roster: Roster) -> Verdict:
    """Every broken rule and every price, in a settled order."""
    broken = [*_people(problem, roster), *_training(problem, roster), *_seats(problem, roster)]
    broken.extend(_locks(problem, roster))
    missed = [*_needs(problem, roster), *_persons_prices(problem, roster), *_executives(problem, roster)]
    missed.extend(_buddies(problem, roster))
    return Verdict(tuple(broken), tuple(missed))


def by_person(roster: Roster) -> dict[int, list[Shift]]:
    """Each person's shifts in order of time."""
    found: dict[int, list[Shift]] = defaultdict(list)
    for shift in sorted(roster.shifts, key=lambda one: (one.person, one.half_day, one.room)):
        found[shift.person].append(shift)
    return found


def of_person(problem: Problem, roster: Roster, person: int) -> list[Broken]:
    """What the roster breaks of this person's own rules."""
    own = frozenset(shift for shift in roster.shifts if shift.person == person)
    training = frozenset(pair for pair in roster.training if pair[0] == person)
    alone = Roster(own, training)
    return [*_people(problem, alone), *_training(problem, alone)]


def _people(problem: Problem, roster: Roster) -> Iterator[Broken]:
    for number, shifts in by_person(roster).items():
        person = problem.people[number]
        for shift in shifts:
            if problem.rooms[shift.room].language not in person.languages:
                yield Broken("language", *shift)
            if shift.room in person.barred:
                yield Broken("barred", *shift)
            if shift.half_day in person.blocked:
                yield Broken("absent", *shift)
        if len(shifts) > person.most:
            yield Broken("most", number)
        yield from _days_and_weeks(problem, number, shifts)


def _days_and_weeks(problem: Problem, number: int, shifts: list[Shift]) -> Iterator[Broken]:
    for before, after in itertools.pairwise(shift.half_day for shift in shifts):
        if before == after:
            yield Broken("two_rooms", number, before)
        elif after == before + 1 and not problem.may_follow(after):
            same = problem.day_of(before) == problem.day_of(after)
            yield Broken("a_day" if same else "rest", number, after)
    for week, worked in Counter(problem.weeks[problem.day_of(s.half_day)] for s in shifts).items():
        if worked > problem.people[number].a_week:
            first = problem.weeks.index(week) * len(problem.halves)
            yield Broken("a_week", number, first)


def _training(problem: Problem, roster: Roster) -> Iterator[Broken]:
    trained: dict[int, int] = {}
    for number, session in sorted(roster.training):
        at = problem.halves_of(session)
        if number in trained:
            yield Broken("trained_twice", number, at[0])
        trained[number] = session
        if not problem.can_train(number, session):
            yield Broken("session", number, at[0])
    for number, shifts in by_person(roster).items():
        session_of = trained.get(number)
        day = problem.sessions[session_of].day if session_of is not None else None
        for shift in shifts:
            on = problem.day_of(shift.half_day)
            if problem.people[number].trains and (day is None or on < day):
                yield Broken("untrained", *shift)
            elif day is not None and on == day:
                yield Broken("training_day", *shift)


def _seats(problem: Problem, roster: Roster) -> Iterator[Broken]:
    for (half_day, room), people in sorted(Counter((s.half_day, s.room) for s in roster.shifts).items()):
        if people > problem.rooms[room].seats:
            yield Broken("seats", None, half_day, room)
    for session, people in sorted(Counter(session for _, session in roster.training).items()):
        if people > problem.sessions[session].seats:
            yield Broken("session_seats", None, problem.halves_of(session)[0])


def _locks(problem: Problem, roster: Roster) -> Iterator[Broken]:
    at = {(shift.person, shift.half_day): shift.room for shift in roster.shifts}
    for lock in problem.locks:
        if at.get((lock.person, lock.half_day)) != lock.room:
            yield Broken("lock", lock.person, lock.half_day, lock.room)


def _needs(problem: Problem, roster: Roster) -> Iterator[Missed]:
    there: Counter[tuple[int, int, str]] = Counter()
    for shift in roster.shifts:
        for level in problem.people[shift.person].levels:
            there[shift.half_day, shift.room, level] += 1
    for need in problem.needs:
        short = need.wanted - there[need.half_day, need.room, need.level]
        if short:
            yield Missed(
                "missing" if short > 0 else "surplus",
                abs(short),
                short * need.under if short > 0 else -short * need.over,
                half_day=need.half_day,
                room=need.room,
                level=need.level,
            )


def _persons_prices(problem: Problem, roster: Roster) -> Iterator[Missed]:
    prices, shifts_of = problem.prices, by_person(roster)
    for number, person in enumerate(problem.people):
        shifts = shifts_of.get(number, [])
        for shift in shifts:
            if cost := person.wishes.get(shift.half_day, 0):
                yield Missed("wish", 1, cost, *shift)
        if (short := person.least - len(shifts)) > 0:
            yield Missed("least", short, short * prices.least, number)
        fridays = sum(problem.day_of(shift.half_day) in problem.fridays for shift in shifts)
        if (over := fridays - prices.fridays) > 0 and prices.friday:
            yield Missed("fridays", over, over * prices.friday, number)
        for half, worked in sorted(Counter(problem.half_of(shift.half_day) for shift in shifts).items()):
            if (over := worked - prices.each_half) > 0 and prices.half:
                yield Missed("one_half", over, over * prices.half, number, half)


def _executives(problem: Problem, roster: Roster) -> Iterator[Missed]:
    if not problem.prices.executive:
        return
    there = {
        (shift.room, problem.weeks[problem.day_of(shift.half_day)])
        for shift in roster.shifts
        if problem.people[shift.person].executive
    }
    open_ = {
        (need.room, problem.weeks[problem.day_of(need.half_day)]) for need in problem.needs if need.wanted
    }
    for room, week in sorted(open_ - there):
        yield Missed("executive", 1, problem.prices.executive, room=room, week=week)


def _buddies(problem: Problem, roster: Roster) -> Iterator[Missed]:
    if not problem.prices.buddy:
        return
    firsts: Counter[tuple[int, int]] = Counter()
    buddies: Counter[tuple[int, int]] = Counter()
    for number, shifts in by_person(roster).items():
        if problem.people[number].newcomer:
            firsts[shifts[0].half_day, shifts[0].room] += 1
    for shift in roster.shifts:
        if problem.people[shift.person].buddy:
            buddies[shift.half_day, shift.room] += 1
    for (half_day, room), newcomers in sorted(firsts.items()):
        if (alone := newcomers - problem.prices.newcomers_each * buddies[half_day, room]) > 0:
            yield Missed("buddy", alone, alone * problem.prices.buddy, half_day=half_day, room=room)
