"""A front week as the JSON that `firsthand roster` reads."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from firsthand.plan.pure.front.instance import instance_of
from firsthand.plan.pure.front.problem import Problem
from firsthand.plan.pure.roster.instance import Demand, Instance, Person, Total


def data(problem: Problem) -> dict[str, Any]:
    """Reads back as `instance_of(problem)`."""
    one = instance_of(problem)
    if one.starts_on is None:
        raise ValueError("A front week has dates.")
    rules = _rule_names(one)
    return {
        "name": one.name,
        "days": one.days,
        "starts_on": one.starts_on.isoformat(),
        "shifts_per_day": one.per_day,
        "rest_minutes": one.rest,
        "skills": list(one.skills),
        "kinds": {
            kind.name: {"start": kind.start, "end": kind.end, "minutes": kind.minutes}
            | ({"needs": _names(one.skills, kind.needs)} if kind.needs else {})
            for kind in one.kinds
        },
        "places": {
            place.name: {
                "needs": _names(one.skills, place.needs),
                "kinds": [one.kinds[kind].name for kind in sorted(place.kinds)],
            }
            for place in one.places
        },
        "rules": {name: [_total(one, total)] for total, name in rules.items()},
        "people": {person.name: _person(one, person, rules) for person in one.people},
        "demand": [_demand(one, demand) for demand in one.demands],
        "first": [
            {
                "training": _kinds(one, first.training),
                "then": _kinds(one, first.then),
                "people": [one.people[person].name for person in sorted(first.people)],
            }
            for first in one.firsts
        ],
        "together": [
            {
                "newcomers": [one.people[person].name for person in sorted(both.newcomers)],
                "buddies": [one.people[person].name for person in sorted(both.buddies)],
                "kinds": _kinds(one, both.kinds),
                "most_each": both.most_each,
                "weight": both.weight,
            }
            for both in one.togethers
        ],
        "locked": [
            {
                "person": one.people[lock.assignment.person].name,
                "day": lock.assignment.day,
                "kind": one.kinds[lock.assignment.kind].name,
                "place": one.places[lock.assignment.place].name,
                "works": lock.works,
            }
            for lock in one.locks
        ],
    }


def _names(names: tuple[str, ...], numbers: Iterable[int]) -> list[str]:
    return [names[number] for number in sorted(numbers)]


def _kinds(one: Instance, kinds: Iterable[int]) -> list[str]:
    return [one.kinds[kind].name for kind in sorted(kinds)]


def _rule_names(one: Instance) -> dict[Total, str]:
    """Rules that several people share stand once."""
    found: dict[Total, str] = {}
    for person in one.people:
        for total in person.totals:
            each = " a week" if len(total.windows) > 1 else ""
            limit = f"at least {total.least}" if total.least else f"at most {total.most}"
            name = f"{limit}{each} of {', '.join(_kinds(one, total.kinds))} on {sum(map(len, total.windows))} days"
            found.setdefault(total, name)
    return found


def _total(one: Instance, total: Total) -> dict[str, Any]:
    limits = {"least": total.least or None, "most": total.most, "weight": total.weight}
    return {
        "count": total.measure,
        "kinds": _kinds(one, total.kinds),
        "days": [day for window in total.windows for day in window],
        "per": "week" if len(total.windows) > 1 else "all",
    } | {name: value for name, value in limits.items() if value is not None}


def _person(one: Instance, person: Person, rules: dict[Total, str]) -> dict[str, Any]:
    said: dict[str, Any] = {"skills": _names(one.skills, person.skills), "off": sorted(person.off)}
    days: dict[int, list[int]] = {}
    for day, kind in sorted(person.blocked):
        days.setdefault(day, []).append(kind)
    said["blocked"] = [{"days": day, "kinds": _kinds(one, kinds)} for day, kinds in days.items()]
    said["wishes"] = [
        {"days": wish.day, "kinds": _kinds(one, wish.kinds), "work": wish.on, "weight": wish.weight}
        for wish in person.wishes
    ]
    said["rules"] = [rules[total] for total in person.totals]
    return {name: value for name, value in said.items() if value}


def _demand(one: Instance, demand: Demand) -> dict[str, Any]:
    numbers = {"wanted": demand.wanted, "most": demand.most, "under": demand.under, "over": demand.over}
    said: dict[str, Any] = {
        "name": demand.name,
        "days": list(demand.days),
        "kinds": _kinds(one, demand.kinds),
        "places": [one.places[place].name for place in sorted(demand.places)],
        "skills": _names(one.skills, demand.skills),
        "sum": True if len(demand.days) > 1 or len(demand.kinds) > 1 else None,
    } | {name: value for name, value in numbers.items() if value or name == "most"}
    return {name: value for name, value in said.items() if value is not None and value != []}
