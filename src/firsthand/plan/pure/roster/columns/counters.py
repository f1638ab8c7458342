"""A person's totals as counters beside the automaton: shifts in all, minutes, weekends, this week's shifts.

A counter's value is capped; the values of all counters together are one number. For each day `step` says what a
pattern makes of it. A counter with only an upper limit that is seldom reached can be left loose: `shortest` then
raises a price on what it counts until the limit holds.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from firsthand.plan.pure.roster.columns.patterns import Pattern
from firsthand.plan.pure.roster.instance import Instance, Total

MANY = 1500  # values of all counters together

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Counter:
    """One total in its windows, or the one price of changing a person's roster at all."""

    adds: Ints  # (days, patterns) in units
    ends: tuple[int, ...]  # last day of each window
    least: int
    most: int | None
    cap: int  # values are 0 … cap
    price: float | None  # for each unit; None: must hold
    unit: int = 1
    bit: int = -1  # a weekend total: its number among them
    saturates: bool = False  # more than `cap` costs no more
    second: tuple[int, ...] = ()  # days that count only if the day before did not: Sundays

    @property
    def key(self) -> object:
        return (
            self.adds.tobytes(),
            self.ends,
            self.least,
            self.most,
            self.cap,
            self.price,
            self.unit,
            self.bit,
        )

    def at_end(self, value: int) -> float:
        """What this value costs at the end of a window."""
        short = max(0, self.least - value * self.unit)
        over = 0 if self.most is None else max(0, value * self.unit - self.most)
        if short + over == 0:
            return 0.0
        return math.inf if self.price is None else (short + over) * self.price


@dataclass(frozen=True)
class Counters:
    values: int  # of all counters together
    which: Ints  # (days, patterns, bits of the last day) → row of `then` and `price`
    then: Ints  # (rows, values) → value after the day, −1: not allowed
    price: Floats  # (rows, values)
    loose: tuple[Counter, ...]


def counter(
    instance: Instance, total: Total, patterns: list[Pattern], may: npt.NDArray[np.bool_], bit: int
) -> Counter | None:
    """None: this total cannot be missed. `ValueError`: its windows run into each other."""
    windows = sorted(total.windows, key=min)
    if any(max(one) >= min(other) for one, other in zip(windows, windows[1:], strict=False)):
        raise ValueError("windows that overlap")
    one = np.array([_counts(instance, total, pattern) for pattern in patterns])
    unit = int(np.gcd.reduce(one)) or 1
    adds = np.zeros((instance.days, len(patterns)), np.int64)
    second: list[int] = []
    for window in windows:
        for day in window:
            adds[day] = one // unit
    if total.measure == "weekends":
        adds, second = _weekends(instance, adds, total.windows)
    reach = max(int((adds * may).max(axis=1)[list(window)].sum()) for window in windows)
    high = None if total.most is None or reach * unit <= total.most else total.most
    if high is None and total.least <= 0:
        return None
    cap = math.ceil(total.least / unit)
    if high is not None:
        cap = high // unit if total.weight is None else reach
    ends = tuple(max(window) for window in windows)
    return Counter(adds, ends, total.least, high, cap, total.weight, unit, bit, second=tuple(second))


def touched(adds: Ints, price: int) -> Counter:
    """A price once if anything is counted at all: whether this person's roster changes."""
    return Counter(adds, (len(adds) - 1,), 0, 0, 1, float(price), saturates=True)


def _counts(instance: Instance, total: Total, pattern: Pattern) -> int:
    those = [kind for kind, _ in pattern if not total.kinds or kind in total.kinds]
    if total.measure == "minutes":
        return sum(instance.kinds[kind].minutes for kind in those)
    return len(those) if total.measure == "shifts" else int(bool(those))


def _weekends(instance: Instance, adds: Ints, windows: tuple[tuple[int, ...], ...]) -> tuple[Ints, list[int]]:
    """Only weekend days count; the Sunday only if Saturday counted nothing."""
    inside = np.zeros_like(adds)
    second = []
    for days in instance.weekends:
        for at, day in enumerate(days):
            inside[day] = adds[day]
            if at and any(days[0] in window and day in window for window in windows):
                second.append(day)
    return inside, second


