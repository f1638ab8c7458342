"""Rows as columns of numbers: a million of them in some fifty megabytes."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import Any, NamedTuple, overload

import numpy as np
from numpy.typing import NDArray

UNTOLD = -1  # a count the file does not tell
FIRST, SECOND = 1, 2  # which of the two, if the clock shows a time twice and the file does not say
KINDS = {
    "series": "i", "start": "q", "day": "i", "minute": "h", "length": "h", "twice": "b", "line": "q",
    "offered": "i", "answered": "i", "abandoned": "i", "aht": "f",
}  # fmt: skip


class Row(NamedTuple):
    queue: str
    language: str
    start: datetime  # UTC
    minutes: int
    offered: int
    answered: int | None
    abandoned: int | None
    aht_seconds: float | None


class Columns:
    """Grows row by row; then `frozen()` as numpy arrays without a copy."""

    def __init__(self) -> None:
        self.held: dict[str, array[Any]] = {name: array(kind) for name, kind in KINDS.items()}
        self.series: dict[tuple[str, str], int] = {}
        self.appends = [held.append for held in self.held.values()]

    def add(self, *values: float) -> None:
        """In the order of KINDS."""
        for append, value in zip(self.appends, values, strict=True):
            append(value)

    def frozen(self) -> dict[str, NDArray[Any]]:
        return {name: np.frombuffer(held, held.typecode) for name, held in self.held.items()}


class Rows(Sequence[Row]):
    """In the order of queue, language and time. `start` is seconds since 1970; UNTOLD and NaN: the file is silent."""

    def __init__(self, series: Sequence[tuple[str, str]], columns: dict[str, NDArray[Any]], minutes: int):
        self.series, self.minutes = tuple(series), minutes
        self.of, self.start = columns["series"], columns["start"]
        self.offered, self.answered = columns["offered"], columns["answered"]
        self.abandoned, self.aht = columns["abandoned"], columns["aht"]

    @classmethod
    def none(cls) -> Rows:
        return cls((), Columns().frozen(), 0)

    def __len__(self) -> int:
        return len(self.start)

    def __iter__(self) -> Iterator[Row]:
        return (self[at] for at in range(len(self)))

    @overload
    def __getitem__(self, at: int) -> Row: ...
    @overload
    def __getitem__(self, at: slice) -> list[Row]: ...
    def __getitem__(self, at: int | slice) -> Row | list[Row]:
        if isinstance(at, slice):
            return [self[one] for one in range(*at.indices(len(self)))]
        queue, language = self.series[self.of[at]]
        aht = float(self.aht[at])
        return Row(
            queue,
            language,
            datetime.fromtimestamp(int(self.start[at]), UTC),
            self.minutes,
            int(self.offered[at]),
            _told(self.answered[at]),
            _told(self.abandoned[at]),
            None if np.isnan(aht) else round(aht, 3),
        )


def _told(count: int) -> int | None:
    return None if count == UNTOLD else int(count)
