"""What only the whole file shows: the length of its intervals, duplicates, gaps."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from firsthand.plan.pure.volumes.columns import Mapping
from firsthand.plan.pure.volumes.faults import Faults
from firsthand.plan.pure.volumes.rows import SECOND, Columns, Rows

LENGTHS = (15, 30, 60)
_MOST_FILLED = 200  # intervals a day, at most: a gap of years is no row of zeros
Table = dict[str, NDArray[Any]]


@dataclass(frozen=True)
class Hours:
    week: tuple[tuple[int, int] | None, ...]
    closed: frozenset[date]
    zone: tzinfo

    def of(self, day: int, step: int) -> list[int]:
        """The starts of all intervals of a local day (by ordinal), in seconds since 1970."""
        when = date.fromordinal(day)
        span = self.week[when.weekday()]
        if span is None or when in self.closed:
            return []
        noon = datetime.combine(when, datetime.min.time())
        first, last = (
            int((noon + timedelta(minutes=minute)).replace(tzinfo=self.zone).timestamp()) for minute in span
        )
        return list(range(first, last, step * 60))


class _Day(NamedTuple):
    """Rows `begin` to `end` of the table: one series, one local day."""

    series: int
    day: int
    begin: int
    end: int


def judged(columns: Columns, mapping: Mapping, hours: Hours | None, faults: Faults, notes: Faults) -> Rows:
    """The rows in order, if nothing is wrong with them; what is wrong is added to `faults`."""
    table = columns.frozen()
    if not len(table["start"]):
        if not faults.count:
            faults.add(0, "empty")
        return Rows.none()
    order = np.lexsort((table["line"], table["start"], table["series"]))
    table = {name: column[order] for name, column in table.items()}
    step = _step(table, faults)
    if not step:
        return Rows.none()
    names = list(columns.series)
    whole = _Whole(table, step, names, mapping, hours)
    whole.lengths(faults)
    whole.duplicates(faults)
    if not faults.count:  # a faulty row would look like a gap as well
        whole.gaps(faults, notes)
    return Rows(names, whole.table, step)


def _step(table: Table, faults: Faults) -> int:
    """Minutes of an interval: as most rows say; else the distance that most rows have to the next."""
    said = table["length"][table["length"] > 0]
    if not len(said):
        apart = np.diff(table["start"]) // 60
        said = apart[(np.diff(table["series"]) == 0) & (np.diff(table["day"]) == 0)]
    times = {length: int((said == length).sum()) for length in LENGTHS}
    best = max(times, key=lambda length: times[length])
    if not times[best]:
        faults.add(0, "length_unknown")
        return 0
    return best


class _Whole:
    def __init__(
        self, table: Table, step: int, names: list[tuple[str, str]], mapping: Mapping, hours: Hours | None
    ):
        self.table, self.step, self.names, self.mapping, self.hours = table, step, names, mapping, hours

    def lengths(self, faults: Faults) -> None:
        other = (self.table["length"] > 0) & (self.table["length"] != self.step)
        for at in np.flatnonzero(other):
            faults.add(
                int(self.table["line"][at]),
                "mixed_length",
                has=int(self.table["length"][at]),
                minutes=self.step,
            )
        off = (self.table["minute"] % self.step != 0) & ~other
        for at in np.flatnonzero(off):
            faults.add(
                int(self.table["line"][at]),
                "not_on_grid",
                value=self.local(int(at)),
                minutes=self.step,
            )
        if not (self.table["length"] > 0).any():
            self.days_of_another_length(faults)

    def days_of_another_length(self, faults: Faults) -> None:
        """Nothing says how long an interval is, and on some day all are further apart: longer ones, not gaps."""
        for one in self.days():
            apart = np.diff(self.table["start"][one.begin : one.end]) // 60
            if len(apart) > 2 and (apart == apart[0]).all() and apart[0] != self.step:
                line = int(self.table["line"][one.begin])
                faults.add(line, "mixed_length", has=int(apart[0]), minutes=self.step)

    def duplicates(self, faults: Faults) -> None:
        same = (np.diff(self.table["start"]) == 0) & (np.diff(self.table["series"]) == 0)
        for at in np.flatnonzero(same):
            first, line = (int(self.table["line"][at + more]) for more in (0, 1))
            faults.add(line, "duplicate", **self.who(int(at)), start=self.local(int(at)), first=first)

    def gaps(self, faults: Faults, notes: Faults) -> None:
        zeros: list[tuple[int, int, int]] = []
        for one in self.days():
            starts = self.table["start"][one.begin : one.end]
            wanted = set(range(int(starts[0]), int(starts[-1]) + 1, self.step * 60))
            if self.hours:
                wanted |= set(self.hours.of(one.day, self.step))
            if len(wanted) == len(starts):
                continue
            missing = sorted(wanted - set(starts.tolist()) - self.second_hour(one, notes))
            if missing and self.mapping.missing_is_zero and len(wanted) <= _MOST_FILLED:
                zeros += [(one.series, one.day, start) for start in missing]
            elif missing:
                self.gap(one, missing, faults)
        if self.hours:
            self.whole_days(self.hours, faults)
        if zeros:
            self.fill(zeros)

    def second_hour(self, one: _Day, notes: Faults) -> set[int]:
        """The repeated hour stands once: what would be its second half is not missing."""
        twice = self.table["twice"][one.begin : one.end]
        if not twice.any() or (twice == SECOND).any():
            return set()
        at = int(np.flatnonzero(twice)[0]) + one.begin
        notes.add(int(self.table["line"][at]), "once_of_two", **self.who(at), start=self.local(at))
        again = int(self.table["start"][at]) // 3600 * 3600 + 3600
        return set(range(again, again + 3600, self.step * 60))

    def gap(self, one: _Day, missing: list[int], faults: Faults) -> None:
        """One fault for each run of missing intervals, at the line that comes after it."""
        starts, step = self.table["start"][one.begin : one.end], self.step * 60
        cuts = [at for at in range(1, len(missing)) if missing[at] - missing[at - 1] != step]
        for begin, end in zip([0, *cuts], [*cuts, len(missing)], strict=True):
            run = missing[begin:end]
            after = one.begin + min(int(np.searchsorted(starts, run[-1])), len(starts) - 1)
            faults.add(
                int(self.table["line"][after]),
                "gap",
                **self.who(one.begin),
                start=self.shown(run[0], after),
                until=self.shown(run[-1] + step, after),
                missing=len(run),
            )

    def whole_days(self, hours: Hours, faults: Faults) -> None:
        """Open days between the first and the last of a series of which the file says nothing."""
        before: _Day | None = None
        for one in self.days():
            if before and before.series == one.series:
                for day in range(before.day + 1, one.day):
                    if starts := hours.of(day, self.step):
                        faults.add(
                            int(self.table["line"][one.begin]),
                            "gap",
                            **self.who(one.begin),
                            start=date.fromordinal(day).isoformat(),
                            until=date.fromordinal(day + 1).isoformat(),
                            missing=len(starts),
                        )
            before = one

    def fill(self, zeros: list[tuple[int, int, int]]) -> None:
        series, days, starts = (np.array(column) for column in zip(*zeros, strict=True))
        blank: Table = {name: np.zeros(len(zeros), column.dtype) for name, column in self.table.items()}
        blank |= {"series": series, "day": days, "start": starts}
        blank["aht"] = np.full(len(zeros), np.nan, np.float32)
        table = {name: np.concatenate([column, blank[name]]) for name, column in self.table.items()}
        order = np.lexsort((table["start"], table["series"]))
        self.table = {name: column[order] for name, column in table.items()}

    def days(self) -> Iterator[_Day]:
        series, day = self.table["series"], self.table["day"]
        cuts = np.flatnonzero((np.diff(series) != 0) | (np.diff(day) != 0)) + 1
        for begin, end in zip([0, *cuts], [*cuts, len(day)], strict=True):
            yield _Day(int(series[begin]), int(day[begin]), int(begin), int(end))

    def who(self, at: int) -> dict[str, str]:
        queue, language = self.names[self.table["series"][at]]
        return {"queue": queue, "language": language}

    def local(self, at: int) -> str:
        return self.shown(int(self.table["start"][at]), at)

    def shown(self, start: int, near: int) -> str:
        """A local time, by the offset of a row of the same day: 2026-10-05 08:30."""
        day, minute = int(self.table["day"][near]), int(self.table["minute"][near])
        moved = minute + (start - int(self.table["start"][near])) // 60
        return f"{datetime.fromordinal(day) + timedelta(minutes=moved):%Y-%m-%d %H:%M}"
