"""What a roster could not meet and why, as codes with numbers: kept with it, worded on the page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

from firsthand.plan.models import Wish
from firsthand.plan.pure.front import explain
from firsthand.plan.pure.front.problem import CALLS, Roster
from firsthand.plan.pure.front.referee import Missed
from firsthand.plan.queries.puzzle import PRICE, SPECIALIST, Puzzle, now_half_day

SHOWN = 200  # gaps
PRICED = 40  # wishes
KINDS = ("missing", "specialists", "topics")
RATHER_NOT = PRICE[Wish.Kind.RATHER_NOT]


def _kind(level: str) -> int:
    """People for the calls first, then specialists, then a specialist for one topic."""
    return {CALLS: 0, SPECIALIST: 1}.get(level, 2)


def explained(made: Puzzle, found: Roster) -> dict[str, Any]:
    """`gaps`: {"shift", "room", "level", "missing", "reason"}, the widest first; `sums`: how many of each kind;
    `broken`: rules that do not hold (after changes by hand: the engine breaks none); `wishes`: over people, no names;
    `prices`: {"shift", "room", "cost", "more"} of half-days that somebody works who would rather not: what granting
    that would cost, and of what there would be more. Nobody's name.
    """
    told = explain.explain(made.problem, found)
    sums = _sums(told.verdict.missed)
    unmet = [one for one in told.verdict.missed if _unmet(one)]
    prices = [_price(made, found, sums, one) for one in unmet[:PRICED]]
    gaps = []
    for one in sorted(told.lacks, key=lambda one: (_kind(one.level), -one.missing, one.half_day, one.room)):
        shift = made.shift_at(one.half_day)
        if shift is not None:
            place = {"shift": shift.pk, "room": made.rooms[one.room].pk}
            gaps.append({**place, "level": one.level, "missing": one.missing, "reason": one.reason})
    spread = told.spread
    return {
        "gaps": gaps[:SHOWN],
        "more": max(0, len(gaps) - SHOWN),
        "sums": {"wish": 0, **sums} if _spoken(made) else dict(sums),
        "prices": sorted(prices, key=lambda one: one["cost"]),
        "broken": dict(Counter(one.code for one in told.verdict.broken)),
        "people": len({shift.person for shift in found.shifts}),
        "half_days": len(found.shifts),
        "wishes": {"all_met": round(100 * spread.without), "worst": spread.worst},
    }


def _sums(missed: Iterable[Missed]) -> Counter[str]:
    """How much of each kind. Of wishes only what somebody would rather not: that another half-day would have suited
    better is no wish refused."""
    sums: Counter[str] = Counter()
    for one in missed:
        kind = KINDS[_kind(one.level)] if one.code == "missing" else one.code
        if one.code != "wish" or _unmet(one):
            sums[kind] += one.units
    return sums


def _unmet(one: Missed) -> bool:
    return one.code == "wish" and one.cost >= RATHER_NOT


def _spoken(made: Puzzle) -> bool:
    return any(price >= RATHER_NOT for one in made.problem.people for price in one.wishes.values())


def _price(made: Puzzle, found: Roster, sums: Counter[str], wish: Missed) -> dict[str, Any]:
    person, half_day, room = wish.person or 0, wish.half_day or 0, wish.room or 0
    cost, missed = explain.price_of_wish(
        made.problem, found, person, half_day, frozen_before=now_half_day(made)
    )
    shift = made.shift_at(half_day)
    place = {"shift": shift.pk if shift else 0, "room": made.rooms[room].pk}
    more = _sums(missed) - (sums - Counter(wish=1))  # this one is granted then
    return {**place, "cost": cost, "more": dict(more)}
