"""What is wrong with a roster and what it costs. Written from the rules alone: it knows no model and no solver."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import groupby

from firsthand.plan.pure.roster.instance import (
    Assignment,
    Demand,
    Fairness,
    First,
    Instance,
    Person,
    Run,
    Together,
    Total,
)


@dataclass(frozen=True)
class Violation:
    """A rule that is not held. `code` names the sentence, `amount` how much is missing or too much.

    closed · lock · per_day · overlap · succession · frozen · total_least · total_most · run_least · run_most ·
    demand_least · demand_most · first · together"""

    code: str
    amount: int = 1
    person: int | None = None
    day: int | None = None
    kind: int | None = None
    place: int | None = None
    index: int | None = None  # of the rule among its like


@dataclass(frozen=True)
class Evaluation:
    violations: tuple[Violation, ...]
    penalties: dict[str, int] = field(default_factory=dict)  # by rule, only what costs something

    @property
    def feasible(self) -> bool:
        return not self.violations

    @property
    def objective(self) -> int:
        return sum(self.penalties.values())


Worked = list[Assignment]  # of one person, in order of time
Found = Iterator[Violation | tuple[str, int]]  # a violation, or (rule, price)


def evaluate(instance: Instance, assignments: Iterable[Assignment]) -> Evaluation:
    given = {Assignment(*one) for one in assignments}
    violations: list[Violation] = []
    penalties: dict[str, int] = defaultdict(int)
    for found in _all(instance, given):
        if isinstance(found, Violation):
            violations.append(found)
        else:
            penalties[found[0]] += found[1]
    return Evaluation(tuple(violations), {name: price for name, price in penalties.items() if price})


def _all(instance: Instance, given: set[Assignment]) -> Found:
    worked: list[Worked] = [[] for _ in instance.people]
    for one in sorted(given, key=lambda a: (a.day, instance.kinds[a.kind].start, a)):
        worked[one.person].append(one)
    for number, person in enumerate(instance.people):
        yield from _person(instance, number, person, worked[number])
    by_day: dict[int, Worked] = defaultdict(list)
    for one in given:
        by_day[one.day].append(one)
    for index, demand in enumerate(instance.demands):
        yield from _demand(instance, index, demand, by_day)
    for index, first in enumerate(instance.firsts):
        yield from _first(index, first, worked)
    for index, together in enumerate(instance.togethers):
        yield from _together(index, together, worked)
    for fairness in instance.fairness:
        yield from _fairness(fairness, worked)
    for lock in instance.locks:
        if (lock.assignment in given) != lock.works:
            yield Violation("lock", 1, *lock.assignment)
    yield from _changes(instance, given)


# One person


def _person(instance: Instance, number: int, person: Person, worked: Worked) -> Found:
    for one in worked:
        if one[1:] not in instance.open_cells[number]:
            yield Violation("closed", 1, *one)
    yield from _days(instance, number, worked)
    for index, total in enumerate(person.totals):
        for window in total.windows:
            value = _value(instance, total, set(window), worked)
            for code, amount in (
                ("total_least", total.least - value),
                ("total_most", 0 if total.most is None else value - total.most),
            ):
                if amount > 0 and total.weight is None:
                    yield Violation(code, amount, number, window[0], index=index)
                elif amount > 0:
                    yield "total", amount * (total.weight or 0)
    for index, run in enumerate(person.runs):
        yield from _run(instance, number, index, run, worked)
    for wish in person.wishes:
        met = sum(one.day == wish.day and _in(one.kind, wish.kinds) for one in worked)
        if wish.on and not met:
            yield "wish_on", wish.weight
        elif not wish.on:
            yield "wish_off", wish.weight * met


def _in(kind: int, kinds: frozenset[int]) -> bool:
    return not kinds or kind in kinds


def _days(instance: Instance, number: int, worked: Worked) -> Found:
    by_day = {day: list(those) for day, those in groupby(worked, key=lambda one: one.day)}
    for day, those in by_day.items():
        if len(those) > instance.per_day:
            yield Violation("per_day", len(those) - instance.per_day, number, day)
        for at, one in enumerate(those):
            for other in those[at + 1 :]:
                if instance.overlap(one.kind, other.kind):
                    yield Violation("overlap", 1, number, day, other.kind)
            for after in by_day.get(day + 1, ()):
                if after.kind not in instance.successors[one.kind]:
                    yield Violation("succession", 1, number, day + 1, after.kind)


def _value(instance: Instance, total: Total, window: set[int], worked: Worked) -> int:
    those = [one for one in worked if one.day in window and _in(one.kind, total.kinds)]
    days = {one.day for one in those}
    if total.measure == "minutes":
        return sum(instance.kinds[one.kind].minutes for one in those)
    if total.measure == "weekends":
        return sum(not days.isdisjoint(weekend) for weekend in instance.weekends)
    return len(those) if total.measure == "shifts" else len(days)


def _run(instance: Instance, number: int, index: int, run: Run, worked: Worked) -> Found:
    days = {one.day for one in worked if _in(one.kind, run.kinds)}
    row = [(day in days) == (run.of == "work") for day in range(instance.days)]
    start = 0
    for inside, those in groupby(row):
        long = len(list(those))
        at, start = start, start + long
        if not inside:
            continue
        touches = at == 0 or start == instance.days
        short = 0 if touches else run.least - long
        for code, amount in (
            ("run_least", short),
            ("run_most", long - (long if run.most is None else run.most)),
        ):
            if amount > 0 and run.weight is None:
                yield Violation(code, amount, number, at, index=index)
            elif amount > 0:
                yield "run", amount * (run.weight or 0)


# What couples people


def _demand(instance: Instance, index: int, demand: Demand, by_day: dict[int, Worked]) -> Found:
    there = sum(
        _in(one.kind, demand.kinds)
        and _in(one.place, demand.places)
        and (not demand.skills or bool(demand.skills & instance.people[one.person].skills))
        for day in demand.days
        for one in by_day[day]
    )
    day = demand.days[0]
    kind = min(demand.kinds, default=None)
    place = min(demand.places, default=None)
    if there < demand.least:
        yield Violation("demand_least", demand.least - there, None, day, kind, place, index)
    if demand.most is not None and there > demand.most:
        yield Violation("demand_most", there - demand.most, None, day, kind, place, index)
    yield "under", demand.under * max(0, demand.wanted - there)
    yield "over", demand.over * max(0, there - demand.wanted)


def _first(index: int, first: First, worked: list[Worked]) -> Found:
    for person in sorted(first.people) or range(len(worked)):
        trained = min((one.day for one in worked[person] if one.kind in first.training), default=None)
        early = next((one for one in worked[person] if one.kind in first.then), None)
        if early and (trained is None or early.day <= trained):
            yield Violation("first", 1, *early, index)


def _together(index: int, together: Together, worked: list[Worked]) -> Found:
    there: dict[tuple[int, ...], int] = defaultdict(int)
    for buddy in together.buddies:
        for one in worked[buddy]:
            there[one[1:]] += together.most_each
    for person in sorted(together.newcomers):
        first = next((one for one in worked[person] if _in(one.kind, together.kinds)), None)
        if first is None:
            continue
        there[first[1:]] -= 1
        if there[first[1:]] < 0 and together.weight is None:
            yield Violation("together", 1, *first, index)
        elif there[first[1:]] < 0:
            yield "together", together.weight or 0


def _fairness(fairness: Fairness, worked: list[Worked]) -> Found:
    days = set(fairness.days)
    counts = [
        sum(one.day in days and _in(one.kind, fairness.kinds) for one in worked[person])
        for person in sorted(fairness.people) or range(len(worked))
    ]
    if fairness.form == "spread":
        yield "fairness", fairness.weight * (max(counts) - min(counts))
    else:
        yield "fairness", fairness.weight * sum((count - fairness.target) ** 2 for count in counts)


def _changes(instance: Instance, given: set[Assignment]) -> Found:
    if not (previous := instance.previous):
        return
    possible = {one for one in previous.assignments if one[1:] in instance.open_cells[one.person]}
    changed = (possible - given) | (given - previous.assignments)
    for one in sorted(changed):
        if one.day in previous.frozen:
            yield Violation("frozen", 1, *one)
    yield "change", previous.change * len(changed) + previous.person * len({one.person for one in changed})
