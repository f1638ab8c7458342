"""The rows of each person: days, rest, totals, days in a row, wishes."""

from __future__ import annotations

from itertools import combinations

from firsthand.plan.pure.roster.instance import Run, Total
from firsthand.plan.pure.roster.model.build import MISSED, MUST, Model, Value, negated


def add(model: Model) -> None:
    for number, person in enumerate(model.instance.people):
        if not model.moves[number]:
            continue
        _days(model, number)
        for total in person.totals:
            for window in total.windows:
                _total(model, number, total, window)
        for run in person.runs:
            _run(model, number, run)
        for wish in person.wishes:
            if model.relaxed:
                continue
            if wish.on:
                model.at_least([model.worked(number, wish.day, wish.kinds)], 1, wish.weight)
            else:
                for value in model.of(number, wish.day, wish.kinds):
                    model.at_most([value], 0, wish.weight)


def _days(model: Model, number: int) -> None:
    instance = model.instance
    for day in range(instance.days):
        cells = model.cells[number][day]
        values = [value for _, value in cells]
        model.at_most(values, instance.per_day, MUST)
        if instance.per_day > 1:
            for (one, a), (other, b) in combinations(cells, 2):
                if instance.overlap(one.kind, other.kind):
                    model.at_most([a, b], 1, MUST)
        if day + 1 < instance.days:
            _rest(model, number, day)


def _rest(model: Model, number: int, day: int) -> None:
    """What may not follow on the next day. With one shift a day, all that one kind excludes is one row."""
    instance = model.instance
    for kind in {at.kind for at, _ in model.cells[number][day + 1]}:
        before = [value for at, value in model.cells[number][day] if kind not in instance.successors[at.kind]]
        after = model.of(number, day + 1, frozenset({kind}))
        if not before:
            continue
        if instance.per_day == 1:
            model.at_most([*before, *after], 1, MUST)
        else:
            for one in before:
                for other in after:
                    model.at_most([one, other], 1, MUST)


def _total(model: Model, number: int, total: Total, window: tuple[int, ...]) -> None:
    kinds = model.instance.kinds
    unit = MISSED
    if total.measure == "minutes":
        values = [
            (value, kinds[at.kind].minutes)
            for day in window
            for at, value in model.cells[number][day]
            if not total.kinds or at.kind in total.kinds
        ]
        unit = max(1, MISSED // max(1, max((kind.minutes for kind in kinds), default=1)))
    elif total.measure == "shifts":
        values = [(value, 1) for day in window for value in model.of(number, day, total.kinds)]
    elif total.measure == "days":
        values = [(model.worked(number, day, total.kinds), 1) for day in window]
    else:
        inside = set(window)
        values = [
            (model.any([model.worked(number, day, total.kinds) for day in weekend if day in inside]), 1)
            for weekend in model.instance.weekends
        ]
    model.at_least(values, total.least, total.weight, unit)
    if total.most is not None:
        model.at_most(values, total.most, total.weight, unit)


def _run(model: Model, number: int, run: Run) -> None:
    days = model.instance.days
    row = [model.worked(number, day, run.kinds) for day in range(days)]
    if run.of == "off":
        row = [negated(value) for value in row]
    if run.most is not None:
        for start in range(days - run.most):
            window = row[start : start + run.most + 1]
            if run.weight is None and not model.relaxed:
                model.at_most(window, run.most, None)
            else:
                model.not_all(window, run.weight)
    if run.least > 1:
        _least(model, row, run)


def _least(model: Model, row: list[Value], run: Run) -> None:
    """No run shorter than `least` but at the edges: 0 1…1 0 is excluded for each shorter length."""
    for long in range(1, run.least):
        price = None if run.weight is None else run.weight * (run.least - long)
        for start in range(1, len(row) - long):
            inside = [negated(value) for value in row[start : start + long]]
            model.clause([row[start - 1], *inside, row[start + long]], price)
    if run.weight is None and not model.relaxed:
        _tight(model, row, run.least)


def _tight(model: Model, row: list[Value], least: int) -> None:
    """The same for the linear relaxation: whoever began in the last `least` days is still in the run."""
    begins: list[Value] = [0]
    for day in range(1, len(row)):
        begin = model.boolean()
        begins.append(begin)
        model.at_least([begin, (row[day], -1), row[day - 1]], 0, None)
        model.at_most([*begins[max(1, day - least + 1) : day + 1], (row[day], -1)], 0, None)
