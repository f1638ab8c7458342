"""What a roster could not meet, as codes with numbers: kept with it, worded on the page."""

from __future__ import annotations

from collections import Counter
from typing import Any

from firsthand.plan.pure.front import referee
from firsthand.plan.pure.front.problem import Roster
from firsthand.plan.queries.puzzle import Puzzle

SHOWN = 200  # gaps


def explained(made: Puzzle, found: Roster) -> dict[str, Any]:
    """`gaps`: where people are missing, the worst first: {"shift", "room", "level", "missing"}; `sums`: how many
    of each kind; `broken`: rules that do not hold (after changes by hand: the engine breaks none)."""
    verdict = referee.judge(made.problem, found)
    gaps = []
    for one in sorted(verdict.missed, key=lambda one: -one.cost):
        if one.code == "missing" and one.half_day is not None and one.room is not None:
            shift = made.shift_at(one.half_day)
            if shift is not None:
                gap = {
                    "shift": shift.pk,
                    "room": made.rooms[one.room].pk,
                    "level": one.level,
                    "missing": one.units,
                }
                gaps.append(gap)
    sums: Counter[str] = Counter()
    for one in verdict.missed:
        sums[one.code] += one.units
    return {
        "gaps": gaps[:SHOWN],
        "more": max(0, len(gaps) - SHOWN),
        "sums": dict(sums),
        "broken": dict(Counter(one.code for one in verdict.broken)),
        "people": len({shift.person for shift in found.shifts}),
        "half_days": len(found.shifts),
    }
