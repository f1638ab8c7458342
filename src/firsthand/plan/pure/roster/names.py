"""The names of a file and their numbers: days, kinds, places, skills, people, alone or as lists."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date

from firsthand.plan.pure.simulation.reading import Node, Unreadable

WEEKDAYS = {name: at for at, name in enumerate(("mon", "tue", "wed", "thu", "fri", "sat", "sun"))}


@dataclass
class Names:
    days: int
    weekday: int
    starts_on: date | None
    kinds: dict[str, int]
    places: dict[str, int]
    skills: dict[str, int]
    people: dict[str, int] = field(default_factory=dict)

    def day(self, node: Node) -> int:
        """A day as its number from 0, or as a date if the file says when it starts."""
        value = node.value
        if isinstance(value, str) and self.starts_on:
            try:
                number = (date.fromisoformat(value) - self.starts_on).days
            except ValueError:
                raise node.wrong("a day: a number from 0, or a date like 2026-11-02") from None
            if not 0 <= number < self.days:
                raise node.wrong(f"a day within the {self.days} days from {self.starts_on.isoformat()}")
            return number
        return node.whole(0, self.days - 1)

    def days_of(self, node: Node) -> tuple[int, ...]:
        """A day, a list of days, `all`, or weekdays: `mon`, `fri`."""
        found: set[int] = set()
        for one in _each(node):
            if one.value == "all":
                found.update(range(self.days))
            elif isinstance(one.value, str) and one.value in WEEKDAYS:
                wanted = WEEKDAYS[one.value]
                found.update(d for d in range(self.days) if (self.weekday + d) % 7 == wanted)
            else:
                found.add(self.day(one))
        return tuple(sorted(found))

    def kind(self, node: Node) -> int:
        return node.known(self.kinds, "kind of shift")

    def place(self, node: Node) -> int:
        return node.known(self.places, "place") if self.places else 0

    def person(self, node: Node) -> int:
        if not isinstance(node.value, str) or node.value not in self.people:
            raise node.wrong("the name of one of the people")  # a thousand of them are no help
        return self.people[node.value]

    def kinds_of(self, node: Node | None) -> frozenset[int]:
        return frozenset(self.kind(one) for one in _each(node))

    def places_of(self, node: Node | None) -> frozenset[int]:
        if node is not None and not self.places:
            raise Unreadable(f"{node.path}: the instance names no places.")
        return frozenset(self.place(one) for one in _each(node))

    def skills_of(self, node: Node | None) -> frozenset[int]:
        if node is not None and not self.skills:
            raise Unreadable(f"{node.path}: the instance lists no “skills”.")
        return frozenset(one.known(self.skills, "skill") for one in _each(node))

    def people_of(self, node: Node | None) -> frozenset[int]:
        return frozenset(self.person(one) for one in _each(node))


def _each(node: Node | None) -> list[Node]:
    """One value, or each of a list."""
    if node is None:
        return []
    return list(node.items()) if isinstance(node.value, list) else [node]


def clock(node: Node) -> int:
    """Minutes after midnight: `"07:30"`, or a whole number."""
    if isinstance(node.value, str) and (found := re.fullmatch(r"(\d{1,2}):(\d\d)", node.value)):
        hour, minute = int(found[1]), int(found[2])
        if hour < 24 and minute < 60 or (hour, minute) == (24, 0):
            return hour * 60 + minute
    elif isinstance(node.value, int):
        return node.whole(0, 48 * 60)
    raise node.wrong("a time like 07:30")
