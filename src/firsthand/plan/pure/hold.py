"""Will it hold? What a half-hour needs beside who is there, and the sentence a day gets from it."""

from __future__ import annotations

import math
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import cached_property
from itertools import accumulate


class Holds(StrEnum):
    """In the order of how much they ask to be looked at."""

    SHORT = "short"  # on an ordinary such day somebody is missing
    TIGHT = "tight"  # on a busy one: one day in ten is at least so busy
    HOLDS = "holds"
    UNKNOWN = "unknown"  # no half-day is worked then, or nothing is rostered yet


@dataclass(frozen=True)
class Gap:
    """One half-hour. `needed` at the desks at the 10, 50 and 90 % quantile of the calls; `there` after those
    who are away from the desk (`at_the_desk`)."""

    needed: tuple[int, int, int]
    there: int
    worked: bool = True

    @property
    def holds(self) -> Holds:
        if not self.worked:
            return Holds.UNKNOWN
        _low, mid, high = self.needed
        if self.there < mid:
            return Holds.SHORT
        return Holds.TIGHT if self.there < high else Holds.HOLDS

    @property
    def missing(self) -> int:
        """How many more it takes to hold on an ordinary such day; where that holds, on a busy one."""
        return max(0, self.needed[1] - self.there) or max(0, self.needed[2] - self.there)

    @property
    def spare(self) -> int:
        """How many more are there than an ordinary such day needs; fewer: below 0."""
        return self.there - self.needed[1]

    @property
    def spare_between(self) -> tuple[int, int]:
        """On a busy day of ten, and on a quiet one."""
        return self.there - self.needed[2], self.there - self.needed[0]


@dataclass(frozen=True)
class Together:
    """One half-hour in all languages. A surplus in one answers no call in another: what is missing adds up, and
    where nothing is missing the language with the least to spare speaks for all."""

    gaps: tuple[Gap, ...]

    @cached_property
    def holds(self) -> Holds:
        return worst(self.gaps)

    @property
    def there(self) -> int:
        return sum(gap.there for gap in self._worked)

    @property
    def missing(self) -> int:
        """Summed over the languages that are as bad as the worst."""
        return sum(gap.missing for gap in self._worked if gap.holds is self.holds)

    @property
    def spare(self) -> int:
        return _together([gap.spare for gap in self._worked])

    @property
    def spare_between(self) -> tuple[int, int]:
        busy, quiet = ([gap.spare_between[at] for gap in self._worked] for at in (0, 1))
        return _together(busy), _together(quiet)

    @property
    def _worked(self) -> list[Gap]:
        return [gap for gap in self.gaps if gap.worked]


def _together(spare: Sequence[int]) -> int:
    return sum(one for one in spare if one < 0) or min(spare, default=0)


@dataclass(frozen=True)
class Stretch:
    """Half-hours in a row that are short: from the first to behind the last, and how many are missing at most."""

    first: int
    last: int
    missing: int


class There:
    """How many are there at a moment, out of (from, to, how many); whoever goes at a moment is gone then."""

    def __init__(self, spans: Iterable[tuple[datetime, datetime, int]]) -> None:
        changes: Counter[datetime] = Counter()
        for starts, ends, many in spans:
            changes[starts] += many
            changes[ends] -= many
        self._moments = sorted(changes)
        self._many = [0, *accumulate(changes[moment] for moment in self._moments)]

    def at(self, moment: datetime) -> int:
        return self._many[bisect_right(self._moments, moment)]


def at_the_desk(rostered: int, shrinkage: float) -> int:
    """How many of those rostered are at the desk at a time. `shrinkage` 0.15: 15 of 100 are away (breaks,
    questions, the way to the coffee). Rounded down: half a person answers no call.

    >>> at_the_desk(20, 0.15)
    17
    """
    if not 0 <= shrinkage < 1:
        raise ValueError(f"shrinkage: a share from 0 to below 1, not {shrinkage}")
    return math.floor(rostered * (1 - shrinkage) + 1e-9)


ORDER = {one: number for number, one in enumerate(Holds)}


def worst(gaps: Iterable[Gap | Together]) -> Holds:
    """The word for a day, or for several languages."""
    return min((gap.holds for gap in gaps), key=ORDER.__getitem__, default=Holds.UNKNOWN)


def stretches(gaps: Sequence[Gap | Together], of: Holds = Holds.SHORT) -> list[Stretch]:
    """Where it is short (or tight), in order. Positions are those of `gaps`; `last` is the last one within."""
    found: list[Stretch] = []
    for number, gap in enumerate(gaps):
        if gap.holds is not of:
            continue
        if found and found[-1].last == number - 1:
            found[-1] = Stretch(found[-1].first, number, max(found[-1].missing, gap.missing))
        else:
            found.append(Stretch(number, number, gap.missing))
    return found


def people_for(needed: Sequence[int], shrinkage: float, share: float = 0.8) -> int:
    """How many to roster for a half-day out of what its half-hours need at the desks.

    `share` of the half-hours are then covered in full: rostering for the one fullest half-hour would leave
    people idle in all the others. Those away from the desk come on top.

    >>> people_for([4, 6, 8, 9, 12], 0.25)
    12
    """
    if not needed:
        return 0
    ordered = sorted(needed)
    wanted = ordered[min(len(ordered) - 1, math.ceil(share * len(ordered) - 1e-9) - 1)]
    people = math.ceil(wanted / (1 - shrinkage) - 1e-9)
    while at_the_desk(people, shrinkage) < wanted:
        people += 1
    return people


def seats_split(people: int, seats: Sequence[int]) -> list[int]:
    """Spread people over rooms of one language by their seats, none over its seats; what does not fit is left
    out (the page says so).

    >>> seats_split(10, [12, 4])
    [7, 3]
    """
    total = sum(seats)
    people = min(people, total)
    if not total:
        return [0 for _ in seats]
    exact = [people * each / total for each in seats]
    split = [min(math.floor(each), room) for each, room in zip(exact, seats, strict=True)]
    # The largest remainders first, as seats of a parliament are given.
    for number in sorted(range(len(seats)), key=lambda at: (split[at] - exact[at], at)):
        if sum(split) < people and split[number] < seats[number]:
            split[number] += 1
    return split
