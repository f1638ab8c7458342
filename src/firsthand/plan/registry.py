"""What planning needs of the rooms above it. They say it in their `AppConfig.ready`:

    registry.register(trained=queries.trained)

A room that is not there says nothing: the page then shows that it is not known, never a zero.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

Span = tuple[datetime, datetime]


@dataclass(frozen=True)
class Lesson:
    """Something heard in a past front week, or what came of it. `state`: a few words, as the reader sees them."""

    title: str
    url: str
    state: str


@dataclass(frozen=True)
class Counted:
    """What this house counted in one interval. `aht_seconds`: talk and wrap-up, mean of those answered."""

    language: str
    topic: str  # empty: the caller did not choose
    starts_at: datetime
    minutes: int
    offered: int
    answered: int
    abandoned: int
    aht_seconds: float | None


Trained = Callable[[Collection[int], date], Mapping[int, frozenset[str]]]
Present = Callable[[], Mapping[str, int]]
VolumesOf = Callable[[date], Sequence[Counted]]
Lessons = Callable[[date, date, int], tuple[Sequence[Lesson], int]]
Came = Callable[[Sequence[Span]], int]


@dataclass
class _Says:
    trained: Trained | None = None
    present: Present | None = None
    volumes_of: VolumesOf | None = None
    lessons: Lessons | None = None
    came: Came | None = None


_says = _Says()


def register(
    *,
    trained: Trained | None = None,
    present: Present | None = None,
    volumes_of: VolumesOf | None = None,
    lessons: Lessons | None = None,
    came: Came | None = None,
) -> None:
    """Only what is given is set; said twice, the last holds."""
    given = {
        "trained": trained,
        "present": present,
        "volumes_of": volumes_of,
        "lessons": lessons,
        "came": came,
    }
    for name, say in given.items():
        if say is not None:
            setattr(_says, name, say)


def trained(people: Collection[int], on: date) -> Mapping[int, frozenset[str]] | None:
    """Which topics each of these may answer on a day; who is missing may answer none. None: not known."""
    return _says.trained(people, on) if _says.trained else None


def present() -> Mapping[str, int] | None:
    """How many are ready now, by language."""
    return _says.present() if _says.present else None


def volumes_of(day: date) -> Sequence[Counted] | None:
    """What this house itself counted on a local day, in intervals of its own length. None: not known."""
    return _says.volumes_of(day) if _says.volumes_of else None


def lessons(since: date, until: date, most: int) -> tuple[Sequence[Lesson], int]:
    """What was heard from `since` to `until` and is still open: the first `most` of them, and how many there are."""
    return _says.lessons(since, until, most) if _says.lessons else ((), 0)


def came(spans: Sequence[Span]) -> int | None:
    """In how many of these half-days people answered at least one call, summed over people. None: not known."""
    return _says.came(spans) if _says.came else None
