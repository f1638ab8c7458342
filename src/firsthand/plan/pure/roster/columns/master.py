"""The linear programme over columns: how much of which column, at the least cost of columns and demand."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt
from ortools.linear_solver import pywraplp  # type: ignore[attr-defined]  # its package declares nothing

from firsthand.plan.pure.roster.columns.person import Column
from firsthand.plan.pure.roster.instance import Demand, Instance

Floats = npt.NDArray[np.float64]

# What a rule not held costs in the linear programme: more than any wish, little enough to stay exact.
BROKEN = 1e5
SOLVER = "GLOP"
IDLE = 1e6  # what it costs that somebody has no roster at all


@dataclass(frozen=True)
class Slack:
    """What may be missing from, or beyond, a row, at which price."""

    low: float
    high: float
    price: float
    sign: int  # +1 missing, −1 beyond


def slacks(demand: Demand, held: int, room: int) -> list[Slack]:
    """The possible misses of a row to which others add `held` already and these people at most `room`.

    The second of each side breaks a rule."""
    wanted = demand.wanted - held
    least = max(demand.least - held, 0)
    most = room if demand.most is None else min(room, demand.most - held)
    found = []
    for low, high, price, sign in (
        (wanted - most, wanted - least, demand.under, 1),
        (least - wanted, most - wanted, demand.over, -1),
    ):
        found.append(Slack(max(0, low), max(0, high, low), price, sign))
        found.append(Slack(0, float(room + abs(wanted)), BROKEN, sign))
    return found


@dataclass
class Master:
    """Rows: the demands, then one for each person (exactly one roster). Columns: slacks, then those of people.

    `people` are those to decide for; the others add `held` to the rows."""

    instance: Instance
    people: Sequence[int]
    held: Sequence[int]
    columns: list[Column] = field(default_factory=list)
    known: set[tuple[int, tuple[int, ...]]] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.lp = pywraplp.Solver.CreateSolver(SOLVER)
        self.goal = self.lp.Objective()
        self.goal.SetMinimization()
        demands, people = self.instance.demands, len(self.people)
        self.row = {person: len(demands) + at for at, person in enumerate(self.people)}
        self.wanted = [demand.wanted - held for demand, held in zip(demands, self.held, strict=True)]
        self.rows = [
            self.lp.Constraint(float(right), float(right)) for right in [*self.wanted, *[1] * people]
        ]
        room = people * self.instance.per_day
        self.slacks = [
            slacks(demand, held, room * len(demand.days))
            for demand, held in zip(demands, self.held, strict=True)
        ]
        for row, those in enumerate(self.slacks):
            for slack in those:
                self._variable(slack.low, slack.high, slack.price, [(row, slack.sign)])
        for row in self.row.values():
            self._variable(0, 1, IDLE, [(row, 1)])
        self.shares: list[Any] = []

    def _variable(self, low: float, high: float, price: float, rows: Iterable[tuple[int, int]]) -> Any:
        variable = self.lp.NumVar(low, high, "")
        self.goal.SetCoefficient(variable, price)
        for row, times in rows:
            self.rows[row].SetCoefficient(variable, times)
        return variable

    def add(self, columns: Iterable[Column]) -> int:
        """How many of them were new."""
        before = len(self.columns)
        for column in columns:
            key = (column.person, column.path)
            if key not in self.known:
                self.known.add(key)
                self.columns.append(column)
                rows = [*column.rows, (self.row[column.person], 1)]
                self.shares.append(self._variable(0, self.lp.infinity(), column.cost, rows))
        return len(self.columns) - before

    def limit(self, number: int, low: float, high: float) -> None:
        """The least and the most of a column."""
        self.shares[number].SetBounds(low, high)

    def solve(self, *, limited: bool = False) -> float:
        """The value, with `duals` of the demands, `each` of the people, and the `share` of each column.

        After new columns the primal simplex goes on from the last basis, after `limit` the dual simplex."""
        how = pywraplp.MPSolverParameters()
        how.SetIntegerParam(how.PRESOLVE, how.PRESOLVE_OFF)
        how.SetIntegerParam(how.LP_ALGORITHM, how.DUAL if limited else how.PRIMAL)
        how.SetIntegerParam(how.INCREMENTALITY, how.INCREMENTALITY_ON)
        self.lp.Solve(how)
        self.duals = np.array([row.dual_value() for row in self.rows[: len(self.wanted)]])
        self.each = {person: self.rows[row].dual_value() for person, row in self.row.items()}
        self.share = np.array([share.solution_value() for share in self.shares])
        return float(self.goal.Value())

    def reduced(self, column: Column) -> float:
        """What the column costs beyond the prices of the rows it counts in, after `solve`."""
        worth = sum(self.duals[row] * times for row, times in column.rows)
        return float(column.cost - worth - self.each[column.person])

    def bound(self, duals: Floats, cheapest: float) -> float:
        """Lagrange's bound for these duals and the sum of all persons' least reduced costs."""
        value = cheapest
        for dual, wanted, those in zip(duals, self.wanted, self.slacks, strict=True):
            value += dual * wanted
            for slack in those[::2]:  # the rules hold: what breaks them is not there
                reduced = slack.price - slack.sign * dual
                value += reduced * (slack.low if reduced >= 0 else slack.high)
        return float(value)
