"""A model: one boolean for each person and open cell, and rows that other files add.

Part of a roster can be held as it stands (`free`), so that a neighbourhood is a small model. `relaxed` lets every
rule be missed and counts by how much: the least of that explains why nothing fits.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from ortools.sat.python import cp_model

from firsthand.plan.pure.roster.instance import Assignment, Instance

MISSED = 1000  # price of a missed rule, per shift or person, when rules may be missed

MUST = -1  # price of what holds even then: nobody is in two rooms at once

Value = Any  # a boolean of the model, its negation, or 0 or 1 if it is held
Free = Callable[[int, int], bool]  # (person, day) → is it to be decided?


class Model:
    def __init__(
        self,
        instance: Instance,
        given: frozenset[Assignment],
        free: Free | None,
        relaxed: bool,
    ) -> None:
        self.instance = instance
        self.cp = cp_model.CpModel()
        self.relaxed = relaxed
        self.terms: list[tuple[Any, int]] = []
        self.offset = 0
        self.x: dict[Assignment, Value] = {}
        self.cells: list[list[list[tuple[Assignment, Value]]]] = []  # by person and day
        self.moves: list[bool] = []  # has this person anything to decide?
        for person, cells in enumerate(instance.cells):
            days: list[list[tuple[Assignment, Value]]] = [[] for _ in range(instance.days)]
            moves = False
            for cell in cells:
                at = Assignment(person, *cell)
                if free is None or free(person, cell.day):
                    self.x[at] = self.cp.new_bool_var("")
                    moves = True
                else:
                    self.x[at] = int(at in given)
                days[cell.day].append((at, self.x[at]))
            self.cells.append(days)
            self.moves.append(moves)
        self._worked: dict[tuple[int, int, frozenset[int]], Value] = {}

    def boolean(self) -> Any:
        return self.cp.new_bool_var("")

    def price(self, what: Any, price: int) -> None:
        if isinstance(what, int):
            self.offset += what * price
        elif price:
            self.terms.append((what, price))

    def missing(self, price: int | None, unit: int = MISSED) -> int | None:
        """What a unit missed costs: None if it must hold. A relaxed model prices only what must hold."""
        if price == MUST:
            return None
        if not self.relaxed:
            return price
        return unit if price is None else 0

    def of(self, person: int, day: int, kinds: frozenset[int] = frozenset()) -> list[Value]:
        """The booleans of that day with one of these kinds."""
        return [value for at, value in self.cells[person][day] if not kinds or at.kind in kinds]

    def worked(self, person: int, day: int, kinds: frozenset[int] = frozenset()) -> Value:
        """Whether one of these kinds is worked that day."""
        key = (person, day, kinds)
        if key not in self._worked:
            self._worked[key] = self.any(self.of(*key), self.instance.per_day == 1)
        return self._worked[key]

    def any(self, values: Sequence[Value], exclusive: bool = False) -> Value:
        """Whether at least one is true; `exclusive`: at most one can be."""
        if 1 in [value for value in values if isinstance(value, int)]:
            return 1
        values = [value for value in values if not isinstance(value, int)]
        if len(values) < 2:
            return values[0] if values else 0
        found = self.boolean()
        if exclusive:
            self.cp.add(total(values) == found)
        else:
            self.cp.add_max_equality(found, values)
        return found

    def at_least(self, values: Sequence[Any], least: int, price: int | None, unit: int = MISSED) -> None:
        """Σ values ≥ least, or each one missing at a price."""
        held, loose, low, _ = split(values)
        missed = self.missing(price, unit)
        if not loose:
            self._decided(max(0, least - held), missed)
            return
        if low >= least:
            return
        if missed is None:
            self.cp.add(total(loose) >= least - held)
        elif missed:
            short = self.cp.new_int_var(0, least - low, "")
            self.cp.add(total(loose) + short >= least - held)
            self.price(short, missed)

    def at_most(self, values: Sequence[Any], most: int, price: int | None, unit: int = MISSED) -> None:
        """Σ values ≤ most, or each one beyond at a price."""
        held, loose, _, high = split(values)
        missed = self.missing(price, unit)
        if not loose:
            self._decided(max(0, held - most), missed)
            return
        if high <= most:
            return
        if missed is None:
            self.cp.add(total(loose) <= most - held)
        elif missed:
            beyond = self.cp.new_int_var(0, high - most, "")
            self.cp.add(total(loose) - beyond <= most - held)
            self.price(beyond, missed)

    def _decided(self, amount: int, missed: int | None) -> None:
        """So much is missed whatever is chosen: a cost, or no roster at all."""
        if amount and missed is None:
            self.cp.add_bool_or([])
        else:
            self.offset += amount * (missed or 0)

    def not_all(self, values: Sequence[Value], price: int | None) -> None:
        """At least one of these is false, or a price."""
        self.clause([negated(value) for value in values], price)

    def clause(self, values: Sequence[Value], price: int | None) -> None:
        """At least one is true, or a price."""
        if any(isinstance(value, int) and value for value in values):
            return
        loose = [value for value in values if not isinstance(value, int)]
        missed = self.missing(price)
        if not loose:
            self._decided(1, missed)
        elif missed is None:
            self.cp.add_bool_or(loose)
        elif missed:
            broken = self.boolean()
            self.cp.add_bool_or([*loose, broken])
            self.price(broken, missed)

    def price_any(self, values: Sequence[Value], price: int) -> None:
        """A price if at least one of these is true."""
        found = self.any(values)
        self.price(found, price)

    def finish(self) -> None:
        self.cp.minimize(total([what * price for what, price in self.terms]) + self.offset)

    def hint(self, given: Iterable[Assignment]) -> None:
        there = set(given)
        self.cp.clear_hints()  # type: ignore[no-untyped-call]
        for at, value in self.x.items():
            if not isinstance(value, int):
                self.cp.add_hint(value, at in there)

    def read(self, value_of: Callable[[Any], Any]) -> frozenset[Assignment]:
        """The roster of a solution."""
        return frozenset(
            at for at, value in self.x.items() if (value if isinstance(value, int) else value_of(value))
        )


def total(values: Iterable[Any]) -> Any:
    return cp_model.LinearExpr.sum(list(values)) if values else 0


def negated(value: Value) -> Value:
    return 1 - value if isinstance(value, int) else value.Not()


def split(values: Iterable[Any]) -> tuple[int, list[Any], int, int]:
    """What is held; the rest; the least and the most the sum can be. Values may be (boolean, times)."""
    held, low, high = 0, 0, 0
    loose: list[Any] = []
    for value in values:
        what, times = value if isinstance(value, tuple) else (value, 1)
        if isinstance(what, int):
            held += what * times
        else:
            loose.append(what * times if times != 1 else what)
            low, high = low + min(0, times), high + max(0, times)
    return held, loose, held + low, held + high
