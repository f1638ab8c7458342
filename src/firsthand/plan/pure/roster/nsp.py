"""The nurse-rostering instances of schedulingbenchmarks.org (Curtois and Qu 2014), in their text format.

Their rules as rules of this house: most shifts of each kind, minutes in all, most and fewest days worked in a row,
fewest days off in a row, most weekends, fixed days off, wishes, cover with a price for each one too few or too many.
Day 0 is a Monday. The files are the competition's own: give a path, none is kept here.
"""

from __future__ import annotations

from collections.abc import Iterator

from firsthand.plan.pure.roster.instance import DAY, Demand, Instance, Kind, Person, Run, Total, Wish
from firsthand.plan.pure.simulation.reading import Unreadable

Rows = list[list[str]]


def instance(text: str, name: str = "") -> Instance:
    """`Unreadable` if a section is missing or a line cannot be read."""
    parts = _sections(text)
    try:
        days = int(parts["HORIZON"][0][0])
        kinds = _kinds(parts["SHIFTS"])
        numbers = {kind.name: at for at, kind in enumerate(kinds)}
        return Instance(
            name=name,
            days=days,
            kinds=kinds,
            people=tuple(_people(parts, numbers, days)),
            demands=tuple(
                Demand("", (int(day),), frozenset({numbers[kind]}), wanted=int(n), under=int(u), over=int(o))
                for day, kind, n, u, o in parts["COVER"]
            ),
        )
    except (KeyError, ValueError, IndexError) as error:
        raise Unreadable(
            f"this is no nurse-rostering instance of schedulingbenchmarks.org ({error})."
        ) from None


def _sections(text: str) -> dict[str, Rows]:
    found: dict[str, Rows] = {}
    here: Rows = []
    for line in text.splitlines():
        if line.startswith("SECTION_"):
            here = found[line.removeprefix("SECTION_").strip()] = []
        elif line.strip() and not line.startswith("#"):
            here.append([cell.strip() for cell in line.strip().split(",")])
    return found


def _kinds(rows: Rows) -> tuple[Kind, ...]:
    numbers = {row[0]: at for at, row in enumerate(rows)}
    return tuple(
        Kind(
            name=row[0],
            start=0,
            end=min(int(row[1]), DAY),
            minutes=int(row[1]),
            not_next_day=frozenset(numbers[one] for one in row[2].split("|") if one),
        )
        for row in rows
    )


def _people(parts: dict[str, Rows], kinds: dict[str, int], days: int) -> Iterator[Person]:
    off = {row[0]: frozenset(map(int, row[1:])) for row in parts["DAYS_OFF"]}
    wishes: dict[str, list[Wish]] = {}
    for section, on in (("SHIFT_ON_REQUESTS", True), ("SHIFT_OFF_REQUESTS", False)):
        for who, day, kind, weight in parts[section]:
            wishes.setdefault(who, []).append(Wish(int(day), on, int(weight), frozenset({kinds[kind]})))
    whole = (tuple(range(days)),)
    for who, of_kinds, most, least, row_most, row_least, off_least, weekends in parts["STAFF"]:
        limits = [pair.split("=") for pair in of_kinds.split("|")]
        never = {kinds[kind] for kind, count in limits if not int(count)}
        yield Person(
            name=who,
            off=off.get(who, frozenset()),
            blocked=frozenset((day, kind) for day in range(days) for kind in never),
            wishes=tuple(wishes.get(who, ())),
            totals=(
                Total("minutes", whole, int(least), int(most)),
                Total("weekends", whole, 0, int(weekends)),
                *(
                    Total("shifts", whole, 0, int(count), frozenset({kinds[kind]}))
                    for kind, count in limits
                    if 0 < int(count) < days
                ),
            ),
            runs=(Run("work", int(row_least), int(row_most)), Run("off", int(off_least))),
        )
