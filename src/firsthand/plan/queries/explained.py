"""What a roster could not meet and why, as codes with numbers: kept with it, worded on the page."""

from __future__ import annotations

from collections import Counter
from typing import Any

from firsthand.plan.pure.front import explain
from firsthand.plan.pure.front.problem import CALLS, Roster
from firsthand.plan.queries.puzzle import SPECIALIST, Puzzle

SHOWN = 200  # gaps
KINDS = ("missing", "specialists", "topics")


def _kind(level: str) -> int:
    """People for the calls first, then specialists, then a specialist for one topic."""
    return {CALLS: 0, SPECIALIST: 1}.get(level, 2)


def explained(made: Puzzle, found: Roster) -> dict[str, Any]:
    """`gaps`: {"shift", "room", "level", "missing", "reason"}, the widest first; `sums`: how many of each kind;
    `broken`: rules that do not hold (after changes by hand: the engine breaks none); `wishes`: over people, no names.
    """
    told = explain.explain(made.problem, found)
    gaps = []
    for one in sorted(told.lacks, key=lambda one: (_kind(one.level), -one.missing, one.half_day, one.room)):
        shift = made.shift_at(one.half_day)
        if shift is not None:
            place = {"shift": shift.pk, "room": made.rooms[one.room].pk}
            gaps.append({**place, "level": one.level, "missing": one.missing, "reason": one.reason})
    sums: Counter[str] = Counter()
    for missed in told.verdict.missed:
        sums[KINDS[_kind(missed.level)] if missed.code == "missing" else missed.code] += missed.units
    spread = told.spread
    return {
        "gaps": gaps[:SHOWN],
        "more": max(0, len(gaps) - SHOWN),
        "sums": dict(sums),
        "broken": dict(Counter(one.code for one in told.verdict.broken)),
        "people": len({shift.person for shift in found.shifts}),
        "half_days": len(found.shifts),
        "wishes": {"all_met": round(100 * spread.without), "worst": spread.worst},
    }
