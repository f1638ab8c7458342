"""Who sits beside whom on a first half-day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from firsthand.people.models import Person
from firsthand.plan.models import Assignment
from firsthand.plan.queries.puzzle import Puzzle


def beside(made: Puzzle, rows: Sequence[Assignment]) -> Iterator[tuple[Assignment, Person]]:
    """For each newcomer's first half-day somebody of the same room and half-day who was there before.

    As evenly as can be; nobody has more than the engine counts with. Whoever cannot get one is left out: the
    roster says so itself.
    """
    people, most = made.problem.people, made.problem.prices.newcomers_each
    there: dict[tuple[int | None, int | None], list[Person]] = defaultdict(list)
    for row in rows:
        if row.shift_id and people[made.people[row.person_id]].buddy:
            there[row.shift_id, row.room_id].append(row.person)
    many: dict[tuple[int | None, int | None, int], int] = defaultdict(int)
    seen: set[int] = set()
    for row in sorted((row for row in rows if row.shift_id), key=lambda row: (row.starts_at, row.person_id)):
        if row.person_id in seen or not people[made.people[row.person_id]].newcomer:
            continue
        seen.add(row.person_id)
        place = row.shift_id, row.room_id
        free = [one for one in there[place] if many[*place, one.pk] < most]
        if free:
            buddy = min(free, key=lambda one: (many[*place, one.pk], one.pk))
            many[*place, buddy.pk] += 1
            yield row, buddy
