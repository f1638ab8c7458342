"""What one change to a roster breaks and costs, at once: for repairs and swaps, where nobody waits for a solver."""

from __future__ import annotations

import bisect
from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import Any

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
        self._places_cost: dict[tuple[Any, ...], int] = {}  # of the roster as it is: `change` forgets
        self._own_cost: dict[int, int] = {}
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
        self._places_cost.clear()
        self._own_cost.clear()
        self._change(before, after)

    def _change(self, before: Shift | None, after: Shift | None) -> None:
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
        """Whether all rules hold with `after` in the place of `before` (the same person's, or nothing): no `codes`."""
        return self.open_to(after) and self.fits(before, after)

    def open_to(self, after: Shift) -> bool:
        """The rules of `codes` that do not ask for the person's other shifts."""
        problem, person = self.problem, self.problem.people[after.person]
        if after.half_day in person.blocked or not problem.speaks(after.person, after.room):
            return False
        if (after.person, after.half_day) in self.fixed:
            return False
        session = self.training.get(after.person)
        if session is None:
            return not person.trains
        day, trained = problem.day_of(after.half_day), problem.sessions[session].day
        return day != trained and (day > trained or not person.trains)

    def fits(self, before: Shift | None, after: Shift) -> bool:
        """The other rules."""
        leaves = before is not None and before[1:] == after[1:]
        seated = self.seated[after[1:]] - leaves
        return seated < self.problem.rooms[after.room].seats and self.free_for(before, after)

    def free_for(self, before: Shift | None, after: Shift) -> bool:
        """The rules of the person's other shifts: days, nights, weeks, how many, locks."""
        person, mine = self.problem.people[after.person], self.of[after.person]
        if before is None:
            others = mine
        elif before[:2] in self.fixed:
            return False
        else:
            others = [shift for shift in mine if shift != before]
        if len(others) >= person.most or self._when(others, after):
            return False
        week, weeks = self._weeks[after.half_day], self._weeks
        return sum(weeks[shift.half_day] == week for shift in others) < person.a_week

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
        problem, day, at = self.problem, self.problem.day_of(after.half_day), after.half_day
        if any(shift.half_day == at for shift in others):
            return ["two_rooms"]
        for shift in others:
            if abs(shift.half_day - at) == 1 and not problem.may_follow(max(shift.half_day, at)):
                return ["a_day" if problem.day_of(shift.half_day) == day else "rest"]
        return []

    def delta(self, before: Shift | None, after: Shift | None) -> int:
        """By how much the cost rises (falls, if negative)."""
        touched = [shift for shift in (before, after) if shift is not None]
        number = touched[0].person
        person = self.problem.people[number]
        if person.newcomer and self._begins_elsewhere(number, before, after):
            return self._delta(touched, before, after)
        # What the places gain or lose is alike for all who count for the same.
        key = (
            person.levels,
            person.executive,
            person.buddy,
            *(shift[1:] for shift in touched),
            before is None,
        )
        own = self._person(number, _instead(self.of[number], before, after)) - self._own(number)
        places = self._places_cost.get(key)
        if places is None:
            places = self._places_cost[key] = self._delta(touched, before, after) - own
        return places + own

    def _delta(self, touched: list[Shift], before: Shift | None, after: Shift | None) -> int:
        number = touched[0].person
        places = {shift[1:] for shift in touched} | self._first_place(number)
        old = self._person(number, self.of[number])
        self._change(before, after)
        places |= self._first_place(number)
        levels = self.problem.people[number].levels  # of no other the number changes
        new = self._person(number, self.of[number]) + self._places(places, levels)
        self._change(after, before)
        return new - old - self._places(places, levels)

    def _begins_elsewhere(self, number: int, before: Shift | None, after: Shift | None) -> bool:
        mine = self.of[number]
        return not mine or before == mine[0] or (after is not None and after < mine[0])

    def _own(self, number: int) -> int:
        cost = self._own_cost.get(number)
        if cost is None:
            cost = self._own_cost[number] = self._person(number, self.of[number])
        return cost

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

    def _person(self, number: int, mine: list[Shift]) -> int:
        person, prices = self.problem.people[number], self.problem.prices
        cost = max(0, person.least - len(mine)) * prices.least
        fridays, halves = 0, [0] * len(self.problem.halves)
        for shift in mine:
            cost += person.wishes.get(shift.half_day, 0)
            fridays += self._fridays[shift.half_day]
            halves[shift.half_day % len(halves)] += 1
        cost += max(0, fridays - prices.fridays) * prices.friday
        return cost + sum(max(0, count - prices.each_half) * prices.half for count in halves)


def _instead(mine: list[Shift], before: Shift | None, after: Shift | None) -> list[Shift]:
    others = [shift for shift in mine if shift != before]
    return [*others, after] if after is not None else others
