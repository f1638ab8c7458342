"""The part of a scenario file about those who answer."""

from __future__ import annotations

from firsthand.plan.pure.simulation.calling import finite, read_routes
from firsthand.plan.pure.simulation.frame import Frame
from firsthand.plan.pure.simulation.reading import Node, Unreadable, need
from firsthand.plan.pure.simulation.scenario import CallType, Consult, Group, Route


def read_group(frame: Frame, name: str, node: Node, types: tuple[CallType, ...]) -> Group:
    there = node.inside(
        "agents", "shrinkage", "takes", "time_factor", "time_factor_by_type", "learning", "cost", "asks",
        "questions_first",
    )  # fmt: skip
    agents = tuple(one.whole(0, 100_000) for one in frame.by_period(need(there, "agents", node)))
    if not any(agents):
        raise there["agents"].wrong("at least one agent in at least one period")
    own = frame.groups[name]
    return Group(
        name=name,
        agents=agents,
        takes=_takes(frame, there.get("takes"), own, types),
        shrinkage=_shrinkage(frame, there.get("shrinkage")),
        factor=_factors(frame, there),
        learning=_learning(frame, there.get("learning")),
        consults=_consults(frame, there.get("asks"), own),
        consults_first="questions_first" not in there or there["questions_first"].yes(),
        cost=there["cost"].number(0, above=True) if "cost" in there else 1.0,
    )


def _takes(frame: Frame, node: Node | None, own: int, types: tuple[CallType, ...]) -> tuple[Route, ...]:
    """As given; else whoever waits longest of all types that go to this group."""
    if node is not None:
        return read_routes(node, frame.types, "type") if node.value != [] else ()
    found: list[Route] = []
    for at, one in enumerate(types):
        found.extend(Route(at, 0, route.after) for route in one.routes if route.one == own)
    return tuple(found)


def _shrinkage(frame: Frame, node: Node | None) -> tuple[float, ...]:
    if node is None:
        return (0.0,) * len(frame.lengths)
    found = tuple(one.number(0, 1) for one in frame.by_period(node))
    if 1.0 in found:
        raise node.wrong("shares below 1: at 1 nobody is ever there; give 0 agents for such a period")
    return found


def _factors(frame: Frame, there: dict[str, Node]) -> tuple[float, ...]:
    factor = there["time_factor"].number(0, above=True) if "time_factor" in there else 1.0
    found = [factor] * len(frame.types)
    if "time_factor_by_type" in there:
        for name, one in there["time_factor_by_type"].named("call type").items():
            if name not in frame.types:
                raise Unreadable(f"{one.path}: there is no call type “{name}”.")
            found[frame.types[name]] = factor * one.number(0, above=True)
    return tuple(found)


def _learning(frame: Frame, node: Node | None) -> tuple[float, ...]:
    """By day; the last holds on."""
    if node is None:
        return (1.0,) * frame.days
    found = [one.number(0, above=True) for one in node.items()]
    if not found:
        raise node.wrong("a list with a factor for the first day, the second, …")
    return tuple((found + [found[-1]] * frame.days)[: frame.days])


def _consults(frame: Frame, node: Node | None, own: int) -> tuple[Consult, ...]:
    found: list[Consult] = []
    for one in node.items() if node else ():
        there = one.inside("groups", "share", "types", "time", "then", "if_busy", "at_most")
        asks = tuple(g.known(frame.groups, "group") for g in need(there, "groups", one).items())
        if not asks or own in asks or len(set(asks)) < len(asks):
            raise there["groups"].wrong("other groups than this one, each once")
        types = tuple(frame.types.values())
        if "types" in there:
            types = tuple(t.known(frame.types, "call type") for t in there["types"].items())
        if any(set(types) & set(other.types) for other in found):
            raise Unreadable(f"{one.path}: an earlier entry of this list already covers these call types.")
        waits = "if_busy" not in there or there["if_busy"].one_of("wait", "skip") == "wait"
        if "at_most" in there and not waits:
            raise Unreadable(f"{there['at_most'].path}: whoever skips does not wait.")
        found.append(
            Consult(
                asks=asks,
                share=need(there, "share", one).number(0, 1),
                types=types,
                time=finite(need(there, "time", one)),
                finish=finite(there["then"]) if "then" in there else None,
                waits=waits,
                at_most=there["at_most"].number() if "at_most" in there else float("inf"),
            )
        )
    return tuple(found)
