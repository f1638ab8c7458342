"""The people of a roster's file: skills, absences, wishes, and rules of their own or shared by name."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, cast

from firsthand.plan.pure.roster.instance import Person, Run, Total, Wish
from firsthand.plan.pure.roster.names import Names
from firsthand.plan.pure.simulation.reading import Node, Unreadable, need

RULE = ("count", "run", "kinds", "days", "per", "least", "most", "weight")
MOST = 1_000_000_000

Rules = tuple[tuple[Total, ...], tuple[Run, ...]]


def shared(node: Node, names: Names) -> dict[str, Rules]:
    return {name: rules(one, names) for name, one in node.named("set of rules").items()}


def person(name: str, node: Node, names: Names, sets: dict[str, Rules]) -> Person:
    at = node.inside("skills", "off", "blocked", "wishes", "rules")
    totals, runs = rules(at["rules"], names, sets) if "rules" in at else ((), ())
    return Person(
        name=name,
        skills=names.skills_of(at.get("skills")),
        off=frozenset(names.days_of(at["off"])) if "off" in at else frozenset(),
        blocked=frozenset(pair for one in _list(at, "blocked") for pair in _blocked(one, names)),
        wishes=tuple(wish for one in _list(at, "wishes") for wish in _wishes(one, names)),
        totals=totals,
        runs=runs,
    )


def _list(at: dict[str, Node], name: str) -> Iterable[Node]:
    return at[name].items() if name in at else ()


def _blocked(node: Node, names: Names) -> Iterable[tuple[int, int]]:
    at = node.inside("days", "kinds")
    kinds = names.kinds_of(at.get("kinds")) or frozenset(names.kinds.values())
    return [(day, kind) for day in names.days_of(need(at, "days", node)) for kind in sorted(kinds)]


def _wishes(node: Node, names: Names) -> Iterable[Wish]:
    at = node.inside("days", "kinds", "work", "weight")
    on = need(at, "work", node).yes()
    weight = at["weight"].whole(0, MOST) if "weight" in at else 1
    kinds = names.kinds_of(at.get("kinds"))
    return [Wish(day, on, weight, kinds) for day in names.days_of(need(at, "days", node))]


def rules(node: Node, names: Names, sets: dict[str, Rules] | None = None) -> Rules:
    """A list of rules; the name of a shared set stands for its rules."""
    totals: list[Total] = []
    runs: list[Run] = []
    items = list(node.items()) if isinstance(node.value, list) else [node]
    for one in items:
        if isinstance(one.value, str):
            if one.value not in (sets or {}):
                raise one.wrong("a rule, or the name of a set under “rules” of the instance")
            more = (sets or {})[one.value]
            totals.extend(more[0])
            runs.extend(more[1])
        elif "run" in one.inside(*RULE):
            runs.append(_run(one, names))
        else:
            totals.append(_total(one, names))
    return tuple(totals), tuple(runs)


def _limits(node: Node, at: dict[str, Node], lowest: int) -> dict[str, int | None]:
    least = at["least"].whole(0, MOST) if "least" in at else lowest
    most = at["most"].whole(0, MOST) if "most" in at else None
    if "least" not in at and "most" not in at:
        raise Unreadable(f"{node.path}: give “least” or “most”.")
    if most is not None and most < least and "least" in at:
        raise Unreadable(f"{node.path}: “least” {least} is more than “most” {most}.")
    return {"least": least, "most": most, "weight": at["weight"].whole(0, MOST) if "weight" in at else None}


def _run(node: Node, names: Names) -> Run:
    at = node.inside("run", "kinds", "least", "most", "weight")
    of = at["run"].one_of("work", "off")
    return Run(cast(Any, of), kinds=names.kinds_of(at.get("kinds")), **cast(Any, _limits(node, at, 1)))


def _total(node: Node, names: Names) -> Total:
    at = node.inside("count", "kinds", "days", "per", "least", "most", "weight")
    measure = need(at, "count", node).one_of("shifts", "minutes", "days", "weekends")
    days = names.days_of(at["days"]) if "days" in at else tuple(range(names.days))
    return Total(
        cast(Any, measure),
        windows=_windows(at.get("per"), days, names),
        kinds=names.kinds_of(at.get("kinds")),
        **cast(Any, _limits(node, at, 0)),
    )


def _windows(node: Node | None, days: tuple[int, ...], names: Names) -> tuple[tuple[int, ...], ...]:
    """`all` days at once; each `week` from Monday; each `day`; a number: any so many days in a row."""
    if node is None or node.value == "all":
        return (days,)
    if node.value == "week":
        weeks: dict[int, list[int]] = {}
        for day in days:
            weeks.setdefault((names.weekday + day) // 7, []).append(day)
        return tuple(tuple(week) for week in weeks.values())
    if isinstance(node.value, str):
        raise node.wrong("“all”, “week” or a number of days")
    long = node.whole(1, names.days)
    open_days = set(days)
    rows = (tuple(d for d in range(at, at + long) if d in open_days) for at in range(names.days - long + 1))
    return tuple(row for row in rows if row)
