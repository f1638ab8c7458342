"""The linear relaxation among some shifts and sessions, by GLOP: exact prices for the bound, half-way people to dive.

Its prices are worth what `bound.at` says of them, which asks everybody about all shifts, those left out here too:
the bound is true whatever was left out, and however exactly GLOP reckons.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from ortools.linear_solver.python import model_builder_helper as builder

from firsthand.plan.pure.front import bound, exact, worth
from firsthand.plan.pure.front.arrays import KEPT, Arrays, Bools, Floats, Ints

# By far the fastest here: shifts that cost the same are told apart by a hair, and most answers come out whole.
_GLOP = "use_dual_simplex: true perturb_costs_in_dual_simplex: true"
_MANY = np.inf
_ROUNDS = 8
_LIKELY = 0.5  # above the bound: where the first program looks
_NEARLY = 0.05
_NO_SEAT = (
    10_000.0  # for a seat that is not there: with few sessions to choose from, locked people may need one
)
_HAIR = 1e-3  # how much of each need may be had at the prices known, so that no price moves without a cause


@dataclass(frozen=True)
class Relaxed:
    cost: float
    prices: bound.Prices
    shift: Floats  # P × H × R, from 0 to 1
    session: Floats  # P × S


class _Program:
    """Columns, and rows of them between two limits."""

    def __init__(self) -> None:
        self.columns, self.rows = 0, 0
        self._columns: list[tuple[Floats, ...]] = []  # cost, least, most
        self._rows: list[tuple[Floats, ...]] = []  # least, most
        self._entries: list[tuple[Ints, Ints, Floats]] = []

    def add_columns(
        self, count: int, cost: Floats | float, least: Floats | float, most: Floats | float
    ) -> Ints:
        self._columns.append(tuple(_spread(part, count) for part in (cost, least, most)))
        self.columns += count
        return np.arange(self.columns - count, self.columns)

    def add_rows(self, count: int, least: Floats | float, most: Floats | float) -> Ints:
        self._rows.append(tuple(_spread(part, count) for part in (least, most)))
        self.rows += count
        return np.arange(self.rows - count, self.rows)

    def put(self, rows: Ints, columns: Ints, factor: float = 1.0) -> None:
        self._entries.append((rows, columns, np.full(len(rows), factor)))

    def solve(self, seconds: float, stop: Callable[[], bool]) -> tuple[float, Floats, Floats] | None:
        """The least cost, the dual price of each row, the value of each column. None: not solved in time."""
        from scipy import sparse  # here: see forecast/spread.py

        rows, columns, factors = (np.concatenate(part) for part in zip(*self._entries, strict=True))
        matrix = sparse.csr_matrix((factors, (rows, columns)), shape=(self.rows, self.columns))
        model = builder.ModelBuilderHelper()
        parts = [np.concatenate(part) for part in zip(*self._columns, strict=True)]
        limits = [np.concatenate(part) for part in zip(*self._rows, strict=True)]
        given: list[Any] = [parts[1], parts[2], parts[0], *limits, matrix]
        model.fill_model_from_sparse_data(*given)
        solver = builder.ModelSolverHelper("GLOP")
        solver.set_time_limit_in_seconds(max(0.05, seconds))
        solver.set_solver_specific_parameters(_GLOP)
        with exact.asking(solver.interrupt_solve, stop):
            solver.solve(model)
        if solver.status() != builder.SolveStatus.OPTIMAL:
            return None
        return solver.objective_value(), np.array(solver.dual_values()), np.array(solver.variable_values())


def _spread(value: Floats | float, count: int) -> Floats:
    return np.broadcast_to(np.asarray(value, dtype=float), (count,))


class _Week:
    """The front week as such a program."""

    def __init__(self, a: Arrays, keep: tuple[Bools, Bools], near: bound.Prices | None) -> None:
        self.a, self.program = a, _Program()
        self.person, self.half_day, self.room = np.nonzero(a.allowed & keep[0])
        self.sitter, self.sits = np.nonzero(a.can & keep[1])
        wish = a.wish[self.person, self.half_day].astype(float)
        locked = wish < -KEPT // 2
        count = len(self.person)
        self.x = self.program.add_columns(count, wish + KEPT * locked, locked.astype(float), 1.0)
        self.y = self.program.add_columns(len(self.sitter), 0.0, 0.0, 1.0)
        self._needs()
        self._chiefs()
        self._seats()
        self._even()
        if near is not None:
            for rows, price in (
                (self.need_rows, near.place.ravel()),
                (self.chief_rows, near.chief.ravel()),
                (self.seat_rows, -near.seat),
                (self.even_rows, -near.even.ravel()),
            ):
                self.program.put(rows, self.program.add_columns(len(rows), price, -_HAIR, _HAIR))
        self._days()
        self._limits()

    def _needs(self) -> None:
        a, program = self.a, self.program
        wanted, (_, rooms, levels) = a.wanted.ravel().astype(float), a.wanted.shape
        rows = self.need_rows = program.add_rows(len(wanted), wanted, wanted)
        place = (self.half_day * rooms + self.room) * levels
        for level in range(levels):
            own = a.counts[a.kind[self.person], level]
            program.put(rows[place[own] + level], self.x[own])
        program.put(rows, program.add_columns(len(rows), a.under.ravel().astype(float), 0.0, wanted))
        program.put(rows, program.add_columns(len(rows), a.over.ravel().astype(float), 0.0, _MANY), -1.0)

    def _chiefs(self) -> None:
        a, program, price = self.a, self.program, self.a.chief_price.ravel().astype(float)
        rows = self.chief_rows = program.add_rows(len(price), (price > 0).astype(float), _MANY)
        own = a.executive[self.person]
        at = self.room[own] * a.chief_price.shape[1] + a.week[self.half_day[own]]
        program.put(rows[at], self.x[own])
        program.put(rows, program.add_columns(len(rows), price, 0.0, 1.0))

    def _seats(self) -> None:
        a, program = self.a, self.program
        rows = self.seat_rows = program.add_rows(len(a.session_day), -_MANY, a.session_seats.astype(float))
        program.put(rows[self.sits], self.y)
        program.put(rows, program.add_columns(len(rows), _NO_SEAT, 0.0, _MANY), -1.0)

    def _even(self) -> None:
        a, program, sorts = self.a, self.program, bound.sorts(self.a)
        (free, dear), people = bound.evenness(a), len(a.least)
        rows = self.even_rows = program.add_rows(people * len(free), -_MANY, np.tile(free, people))
        for number in range(len(free)):
            own = sorts[self.half_day, number] > 0
            program.put(rows[self.person[own] * len(free) + number], self.x[own])
        program.put(rows, program.add_columns(len(rows), np.tile(dear, people), 0.0, _MANY), -1.0)

    def _days(self) -> None:
        """Two half-days that may not follow each other, together; after the training, for those who need one."""
        a, program = self.a, self.program
        people, half_days = a.wish.shape
        joins = np.append(~a.may_follow[1:], False)  # with the half-day after
        same = np.append(a.day[1:] == a.day[:-1], False)
        has = np.zeros((people, half_days), dtype=np.bool_)
        alone = a.may_follow & joins & same  # such a half-day's row says less than the next one's
        has[self.person, self.half_day] = True
        after = has.copy()
        after[:, 1:] |= has[:, :-1] & joins[:-1]
        after &= ~alone
        ready = np.broadcast_to(a.ready[:, None], after.shape)[after].astype(float)
        row = np.full(after.shape, -1)
        row[after] = program.add_rows(int(after.sum()), -_MANY, ready)
        for then, on in ((0, ~alone[self.half_day]), (1, joins[self.half_day])):
            at = np.minimum(self.half_day[on] + then, half_days - 1)
            program.put(row[self.person[on], at], self.x[on])
        for half_day in range(half_days):
            on = (a.session_day[self.sits] < a.day[half_day]) & after[self.sitter, half_day]
            program.put(row[self.sitter[on], half_day], self.y[on], -1.0)

    def _limits(self) -> None:
        a, program = self.a, self.program
        weeks, people = a.chief_price.shape[1], len(a.least)
        week = self.person * weeks + a.week[self.half_day]
        program.put(program.add_rows(people * weeks, -_MANY, np.repeat(a.a_week, weeks))[week], self.x)
        program.put(program.add_rows(people, -_MANY, a.most.astype(float))[self.person], self.x)
        program.put(program.add_rows(people, -_MANY, 1.0)[self.sitter], self.y)
        least = program.add_rows(people, a.least.astype(float), _MANY)
        program.put(least[self.person], self.x)
        program.put(
            least, program.add_columns(people, float(a.problem.prices.least), 0.0, a.least.astype(float))
        )

    def relaxed(self, found: tuple[float, Floats, Floats]) -> Relaxed:
        cost, dual, value = found
        a = self.a
        shift, session = np.zeros(a.allowed.shape), np.zeros(a.can.shape)
        shift[self.person, self.half_day, self.room] = value[self.x]
        session[self.sitter, self.sits] = value[self.y]
        prices = bound.Prices(
            np.clip(dual[self.need_rows].reshape(a.wanted.shape), -a.over, a.under),
            np.clip(dual[self.chief_rows].reshape(a.chief_price.shape), 0, a.chief_price),
            np.maximum(-dual[self.seat_rows], 0),
            np.clip(-dual[self.even_rows].reshape(len(a.least), -1), 0, bound.evenness(a)[1]),
        )
        return Relaxed(cost, prices, shift, session)


def relax(
    a: Arrays,
    keep: tuple[Bools, Bools],
    *,
    near: bound.Prices | None = None,
    seconds: float,
    stop: Callable[[], bool] = lambda: False,
) -> Relaxed | None:
    """The best that half-way people can do with these shifts and sessions (P × H × R, P × S).

    `near`: prices to stay at where nothing speaks for others; the cost is then a hair too low."""
    week = _Week(a, keep, near)
    found = week.program.solve(seconds, stop)
    return week.relaxed(found) if found is not None else None


def sharpen(
    a: Arrays, found: bound.Bound, *, seconds: Callable[[], float], stop: Callable[[], bool] = lambda: False
) -> tuple[bound.Bound, Relaxed | None]:
    """The linear program's own bound and prices, starting from prices near them; and how it came by them last.

    Only the shifts that these prices make likely are in the program; those that its answer makes too cheap join in
    the next. Gives the best bound that was reached when time is up or nothing is gained any more."""
    near, last = found.prices, None
    shift, session = worth.reduced(a, near)
    keep, can = (shift <= _LIKELY) | (a.allowed & (a.wish < -KEPT // 2)[:, :, None]), session <= _LIKELY
    for _ in range(_ROUNDS):
        left = seconds()
        if left <= 0 or stop():
            break
        answer = relax(a, (keep, can), near=near, seconds=left, stop=stop)
        if answer is None:
            break
        value, last = bound.at(a, answer.prices), answer
        shift, session = worth.reduced(a, answer.prices)
        if value > found.value:
            found = bound.Bound(value, answer.prices, answer.session)
        if value > answer.cost - _NEARLY or ((shift <= 0) <= keep).all() and ((session <= 0) <= can).all():
            break
        keep |= shift <= 1e-6
        can |= session <= 1e-6
    return found, last
