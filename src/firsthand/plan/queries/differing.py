"""Whose half-days a newly published roster changes."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

from firsthand.plan.models import Assignment, Roster

# What somebody has to know of one half-day or training: from, until, room, training. Who sits beside them does not
# count.
Place = tuple[datetime, datetime, int | None, int | None]


@dataclass(frozen=True)
class Differing:
    new: frozenset[int]  # people who were not in the one before, or there was none
    other: frozenset[int]  # who was, and works at other times or in other rooms now, or not at all


def from_the_one_before(roster: Roster) -> Differing:
    """Two questions to the database, however many people."""
    rosters = Roster.objects.filter(week=roster.week_id).exclude(published_at=None).exclude(pk=roster.pk)
    before = rosters.order_by("-published_at").first()
    was, now = _places(before), _places(roster)
    return Differing(
        new=frozenset(now.keys() - was.keys()),
        other=frozenset(person for person in was if was[person] != now.get(person)),
    )


def _places(roster: Roster | None) -> dict[int, set[Place]]:
    found: dict[int, set[Place]] = defaultdict(set)
    if roster is not None:
        rows = Assignment.objects.filter(roster=roster).values_list(
            "person", "starts_at", "ends_at", "room", "training"
        )
        for person, begins, ends, room, training in rows:
            found[person].add((begins, ends, room, training))
    return dict(found)
