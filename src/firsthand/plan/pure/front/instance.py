"""A front week as a general roster instance, and back: one file and one referee for both.

Working days become calendar days; those between are days off. Rooms are places that need a skill of their own (its
language, if one is not barred there); classes are places too, one for each language. `problem_of` reads an instance
that says a front week and nothing else; anything more is a `NotAFrontWeek`, for the general search.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from firsthand.plan.pure.front.problem import CALLS, Problem, Roster, Shift
from firsthand.plan.pure.roster import instance as general
from firsthand.plan.pure.roster.instance import (
    Assignment,
    Demand,
    First,
    Instance,
    Kind,
    Place,
    Together,
    Total,
)

EXECUTIVE = "executive"


class Names:
    """The numbers that days, kinds, places and skills have in the instance."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        first = problem.dates[0].toordinal()
        self.day = [on.toordinal() - first for on in problem.dates]
        self.days = self.day[-1] + 1
        width = len(problem.halves)
        self.training: dict[tuple[str, int | None], int] = {}
        for session in problem.sessions:
            self.training.setdefault((session.kind, session.half), width + len(self.training))
        self.classes = {
            language: len(problem.rooms) + number
            for number, language in enumerate(sorted({session.language for session in problem.sessions}))
        }
        skills = [f"room {room.name}" for room in problem.rooms] + [f"class {one}" for one in self.classes]
        skills += [f"training {kind}" for kind in sorted({session.kind for session in problem.sessions})]
        skills += sorted(
            {level for one in problem.people for level in one.levels} | {n.level for n in problem.needs}
        )
        self.skills = (*skills, EXECUTIVE)

    def skill(self, name: str) -> frozenset[int]:
        return frozenset({self.skills.index(name)})


def instance_of(problem: Problem) -> Instance:
    names = Names(problem)
    return Instance(
        name=problem.name,
        days=names.days,
        kinds=tuple(_kinds(problem, names)),
        people=tuple(_person(problem, names, number) for number in range(len(problem.people))),
        demands=(*_needs(problem, names), *_sessions(problem, names), *_executives(problem, names)),
        places=tuple(_places(problem, names)),
        skills=names.skills,
        weekday=problem.dates[0].weekday(),
        starts_on=problem.dates[0],
        per_day=problem.a_day,
        rest=problem.rest,
        firsts=_first(problem, names),
        togethers=_together(problem),
        locks=tuple(_locks(problem, names)),
    )


def _kinds(problem: Problem, names: Names) -> Iterator[Kind]:
    for half in problem.halves:
        yield Kind(half.name, half.start, half.end, half.end - half.start)
    for kind, at in names.training:
        halves = problem.halves if at is None else (problem.halves[at],)
        start, end = halves[0].start, halves[-1].end
        name = f"training {kind}" + ("" if at is None else f" {problem.halves[at].name}")
        yield Kind(name, start, end, 0, needs=names.skill(f"training {kind}"))


def _places(problem: Problem, names: Names) -> Iterator[Place]:
    halves = frozenset(range(len(problem.halves)))
    for room in problem.rooms:
        yield Place(room.name, names.skill(f"room {room.name}"), halves)
    for language in names.classes:
        yield Place(f"class {language}", names.skill(f"class {language}"), frozenset(names.training.values()))


def _person(problem: Problem, names: Names, number: int) -> general.Person:
    person, prices, halves = problem.people[number], problem.prices, frozenset(range(len(problem.halves)))
    skills = {f"room {room.name}" for r, room in enumerate(problem.rooms) if problem.speaks(number, r)}
    skills |= {f"class {language}" for language in person.languages if language in names.classes}
    skills |= {name for kind in person.trains if (name := f"training {kind}") in names.skills}
    skills |= person.levels | ({EXECUTIVE} if person.executive else set())
    absent = {(names.day[problem.day_of(h)], problem.half_of(h)) for h in person.blocked}
    for (_, half), kind in names.training.items():
        touched = halves if half is None else {half}
        absent |= {(day, kind) for day, at in set(absent) if at in touched}
    weeks: dict[int, list[int]] = defaultdict(list)
    for day, week in enumerate(problem.weeks):
        weeks[week].append(names.day[day])
    everything = (tuple(names.day),)
    totals = [
        Total("shifts", everything, most=person.most, kinds=halves),
        Total("shifts", tuple(map(tuple, weeks.values())), most=person.a_week, kinds=halves),
    ]
    if names.training:
        totals.append(Total("shifts", everything, most=1, kinds=frozenset(names.training.values())))
    if person.least:
        totals.append(Total("shifts", everything, least=person.least, kinds=halves, weight=prices.least))
    fridays = tuple(names.day[day] for day in sorted(problem.fridays))
    if prices.friday and fridays:
        totals.append(Total("shifts", (fridays,), most=prices.fridays, kinds=halves, weight=prices.friday))
    for half in sorted(halves) if prices.half else ():
        one = frozenset({half})
        totals.append(Total("shifts", everything, most=prices.each_half, kinds=one, weight=prices.half))
    wishes = tuple(
        general.Wish(names.day[problem.day_of(h)], False, cost, frozenset({problem.half_of(h)}))
        for h, cost in sorted(person.wishes.items())
    )
    off = frozenset(range(names.days)) - set(names.day)
    skill_numbers = frozenset(names.skills.index(name) for name in skills)
    return general.Person(person.name, skill_numbers, off, frozenset(absent), wishes, tuple(totals))


