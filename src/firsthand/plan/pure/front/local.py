"""What one change to a roster breaks and costs, at once: for repairs and swaps, where nobody waits for a solver."""

from __future__ import annotations

import bisect
from collections import Counter, defaultdict
from collections.abc import Iterable

from firsthand.plan.pure.front.problem import Need, Problem, Roster, Shift


class Local:
    """A roster that can be changed shift by shift. Costs are the `referee`'s, taken apart by what a change touches."""

    def __init__(self, problem: Problem, roster: Roster) -> None:
        self.problem = problem
        self.training = dict(roster.training)
        self.of: dict[int, list[Shift]] = defaultdict(list)
        self.there: Counter[tuple[int, int, str]] = Counter()
        self.seated: Counter[tuple[int, int]] = Counter()
        self.chiefs: Counter[tuple[int, int]] = Counter()
        self.buddies: Counter[tuple[int, int]] = Counter()
        self.firsts: Counter[tuple[int, int]] = Counter()
        self.alone = 0  # newcomers who begin without a buddy, everywhere
        days = [problem.day_of(half_day) for half_day in range(problem.half_days)]
        self._weeks = [problem.weeks[day] for day in days]
        self._fridays = [day in problem.fridays for day in days]
        self.need: dict[tuple[int, int, str], Need] = {
            (n.half_day, n.room, n.level): n for n in problem.needs
        }
        weeks = {(n.room, self.week(n.half_day)) for n in problem.needs if n.wanted}
        self.led = weeks if problem.prices.executive else set()
        self.levels = sorted({need.level for need in problem.needs})
        self.fixed = {(lock.person, lock.half_day) for lock in problem.locks}
        for shift in sorted(roster.shifts):
            self._put(shift, 1)

    def week(self, half_day: int) -> int:
        return self._weeks[half_day]

    def shifts(self, person: int) -> list[Shift]:
        return list(self.of[person])

    def roster(self) -> Roster:
        shifts = frozenset(shift for those in self.of.values() for shift in those)
        return Roster(shifts, frozenset(self.training.items()))

    def change(self, before: Shift | None, after: Shift | None) -> None:
        if before is not None:
            self._put(before, -1)
        if after is not None:
            self._put(after, 1)

    def _put(self, shift: Shift, sign: int) -> None:
        person, mine = self.problem.people[shift.person], self.of[shift.person]
        first = mine[0] if mine else None
        if sign > 0:
            bisect.insort(mine, shift)
        else:
            mine.remove(shift)
        if person.newcomer and first != (now := mine[0] if mine else None):
            self._count(self.firsts, first, -1)
            self._count(self.firsts, now, 1)
        for level in person.levels:
            self.there[shift.half_day, shift.room, level] += sign
        self.seated[shift.half_day, shift.room] += sign
        if person.executive:
            self.chiefs[shift.room, self.week(shift.half_day)] += sign
        if person.buddy:
            self._count(self.buddies, shift, sign)

    def _count(self, of: Counter[tuple[int, int]], shift: Shift | None, sign: int) -> None:
        if shift is not None:
            place = shift.half_day, shift.room
            self.alone -= self._alone(place)
            of[place] += sign
            self.alone += self._alone(place)

    def _alone(self, place: tuple[int, int]) -> int:
        each = self.problem.prices.newcomers_each
        return max(0, self.firsts[place] - each * self.buddies[place])

    def allowed(self, before: Shift | None, after: Shift) -> bool:
        """Whether all rules hold with `after` in the place of `before` (the same person's, or nothing)."""
        return not self.codes(before, after)

    def codes(self, before: Shift | None, after: Shift) -> list[str]:
        """The rules that the change would break; the words are the `referee`'s."""
        problem, person = self.problem, self.problem.people[after.person]
        day = problem.day_of(after.half_day)
        others = [shift for shift in self.of[after.person] if shift != before]
        broken = []
        if (after.person, after.half_day) in self.fixed or (before and before[:2] in self.fixed):
            broken.append("lock")
        if problem.rooms[after.room].language not in person.languages:
            broken.append("language")
        if after.room in person.barred:
            broken.append("barred")
        if after.half_day in person.blocked:
            broken.append("absent")
        session = self.training.get(after.person)
        if session is not None and day == problem.sessions[session].day:
            broken.append("training_day")
        elif person.trains and (session is None or day < problem.sessions[session].day):
            broken.append("untrained")
        broken.extend(self._when(others, after))
        if len(others) >= person.most:
            broken.append("most")
        week = self.week(after.half_day)
        if sum(self.week(shift.half_day) == week for shift in others) >= person.a_week:
            broken.append("a_week")
        leaves = before is not None and before[1:] == after[1:]
        if self.seated[after.half_day, after.room] - leaves >= problem.rooms[after.room].seats:
            broken.append("seats")
        return broken

    def _when(self, others: list[Shift], after: Shift) -> list[str]:
        problem, day = self.problem, self.problem.day_of(after.half_day)
        if any(shift.half_day == after.half_day for shift in others):
            return ["two_rooms"]
        for shift in others:
            low, high = sorted((shift.half_day, after.half_day))
            if high == low + 1 and not problem.may_follow(high):
                return ["a_day" if problem.day_of(shift.half_day) == day else "rest"]
        return []

    def delta(self, before: Shift | None, after: Shift | None) -> int:
        """By how much the cost rises (falls, if negative)."""
        touched = [shift for shift in (before, after) if shift is not None]
        person = touched[0].person
        places = {shift[1:] for shift in touched} | self._first_place(person)
        old = self._person(person)
        self.change(before, after)
        places |= self._first_place(person)
        levels = self.problem.people[person].levels  # of no other the number changes
        new = self._person(person) + self._places(places, levels)
        self.change(after, before)
        return new - old - self._places(places, levels)

    def _first_place(self, person: int) -> set[tuple[int, int]]:
        mine = self.of[person]
        return {(mine[0].half_day, mine[0].room)} if mine and self.problem.people[person].newcomer else set()

    def _places(self, places: set[tuple[int, int]], levels: Iterable[str]) -> int:
        problem, cost = self.problem, 0
        for half_day, room in places:
            for level in levels:
                need = self.need.get((half_day, room, level))
                if need is not None:
                    short = need.wanted - self.there[half_day, room, level]
                    cost += short * need.under if short > 0 else -short * need.over
            cost += self._alone((half_day, room)) * problem.prices.buddy
        for key in {(room, self.week(half_day)) for half_day, room in places} & self.led:
            cost += 0 if self.chiefs[key] else problem.prices.executive
        return cost

    def _person(self, number: int) -> int:
        person, prices, mine = self.problem.people[number], self.problem.prices, self.of[number]
        cost = max(0, person.least - len(mine)) * prices.least
        fridays, halves = 0, [0] * len(self.problem.halves)
        for shift in mine:
            cost += person.wishes.get(shift.half_day, 0)
            fridays += self._fridays[shift.half_day]
            halves[shift.half_day % len(halves)] += 1
        cost += max(0, fridays - prices.fridays) * prices.friday
        return cost + sum(max(0, count - prices.each_half) * prices.half for count in halves)
