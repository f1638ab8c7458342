"""Reading JSON with sentences: an error names the path in the file, what was expected, what stands there."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any


class Unreadable(ValueError):
    """A scenario that cannot be: one sentence."""


@dataclass(frozen=True)
class Node:
    """A value of the file and where it stands."""

    value: Any
    path: str

    def wrong(self, expected: str) -> Unreadable:
        said = json.dumps(self.value, ensure_ascii=False, default=str)
        said = said if len(said) <= 40 else said[:37] + "…"
        return Unreadable(f"{self.path or 'the scenario'}: {expected}, not {said}.")

    def inside(self, *names: str) -> dict[str, Node]:
        """An object with no other names than these. Which of them are there."""
        if not isinstance(self.value, dict):
            raise self.wrong(f"an object with {_listed(names)}")
        for name in self.value:
            if name not in names:
                raise Unreadable(f"{self._at(name)}: not known here; there are {_listed(names)}.")
        return {name: Node(value, self._at(name)) for name, value in self.value.items() if value is not None}

    def named(self, what: str) -> dict[str, Node]:
        """An object whose names the user chooses; at least one."""
        if not isinstance(self.value, dict) or not self.value:
            raise self.wrong(f"an object with at least one {what} by name")
        return {name: Node(value, self._at(name)) for name, value in self.value.items()}

    def items(self) -> Iterator[Node]:
        if not isinstance(self.value, list):
            raise self.wrong("a list")
        for at, value in enumerate(self.value):
            yield Node(value, f"{self.path}[{at}]")

    def number(self, low: float = 0.0, high: float = math.inf, *, above: bool = False) -> float:
        value = self.value
        good = isinstance(value, (int, float)) and not isinstance(value, bool) and math.isfinite(value)
        if not (good and low <= value <= high and not (above and value == low)):
            if high < math.inf:
                expected = f"a number {'above' if above else 'from'} {low:g} to {high:g}"
            elif low > -math.inf:
                expected = f"a number above {low:g}" if above else f"a number of {low:g} or more"
            else:
                expected = "a number"
            raise self.wrong(expected)
        return float(value)

    def whole(self, low: int = 0, high: int = 1_000_000) -> int:
        if not isinstance(self.value, int) or isinstance(self.value, bool) or not low <= self.value <= high:
            raise self.wrong(f"a whole number from {low} to {high:,}")
        return self.value

    def yes(self) -> bool:
        if not isinstance(self.value, bool):
            raise self.wrong("true or false")
        return self.value

    def text(self) -> str:
        if not isinstance(self.value, str):
            raise self.wrong("a text")
        return self.value

    def one_of(self, *names: str) -> str:
        if self.value not in names:
            raise self.wrong(_listed(names, "or"))
        return str(self.value)

    def known(self, names: dict[str, int], what: str) -> int:
        """The number of a name introduced elsewhere in the file."""
        if not isinstance(self.value, str) or self.value not in names:
            raise self.wrong(f"the name of a {what} ({_listed(tuple(names), 'or')})")
        return names[self.value]

    def by(self, count: int, of: str) -> list[Node]:
        """One value for all, or a list with one for each."""
        if not isinstance(self.value, list):
            return [self] * count
        if len(self.value) != count:
            raise Unreadable(
                f"{self.path}: {len(self.value)} values for {count} {of}; give {count}, or one for all."
            )
        return list(self.items())

    def _at(self, name: str) -> str:
        return f"{self.path}.{name}" if self.path else str(name)


def _listed(names: tuple[str, ...], last: str = "and") -> str:
    quoted = [f"“{name}”" for name in names]
    return quoted[0] if len(quoted) == 1 else f"{', '.join(quoted[:-1])} {last} {quoted[-1]}"


def need(there: dict[str, Node], name: str, where: Node) -> Node:
    if name not in there:
        raise Unreadable(f"{where.path or 'the scenario'}: “{name}” is missing.")
    return there[name]