def _needs(problem: Problem, names: Names) -> Iterator[Demand]:
    for need in problem.needs:
        at, room = (names.day[problem.day_of(need.half_day)],), problem.rooms[need.room]
        kinds, places = frozenset({problem.half_of(need.half_day)}), frozenset({need.room})
        skills = names.skill(need.level)
        yield Demand(
            need.level, at, kinds, places, skills, wanted=need.wanted, under=need.under, over=need.over
        )
    for half_day, r in sorted({(need.half_day, need.room) for need in problem.needs}):
        at, room = (names.day[problem.day_of(half_day)],), problem.rooms[r]
        kinds, places = frozenset({problem.half_of(half_day)}), frozenset({r})
        yield Demand("seats", at, kinds, places, most=room.seats)


def _sessions(problem: Problem, names: Names) -> Iterator[Demand]:
    """A class without a session has no seats."""
    seats: dict[tuple[int, int, int], int] = defaultdict(int)
    for session in problem.sessions:
        kind, place = names.training[session.kind, session.half], names.classes[session.language]
        seats[names.day[session.day], kind, place] += session.seats
    for day in names.day:
        for kind in names.training.values():
            for place in names.classes.values():
                most = seats[day, kind, place]
                yield Demand("seats", (day,), frozenset({kind}), frozenset({place}), most=most)


def _executives(problem: Problem, names: Names) -> Iterator[Demand]:
    halves = frozenset(range(len(problem.halves)))
    for room, week in executive_weeks(problem):
        days = tuple(names.day[day] for day, number in enumerate(problem.weeks) if number == week)
        yield Demand(
            EXECUTIVE, days, halves, frozenset({room}), names.skill(EXECUTIVE), wanted=1,
            under=problem.prices.executive,
        )  # fmt: skip


def executive_weeks(problem: Problem) -> list[tuple[int, int]]:
    """(room, week) in which an executive is wanted: wherever anybody is."""
    if not problem.prices.executive:
        return []
    weeks = problem.weeks
    return sorted({(n.room, weeks[problem.day_of(n.half_day)]) for n in problem.needs if n.wanted})


def _first(problem: Problem, names: Names) -> tuple[First, ...]:
    people = frozenset(number for number, person in enumerate(problem.people) if person.trains)
    halves = frozenset(range(len(problem.halves)))
    return (First(frozenset(names.training.values()), halves, people),) if people and names.training else ()


def _together(problem: Problem) -> tuple[Together, ...]:
    newcomers = frozenset(n for n, person in enumerate(problem.people) if person.newcomer)
    buddies = frozenset(n for n, person in enumerate(problem.people) if person.buddy)
    prices, halves = problem.prices, frozenset(range(len(problem.halves)))
    if not newcomers or not prices.buddy:
        return ()
    return (Together(newcomers, buddies, halves, prices.newcomers_each, prices.buddy),)


def _locks(problem: Problem, names: Names) -> Iterator[general.Lock]:
    for lock in problem.locks:
        day, half = names.day[problem.day_of(lock.half_day)], problem.half_of(lock.half_day)
        if lock.room is not None:
            yield general.Lock(Assignment(lock.person, day, half, lock.room))
        else:
            for room in range(len(problem.rooms)):
                yield general.Lock(Assignment(lock.person, day, half, room), works=False)


def assignments_of(problem: Problem, roster: Roster) -> list[Assignment]:
    names = Names(problem)
    found = [
        Assignment(
            one.person, names.day[problem.day_of(one.half_day)], problem.half_of(one.half_day), one.room
        )
        for one in sorted(roster.shifts)
    ]
    for person, number in sorted(roster.training):
        session = problem.sessions[number]
        kind = names.training[session.kind, session.half]
        found.append(Assignment(person, names.day[session.day], kind, names.classes[session.language]))
    return found


def roster_of(problem: Problem, assignments: Iterable[Assignment]) -> Roster:
    """The other way; sessions alike (same day, kind, language) are one here: the first with a seat left."""
    names, width = Names(problem), len(problem.halves)
    day_of = {day: number for number, day in enumerate(names.day)}
    shifts, training = set(), set()
    seats = [session.seats for session in problem.sessions]
    for one in sorted(assignments):
        day = day_of[one.day]
        if one.kind < width:
            shifts.add(Shift(one.person, day * width + one.kind, one.place))
            continue
        for number, session in enumerate(problem.sessions):
            same = names.training[session.kind, session.half] == one.kind and session.day == day
            if same and names.classes[session.language] == one.place and seats[number]:
                seats[number] -= 1
                training.add((one.person, number))
                break
    return Roster(frozenset(shifts), frozenset(training))


__all__ = ["CALLS", "Names", "assignments_of", "executive_weeks", "instance_of", "roster_of"]
