"""The rows between people: demand, training first, buddies, fairness, locks, and what is to stay as it was."""

from __future__ import annotations

from collections import defaultdict

from firsthand.plan.pure.roster.instance import Assignment, Demand, Fairness, First, Previous, Together
from firsthand.plan.pure.roster.model.build import MUST, Model, Value, negated, split, total


def add(model: Model) -> None:
    instance = model.instance
    by_day: dict[int, list[tuple[Assignment, Value]]] = defaultdict(list)
    for at, value in model.x.items():
        by_day[at.day].append((at, value))
    for demand in instance.demands:
        _demand(model, demand, by_day)
    for first in instance.firsts:
        _first(model, first)
    for together in instance.togethers:
        _together(model, together)
    for fairness in instance.fairness:
        if not model.relaxed:
            _fairness(model, fairness)
    for lock in instance.locks:
        if lock.works:
            model.at_least([model.x.get(lock.assignment, 0)], 1, None)
    if instance.previous:
        _changes(model, instance.previous)


def _demand(model: Model, demand: Demand, by_day: dict[int, list[tuple[Assignment, Value]]]) -> None:
    people = model.instance.people
    values = [
        value
        for day in demand.days
        for at, value in by_day[day]
        if (not demand.kinds or at.kind in demand.kinds)
        and (not demand.places or at.place in demand.places)
        and (not demand.skills or demand.skills & people[at.person].skills)
    ]
    if demand.least:
        model.at_least(values, demand.least, None)
    if demand.most is not None:
        model.at_most(values, demand.most, None)
    if not model.relaxed:
        _cover(model, demand, values)


def _cover(model: Model, demand: Demand, values: list[Value]) -> None:
    """With both prices one equation: missing and surplus are each other's slack."""
    held, loose, low, high = split(values)
    if not (demand.under and demand.over and loose):
        if demand.under:
            model.at_least(values, demand.wanted, demand.under)
        if demand.over:
            model.at_most(values, demand.wanted, demand.over)
        return
    under = model.cp.new_int_var(0, max(0, demand.wanted - low), "")
    over = model.cp.new_int_var(0, max(0, high - demand.wanted), "")
    model.cp.add(total(loose) + under - over == demand.wanted - held)
    model.price(under, demand.under)
    model.price(over, demand.over)


def _first(model: Model, first: First) -> None:
    for person in sorted(first.people) or range(len(model.instance.people)):
        if not model.moves[person]:
            continue
        trained: list[Value] = []
        for day in range(model.instance.days):
            for value in model.of(person, day, first.then):
                model.clause([negated(value), *trained], MUST)
            trained.extend(model.of(person, day, first.training))


def _together(model: Model, together: Together) -> None:
    """`begins`: the newcomer's first shift is in this cell. It is worked, and every shift comes at or after it."""
    begins: dict[tuple[int, ...], list[Value]] = defaultdict(list)
    starts = [kind.start for kind in model.instance.kinds]
    for person in sorted(together.newcomers):
        so_far: list[Value] = []
        for day in model.cells[person]:
            for at, value in sorted(day, key=lambda one: (starts[one[0].kind], one[0])):
                if together.kinds and at.kind not in together.kinds:
                    continue
                begin = model.boolean()
                model.at_most([begin, (value, -1)], 0, MUST)
                so_far.append(begin)
                model.at_least([*so_far, (value, -1)], 0, MUST)
                begins[at[1:]].append(begin)
        model.at_most(so_far, 1, MUST)
    for cell, news in begins.items():
        buddies = [
            (model.x.get(Assignment(buddy, *cell), 0), -together.most_each) for buddy in together.buddies
        ]
        model.at_most([*news, *buddies], 0, together.weight)


def _fairness(model: Model, fairness: Fairness) -> None:
    counts = [
        [value for day in fairness.days for value in model.of(person, day, fairness.kinds)]
        for person in sorted(fairness.people) or range(len(model.instance.people))
    ]
    if fairness.form == "squares":
        for values in counts:
            _square(model, values, fairness)
        return
    highest = max(map(len, counts), default=0)
    most, fewest = model.cp.new_int_var(0, highest, ""), model.cp.new_int_var(0, highest, "")
    for values in counts:
        held, loose, _, _ = split(values)
        model.cp.add(total(loose) + held <= most)
        model.cp.add(total(loose) + held >= fewest)
    model.price(most, fairness.weight)
    model.price(fewest, -fairness.weight)


def _square(model: Model, values: list[Value], fairness: Fairness) -> None:
    """(count − target)² as the sum of what each further shift adds."""
    held, loose, _, _ = split(values)
    model.offset += fairness.weight * (held - fairness.target) ** 2
    steps = [model.boolean() for _ in loose]
    if steps:
        model.cp.add(total(loose) == total(steps))
    for one, other in zip(steps, steps[1:], strict=False):
        model.cp.add_implication(other, one)
    for number, step in enumerate(steps, start=held + 1):
        model.price(step, fairness.weight * (2 * (number - fairness.target) - 1))


def _changes(model: Model, previous: Previous) -> None:
    changed: dict[int, list[Value]] = defaultdict(list)
    for at, value in model.x.items():
        change = negated(value) if at in previous.assignments else value
        changed[at.person].append(change)
        if at.day in previous.frozen:
            model.at_most([change], 0, None)
        if not model.relaxed:
            model.at_most([change], 0, previous.change)
    if previous.person and not model.relaxed:
        for values in changed.values():
            model.price_any(values, previous.person)
