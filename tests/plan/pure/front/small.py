"""A front week of a few people whom one can keep in mind: Ada, Beat, Carla, Dario, Eva."""

from __future__ import annotations

import dataclasses
from datetime import date, timedelta
from typing import Any

from firsthand.plan.pure.front.problem import Need, Person, Problem, Room, Roster, Session, Shift

DE, FR = frozenset({"de"}), frozenset({"fr"})
FULL = frozenset({"full"})
ADA, BEAT, CARLA, DARIO, EVA = range(5)
PEOPLE = (
    Person("Ada", DE, trains=FULL, newcomer=True, least=2, wishes={4: 1, 6: 3}),
    Person("Beat", DE | FR, trains=FULL, newcomer=True),
    Person("Carla", DE, levels=frozenset({"benefits"}), buddy=True, most=10),
    Person(
        "Dario", FR, levels=frozenset({"benefits", "premiums"}), buddy=True, most=10, barred=frozenset({0})
    ),
    Person("Eva", DE, most=3, executive=True, blocked=frozenset({2, 3})),
)


def week(**changes: Any) -> Problem:
    """Ten days from Monday 5 October, two rooms, one session on each of the first two days."""
    dates = tuple(date(2026, 10, 5) + timedelta(days=d + 2 * (d // 5)) for d in range(10))
    needs = [Need(half_day, 0, "calls", 1) for half_day in range(4, 12)]
    needs += [Need(half_day, 0, "benefits", 1, over=0) for half_day in range(4, 12)]
    problem = Problem(
        "small",
        dates,
        (Room("Bern", "de", 3), Room("Lausanne", "fr", 3)),
        PEOPLE,
        tuple(needs),
        (Session("full", 0, "de", 1), Session("full", 1, "de", 2)),
    )
    return dataclasses.replace(problem, **changes)


def roster(
    *shifts: tuple[int, int, int], training: tuple[tuple[int, int], ...] = ((ADA, 0), (BEAT, 1))
) -> Roster:
    return Roster(frozenset(Shift(*one) for one in shifts), frozenset(training))
