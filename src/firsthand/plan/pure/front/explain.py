"""What a roster cannot meet and why, what a wish would cost, how evenly the load lies. Nobody is ranked."""

from __future__ import annotations

import dataclasses
import statistics
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from firsthand.plan.pure.front import local, referee, repair
from firsthand.plan.pure.front.problem import Lock, Need, Problem, Roster, Shift

# Why somebody who counts for a level is not in a place, the first that holds. `free` could come: at another price.
REASONS = (
    *("language", "barred", "absent", "there", "busy", "training_seats", "training", "most", "a_week"),
    *("rest", "seats", "lock", "free"),
)
_RULES = (
    *(
        ("language", "language"),
        ("barred", "barred"),
        ("absent", "absent"),
        ("two_rooms", "busy"),
        ("a_day", "busy"),
    ),
    *(("untrained", "training"), ("training_day", "training"), ("most", "most"), ("a_week", "a_week")),
)


@dataclass(frozen=True)
class Lack:
    """A place with too few people. `reason`: what keeps most of those who could be there from it."""

    half_day: int
    room: int
    level: str
    missing: int
    reason: str
    people: dict[str, int]  # reason → how many of those who count for the level


@dataclass(frozen=True)
class Spread:
    """Unmet wishes over people, in what they cost: no names."""

    total: int
    worst: int
    mean: float
    gini: float  # 0: all alike, towards 1: one bears it all
    without: float  # share of the people whose wishes are all met


@dataclass(frozen=True)
class Explanation:
    verdict: referee.Verdict
    lacks: tuple[Lack, ...]
    unmet: dict[int, tuple[Shift, ...]]  # person → shifts on half-days that he or she would rather not work
    short: dict[int, int]  # person → shifts below the fewest
    spread: Spread
    unused: int  # trained, and without a shift


def explain(problem: Problem, roster: Roster) -> Explanation:
    verdict, here = referee.judge(problem, roster), local.Local(problem, roster)
    unmet: dict[int, list[Shift]] = {}
    cost = dict.fromkeys(range(len(problem.people)), 0)
    for shift in sorted(roster.shifts):
        if price := problem.people[shift.person].wishes.get(shift.half_day, 0):
            cost[shift.person] += price
            unmet.setdefault(shift.person, []).append(shift)
    needs = {(need.half_day, need.room, need.level): need for need in problem.needs}
    lacks = [
        lack(here, needs[one.half_day, one.room, one.level], one.units)
        for one in verdict.missed
        if one.code == "missing" and one.half_day is not None and one.room is not None
    ]
    busy = {shift.person for shift in roster.shifts}
    return Explanation(
        verdict,
        tuple(lacks),
        {person: tuple(shifts) for person, shifts in unmet.items()},
        {m.person: m.units for m in verdict.missed if m.code == "least" and m.person is not None},
        _spread([cost[person] for person in busy]),
        sum(person not in busy for person, _ in roster.training),
    )


def lack(here: local.Local, need: Need, missing: int) -> Lack:
    """Why these are missing: each who counts for the level under the first reason that keeps him or her away."""
    people = Counter(
        _reason(here, number, need)
        for number, person in enumerate(here.problem.people)
        if need.level in person.levels
    )
    counted = {reason: people[reason] for reason in REASONS if people[reason]}
    keeping = {reason: count for reason, count in counted.items() if reason not in ("there", "language")}
    able = sum(counted.values()) - counted.get("language", 0)
    if able < need.wanted:  # however they are rostered
        reason = "language" if counted.get("language") else "nobody"
    else:
        reason = max(keeping, key=lambda name: keeping[name], default="nobody")
    return Lack(need.half_day, need.room, need.level, missing, reason, counted)


def _reason(here: local.Local, number: int, need: Need) -> str:
    problem, at = here.problem, Shift(number, need.half_day, need.room)
    if at in here.shifts(number):
        return "there"
    codes = here.codes(None, at)
    for code, reason in _RULES:
        if code in codes:
            if reason == "training":
                return _untrained(here, number, problem.day_of(need.half_day))
            return reason
    return codes[0] if codes else "free"


def _untrained(here: local.Local, number: int, day: int) -> str:
    """Whether there was no session in time, or none with a seat left."""
    problem, taken = here.problem, Counter(here.training.values())
    fit = [s for s, at in enumerate(problem.sessions) if at.day < day and problem.can_train(number, s)]
    full = all(taken[s] >= problem.sessions[s].seats for s in fit)
    return "training_seats" if fit and full else "training"


def _spread(costs: Iterable[int]) -> Spread:
    row = sorted(costs)
    total, count = sum(row), len(row)
    if not count:
        return Spread(0, 0, 0.0, 0.0, 1.0)
    weighted = sum((2 * place - count + 1) * cost for place, cost in enumerate(row))
    gini = weighted / (count * total) if total else 0.0
    return Spread(total, row[-1], statistics.fmean(row), gini, row.count(0) / count)


def broken_locks(problem: Problem) -> list[tuple[Lock, list[str]]]:
    """Locks that break rules by themselves or together: no roster holds these."""
    asked = [lock for lock in problem.locks if lock.room is not None]
    here = local.Local(dataclasses.replace(problem, locks=()), Roster())
    found = []
    for lock in asked:
        shift = Shift(lock.person, lock.half_day, lock.room or 0)
        codes = [code for code in here.codes(None, shift) if code not in ("untrained", "training_day")]
        day = problem.day_of(lock.half_day)
        early = any(
            problem.can_train(lock.person, s) and at.day < day for s, at in enumerate(problem.sessions)
        )
        if problem.people[lock.person].trains and not early:
            codes.append("untrained")
        if codes:
            found.append((lock, codes))
        here.change(None, shift)
    return found


def price_of_wish(
    problem: Problem, roster: Roster, person: int, half_day: int, *, frozen_before: int = 0
) -> tuple[int, tuple[referee.Missed, ...]]:
    """By how much the cost rises at most if this person is free then, and what would be missed: the place stays
    empty, or others fill it as when somebody is ill. Below 0: the roster gets better."""
    gone = [(person, half_day)]
    other = repair.repair(problem, roster, gone=gone, frozen_before=frozen_before, disturbed=0).roster
    verdict = referee.judge(problem, other)
    return verdict.cost - referee.judge(problem, roster).cost, verdict.missed
