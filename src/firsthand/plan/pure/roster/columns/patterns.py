"""What one person can do on one day: nothing, a shift, or several that do not overlap; each in its place."""

from __future__ import annotations

from itertools import combinations

from firsthand.plan.pure.roster.instance import Instance

Pattern = tuple[tuple[int, int], ...]  # (kind, place); the first of all is ()

MANY = 250


def patterns(instance: Instance) -> list[Pattern] | None:
    """All patterns of the instance, or None if there are too many to go through."""
    single = [
        (kind, place)
        for kind in range(len(instance.kinds))
        for place, room in enumerate(instance.places)
        if not room.kinds or kind in room.kinds
    ]
    found: list[Pattern] = [()]
    for size in range(1, instance.per_day + 1):
        for some in combinations(single, size):
            if not any(instance.overlap(one[0], other[0]) for one, other in combinations(some, 2)):
                found.append(some)
            if len(found) > MANY:
                return None
    return found