def counters(
    found: list[Counter], days: int, patterns: int, known: dict[object, Counters | None]
) -> Counters | None:
    """The tables of all counters; the longest ones without a lower limit become loose if they are too many.

    People with the same contract have the same tables: `known` keeps those made already."""
    key = tuple(one.key for one in found)
    if key not in known:
        known[key] = _counters(found, days, patterns)
    return known[key]


def _counters(found: list[Counter], days: int, patterns: int) -> Counters | None:
    kept = sorted(found, key=lambda one: (_can_be_loose(one), one.cap))
    loose: list[Counter] = []
    while (each := _reachable(kept, days)) is None:
        if not kept or not _can_be_loose(kept[-1]):
            return None
        loose.append(kept.pop())
    return _tables(kept, tuple(loose), each, days, patterns)


def _can_be_loose(one: Counter) -> bool:
    return one.least == 0 and one.price is None and one.bit < 0 and len(one.ends) == 1


def _reachable(kept: list[Counter], days: int) -> Ints | None:
    """(values, counters): all that the counters can be together, the start first; None if too many.

    Many combinations cannot be: with night shifts of ten hours and others of eight, the minutes follow."""
    found = np.zeros((1, len(kept)), np.int64)
    sizes = [one.cap + 1 for one in kept]
    for day in range(days if kept else 0):
        adds = np.unique(np.array([one.adds[day] for one in kept]).T, axis=0)
        second = np.array([day in one.second for one in kept])
        both = np.unique(np.concatenate([adds, np.where(second, 0, adds)]), axis=0)
        after = [then[good] for row in both for then, good, _ in [_after(kept, found, row, day)]]
        codes = np.unique(np.ravel_multi_index(tuple(np.concatenate([found, *after]).T), sizes))
        found = np.stack(np.unravel_index(codes, sizes), axis=1)
        if len(found) > MANY:
            return None
    return found


def _after(
    kept: list[Counter], values: Ints, adds: Ints, day: int
) -> tuple[Ints, npt.NDArray[np.bool_], Floats]:
    """The values after this day, which of them are allowed, and the price of windows that end."""
    then = values + adds
    good = np.ones(len(values), np.bool_)
    price = np.zeros(len(values))
    for at, one in enumerate(kept):
        if one.most is None or one.saturates:
            np.minimum(then[:, at], one.cap, out=then[:, at])
        good &= then[:, at] <= one.cap
        if day in one.ends:
            ends = np.array([one.at_end(value) for value in range(one.cap + 1)])
            price += ends[np.minimum(then[:, at], one.cap)]
            then[:, at] = 0
    return then, good & np.isfinite(price), price


def _tables(
    kept: list[Counter], loose: tuple[Counter, ...], each: Ints, days: int, patterns: int
) -> Counters:
    bits = 1 << (1 + max((one.bit for one in kept), default=-1))
    number = {tuple(value): at for at, value in enumerate(each.tolist())}
    rows: dict[tuple[tuple[int, ...], int], int] = {}  # (adds, day if a window ends there) → row
    thens: list[Ints] = []
    prices: list[Floats] = []
    which = np.zeros((days, patterns, bits), np.int64)
    for day in range(days):
        ends = day if any(day in one.ends for one in kept) else -1
        for pattern in range(patterns):
            for last in range(bits):
                adds = tuple(_adds(one, day, pattern, last) for one in kept)
                if (adds, ends) not in rows:
                    rows[adds, ends] = len(thens)
                    then, good, price = _after(kept, each, np.array(adds, np.int64), day)
                    into = [number.get(tuple(value), -1) for value in then.tolist()]
                    thens.append(np.where(good, into, -1))
                    prices.append(np.where(good, price, 0.0))
                which[day, pattern, last] = rows[adds, ends]
    return Counters(len(each), which, np.array(thens), np.array(prices), loose)


def _adds(one: Counter, day: int, pattern: int, last: int) -> int:
    if day in one.second and last >> one.bit & 1:
        return 0
    return int(one.adds[day, pattern])
