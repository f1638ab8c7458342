"""What an attack found: the way in, as whom, the shortest thing that shows it, and which mark came out."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass, field
from typing import Any

PARTS = ("sql", "orm", "pages", "logs")
Say = Callable[[str], None]  # how far it is


def quiet(_: str) -> None:
    return None


@dataclass(frozen=True)
class Leak:
    part: str  # sql, orm, pages, logs
    who: str  # a database login, a role, nobody
    way: str  # what kind of thing was tried
    shows: str  # a statement, an address, an expression
    seen: str  # marks by number, or how many rows; never words

    @property
    def key(self) -> tuple[str, str, str]:
        return self.part, self.who, self.way


@dataclass
class Report:
    leaks: list[Leak] = field(default_factory=list)
    attempts: dict[str, int] = field(default_factory=dict)
    seconds: dict[str, float] = field(default_factory=dict)
    figures: dict[str, float | str] = field(default_factory=dict)  # what can be counted or timed; not a leak
    notes: list[str] = field(default_factory=list)  # what could not be tried, and why

    def add(self, leaks: Iterable[Leak]) -> None:
        """The shortest of each kind."""
        best = {leak.key: leak for leak in self.leaks}
        for leak in leaks:
            if leak.key not in best or len(leak.shows) < len(best[leak.key].shows):
                best[leak.key] = leak
        self.leaks = list(best.values())

    def plain(self) -> dict[str, Any]:
        return asdict(self)
