"""The order of a person's days as an automaton: rest, days in a row, training first.

A state is what must be remembered of the days so far: the class of the last day's pattern, how long each run is, who
is trained. Days are all alike here; what depends on the calendar is in `counters`.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from firsthand.plan.pure.roster.columns.patterns import Pattern
from firsthand.plan.pure.roster.instance import First, Instance, Person, Run

MANY = 4000

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Row = tuple[int, bool]  # days in the run so far; did it begin before the first day?
State = tuple[int, tuple[Row, ...], tuple[bool, ...]]  # class of the last day, runs, trained


@dataclass(frozen=True)
class Automaton:
    classes: Ints  # (patterns,) class of each pattern
    after: Ints  # (states, classes) → state, −1: not allowed
    price: Floats  # (states, classes)
    bits: Ints  # (states,) which weekend totals count the last day, as bits


@dataclass(frozen=True)
class Sign:
    """All that the order of days can see of a pattern."""

    may_follow: frozenset[int]  # kinds
    may_precede: frozenset[int]
    runs: tuple[bool, ...]
    weekends: int
    trains: tuple[bool, ...]
    needs: tuple[bool, ...]


@dataclass(frozen=True)
class Step:
    """What is known of a class: its sign, and the kinds of one of its patterns (what goes for one goes for all)."""

    sign: Sign
    worked: frozenset[int]


def automaton(
    instance: Instance, number: int, patterns: list[Pattern], known: dict[object, Automaton | None]
) -> Automaton | None:
    """State 0 is before the first day. None if there are too many states.

    People with the same rules share one: `known` keeps those made already."""
    person = instance.people[number]
    firsts = tuple(first for first in instance.firsts if not first.people or number in first.people)
    weekends = tuple(total.kinds for total in person.totals if total.measure == "weekends")
    key = (person.runs, weekends, firsts)
    if key not in known:
        known[key] = _automaton(instance, person, firsts, patterns)
    return known[key]


def _automaton(
    instance: Instance, person: Person, firsts: tuple[First, ...], patterns: list[Pattern]
) -> Automaton | None:
    signs = [_sign(instance, person, firsts, pattern) for pattern in patterns]
    known = {sign: at for at, sign in enumerate(dict.fromkeys(signs))}
    steps = [Step(sign, frozenset(kind for kind, _ in patterns[signs.index(sign)])) for sign in known]
    start: State = (-1, ((0, True),) * len(person.runs), (False,) * len(firsts))
    states, queue = {start: 0}, [start]
    after: list[list[int]] = []
    price: list[list[float]] = []
    for state in queue:  # grows while it is read
        after.append([-1] * len(steps))
        price.append([0.0] * len(steps))
        for at in range(len(steps)):
            if not (found := _next(state, at, steps, person.runs)):
                continue
            then, price[-1][at] = found
            if then not in states:
                states[then] = len(queue)
                queue.append(then)
            after[-1][at] = states[then]
        if len(queue) > MANY:
            return None
    bits = [0 if last < 0 else steps[last].sign.weekends for last, _, _ in queue]
    return Automaton(
        np.array([known[sign] for sign in signs]), np.array(after), np.array(price), np.array(bits)
    )


def _next(state: State, at: int, steps: list[Step], runs: tuple[Run, ...]) -> tuple[State, float] | None:
    last, rows, trained = state
    sign = steps[at].sign
    if last >= 0 and not steps[at].worked <= steps[last].sign.may_follow:
        return None
    if any(need and not done for need, done in zip(sign.needs, trained, strict=True)):
        return None
    cost = 0
    then: list[Row] = []
    for run, row, inside in zip(runs, rows, sign.runs, strict=True):
        if not (found := _row(run, row, inside, last < 0)):
            return None
        then.append(found[0])
        cost += found[1]
    done = tuple(a or b for a, b in zip(trained, sign.trains, strict=True))
    return (at, tuple(then), done), float(cost)


def _row(run: Run, row: Row, inside: bool, first: bool) -> tuple[Row, int] | None:
    """How a run goes on, begins or ends, and what that costs."""
    long, edge = row
    if not inside:
        short = run.least - long if long and not edge else 0
        if short > 0 and run.weight is None:
            return None
        return (0, False), max(0, short) * (run.weight or 0)
    edge = first if not long else edge
    long += 1
    cost = 0
    if run.most is not None and long > run.most:
        if run.weight is None:
            return None
        cost = run.weight
    long = min(long, max(run.least, 0 if run.most is None else run.most + 1))
    return (max(long, 1), edge and long < run.least), cost


def _sign(instance: Instance, person: Person, firsts: tuple[First, ...], pattern: Pattern) -> Sign:
    worked = frozenset(kind for kind, _ in pattern)
    every = frozenset(range(len(instance.kinds)))
    weekend = [total for total in person.totals if total.measure == "weekends"]
    return Sign(
        may_follow=every.intersection(*(instance.successors[kind] for kind in worked)),
        may_precede=frozenset(kind for kind in every if worked <= instance.successors[kind]),
        runs=tuple(_any(worked, run.kinds) == (run.of == "work") for run in person.runs),
        weekends=sum(_any(worked, total.kinds) << at for at, total in enumerate(weekend)),
        trains=tuple(bool(worked & first.training) for first in firsts),
        needs=tuple(bool(worked & first.then) for first in firsts),
    )


def _any(worked: frozenset[int], kinds: frozenset[int]) -> bool:
    return bool(worked & kinds) if kinds else bool(worked)
