"""A roster's instance from JSON, and an answer as JSON. An error names the place in the file and what was expected."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, cast

from firsthand.plan.pure.roster import reading_people as people
from firsthand.plan.pure.roster.instance import (
    Assignment,
    Demand,
    Fairness,
    First,
    Instance,
    Kind,
    Lock,
    Place,
    Previous,
    Together,
)
from firsthand.plan.pure.roster.names import Names, clock
from firsthand.plan.pure.simulation.reading import Node, Unreadable, need

TOP = (
    *("name", "about", "days", "starts_on", "weekday", "shifts_per_day", "rest_minutes", "kinds", "places"),
    *("skills", "rules", "people", "demand", "first", "together", "fairness", "locked", "previous"),
)
DEMAND = ("name", "days", "kinds", "places", "skills", "sum", "wanted", "least", "most", "under", "over")
MOST = 1_000_000_000


def instance(data: Any) -> Instance:
    """The instance that `data` (parsed JSON) states. `Unreadable`: one sentence."""
    root = Node(data, "instance")
    at = root.inside(*TOP)
    names = _names(root, at)
    rules = people.shared(at["rules"], names) if "rules" in at else {}
    everybody = at["people"].named("person")
    names.people = {name: number for number, name in enumerate(everybody)}
    return Instance(
        name=at["name"].text() if "name" in at else "",
        days=names.days,
        kinds=tuple(_kinds(at["kinds"], names)),
        people=tuple(people.person(name, node, names, rules) for name, node in everybody.items()),
        places=tuple(_places(at["places"], names)) if "places" in at else (Place(""),),
        skills=tuple(names.skills),
        weekday=names.weekday,
        starts_on=names.starts_on,
        per_day=at["shifts_per_day"].whole(1, 10) if "shifts_per_day" in at else 1,
        rest=at["rest_minutes"].whole(0, 10_000) if "rest_minutes" in at else 0,
        demands=tuple(row for node in _list(at, "demand") for row in _demands(node, names)),
        firsts=tuple(_first(node, names) for node in _list(at, "first")),
        togethers=tuple(_together(node, names) for node in _list(at, "together")),
        fairness=tuple(_fairness(node, names) for node in _list(at, "fairness")),
        locks=tuple(_lock(node, names) for node in _list(at, "locked")),
        previous=_previous(at["previous"], names) if "previous" in at else None,
    )


def _names(root: Node, at: dict[str, Node]) -> Names:
    for name in ("days", "kinds", "people"):
        need(at, name, root)
    starts = _date(at["starts_on"]) if "starts_on" in at else None
    if starts and "weekday" in at:
        raise Unreadable("instance.weekday: the date of “starts_on” says it already; leave one away.")
    return Names(
        days=at["days"].whole(1, 1000),
        starts_on=starts,
        weekday=starts.weekday() if starts else at["weekday"].whole(0, 6) if "weekday" in at else 0,
        kinds={name: number for number, name in enumerate(at["kinds"].named("kind of shift"))},
        places={name: n for n, name in enumerate(at["places"].named("place"))} if "places" in at else {},
        skills={name: n for n, name in enumerate(_texts(at["skills"]))} if "skills" in at else {},
    )


def names_of(instance: Instance) -> Names:
    """The names of an instance, to read a roster of it."""
    named = any(place.name for place in instance.places)
    return Names(
        days=instance.days,
        weekday=instance.weekday,
        starts_on=instance.starts_on,
        kinds={kind.name: number for number, kind in enumerate(instance.kinds)},
        places={place.name: number for number, place in enumerate(instance.places)} if named else {},
        skills={name: number for number, name in enumerate(instance.skills)},
        people={person.name: number for number, person in enumerate(instance.people)},
    )


def _date(node: Node) -> date:
    try:
        return date.fromisoformat(node.text())
    except ValueError:
        raise node.wrong("a date like 2026-11-02") from None


def _texts(node: Node) -> Iterable[str]:
    seen = set()
    for item in node.items():
        name = item.text()
        if name in seen:
            raise Unreadable(f"{item.path}: “{name}” stands twice.")
        seen.add(name)
        yield name


def _list(at: dict[str, Node], name: str) -> Iterable[Node]:
    return at[name].items() if name in at else ()


def _kinds(node: Node, names: Names) -> Iterable[Kind]:
    for name, one in node.named("kind of shift").items():
        at = one.inside("start", "end", "minutes", "not_next_day", "needs")
        start = clock(at["start"]) if "start" in at else 0
        minutes = at["minutes"].whole(0, 10_000) if "minutes" in at else None
        end = clock(at["end"]) if "end" in at else start + (minutes or need(at, "end", one).whole())
        if end <= start:
            end += 24 * 60  # over midnight
        yield Kind(
            name=name,
            start=start,
            end=end,
            minutes=end - start if minutes is None else minutes,
            not_next_day=names.kinds_of(at.get("not_next_day")),
            needs=names.skills_of(at.get("needs")),
        )


def _places(node: Node, names: Names) -> Iterable[Place]:
    for name, one in node.named("place").items():
        at = one.inside("needs", "kinds")
        yield Place(name, names.skills_of(at.get("needs")), names.kinds_of(at.get("kinds")))


def _demands(node: Node, names: Names) -> Iterable[Demand]:
    """One row for each day, kind and place named; with `sum` one row for all of them together."""
    at = node.inside(*DEMAND)
    days, kinds = names.days_of(need(at, "days", node)), names.kinds_of(at.get("kinds"))
    places = names.places_of(at.get("places"))
    wanted = at["wanted"].whole(0, MOST) if "wanted" in at else 0
    least = at["least"].whole(0, MOST) if "least" in at else 0
    most = at["most"].whole(0, MOST) if "most" in at else None
    if most is not None and least > most:
        raise Unreadable(f"{node.path}: “least” {least} is more than “most” {most}.")
    together = "sum" in at and at["sum"].yes()
    for part in _parts(days, kinds, places, together):
        yield Demand(
            at["name"].text() if "name" in at else "",
            *part,
            names.skills_of(at.get("skills")),
            wanted=wanted,
            least=least,
            most=most,
            under=at["under"].whole(0, MOST) if "under" in at else 0,
            over=at["over"].whole(0, MOST) if "over" in at else 0,
        )


Part = tuple[tuple[int, ...], frozenset[int], frozenset[int]]


def _parts(
    days: tuple[int, ...], kinds: frozenset[int], places: frozenset[int], together: bool
) -> Iterable[Part]:
    if together:
        yield days, kinds, places
        return
    for day in days:
        for kind in [frozenset({one}) for one in sorted(kinds)] or [frozenset[int]()]:
            for place in [frozenset({one}) for one in sorted(places)] or [frozenset[int]()]:
                yield (day,), kind, place


def _first(node: Node, names: Names) -> First:
    at = node.inside("training", "then", "people")
    training = names.kinds_of(need(at, "training", node))
    then = names.kinds_of(at.get("then")) or frozenset(names.kinds.values()) - training
    if training & then:
        raise Unreadable(f"{node.path}: a kind cannot be both training and what comes after it.")
    return First(training, then, names.people_of(at.get("people")))


def _together(node: Node, names: Names) -> Together:
    at = node.inside("newcomers", "buddies", "kinds", "most_each", "weight")
    return Together(
        newcomers=names.people_of(need(at, "newcomers", node)),
        buddies=names.people_of(need(at, "buddies", node)),
        kinds=names.kinds_of(at.get("kinds")),
        most_each=at["most_each"].whole(1, 1000) if "most_each" in at else 1,
        weight=at["weight"].whole(0, MOST) if "weight" in at else None,
    )


def _fairness(node: Node, names: Names) -> Fairness:
    at = node.inside("name", "people", "days", "kinds", "form", "target", "weight")
    form = at["form"].one_of("spread", "squares") if "form" in at else "spread"
    return Fairness(
        name=at["name"].text() if "name" in at else "",
        people=names.people_of(at.get("people")),
        days=names.days_of(at["days"]) if "days" in at else tuple(range(names.days)),
        kinds=names.kinds_of(at.get("kinds")),
        form=cast(Any, form),
        target=at["target"].whole(0, MOST) if "target" in at else 0,
        weight=at["weight"].whole(0, MOST) if "weight" in at else 1,
    )


def _lock(node: Node, names: Names) -> Lock:
    at = node.inside("person", "day", "kind", "place", "works")
    return Lock(_assigned(node, at, names), at["works"].yes() if "works" in at else True)


def _assigned(node: Node, at: dict[str, Node], names: Names) -> Assignment:
    return Assignment(
        names.person(need(at, "person", node)),
        names.day(need(at, "day", node)),
        names.kind(need(at, "kind", node)),
        names.place(need(at, "place", node)) if names.places else 0,
    )


def _previous(node: Node, names: Names) -> Previous:
    at = node.inside("assignments", "change", "person", "frozen")
    return Previous(
        assignments=frozenset(assignments(need(at, "assignments", node), names)),
        change=at["change"].whole(0, MOST) if "change" in at else 0,
        person=at["person"].whole(0, MOST) if "person" in at else 0,
        frozen=frozenset(names.days_of(at["frozen"])) if "frozen" in at else frozenset(),
    )


def assignments(node: Node, names: Names) -> Iterable[Assignment]:
    for one in node.items():
        yield _assigned(one, one.inside("person", "day", "kind", "place"), names)


@dataclass(frozen=True)
class Written:
    """A roster as the JSON of an answer, by names."""

    instance: Instance

    def rows(self, given: Iterable[Assignment]) -> list[dict[str, Any]]:
        named = len(self.instance.places) > 1 or bool(self.instance.places[0].name)
        return [
            {
                "person": self.instance.people[one.person].name,
                "day": self.instance.day_name(one.day) if self.instance.starts_on else one.day,
                "kind": self.instance.kinds[one.kind].name,
                **({"place": self.instance.places[one.place].name} if named else {}),
            }
            for one in sorted(given)
        ]
