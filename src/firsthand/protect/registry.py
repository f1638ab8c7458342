"""Everything the house keeps about people, as its rooms have declared it (`<room>/keepers.py`).

From here come the package for a member, the erasure, the nightly run, and every document about what is kept.
Highest rooms first: what leads to a row goes before the row.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from firsthand.kernel import keeping
from firsthand.kernel.keeping import Goes, Table

ROOMS = (
    *("home", "learn", "answer", "train", "plan", "know", "voice", "protect", "members", "people"),
    *("journal", "live", "config"),
)


@dataclass(frozen=True)
class Step:
    """One thing that one clock does to one table. `number` tells apart several of one clock."""

    table: Table
    goes: Goes
    number: int


def tables() -> list[Table]:
    return sorted(keeping.tables(), key=lambda table: ROOMS.index(table.room))


def table(name: str) -> Table:
    return next(one for one in keeping.tables() if one.name == name)


def personal() -> list[Table]:
    return [one for one in tables() if one.personal]


def steps() -> Iterator[Step]:
    """What the nightly run does, in order. What goes by itself is not its business. Logs come last: what a look
    refers to goes in the night after the look, so that the dry run has counted it.
    """
    each = [Step(one, goes, number) for one in tables() for number, goes in enumerate(one.goes)]
    yield from sorted((step for step in each if not step.goes.by_itself), key=lambda step: step.goes.months)
