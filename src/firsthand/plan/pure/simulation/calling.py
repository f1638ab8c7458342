"""The part of a scenario file about those who call."""

from __future__ import annotations

import math

from firsthand.plan.pure.simulation import distributions
from firsthand.plan.pure.simulation.distributions import NEVER, Distribution
from firsthand.plan.pure.simulation.frame import Frame
from firsthand.plan.pure.simulation.reading import Node, Unreadable, need
from firsthand.plan.pure.simulation.scenario import CallType, Offer, Redial, Route, Transfer


def read_type(frame: Frame, name: str, node: Node) -> CallType:
    there = node.inside(
        "arrivals_per_hour", "arrivals_per_period", "by_day", "busyness", "patience", "balk", "target",
        "max_waiting", "goes_to", "among_equals", "service", "service_by_group", "after_call",
        "after_call_by_group", "redial", "offer", "transfers",
    )  # fmt: skip
    shape, stream = _busyness(frame, there.get("busyness"), frame.types[name])
    periods = len(frame.lengths)
    routes = read_routes(need(there, "goes_to", node), frame.groups, "group")
    return CallType(
        name=name,
        rates=_rates(frame, there, node),
        target=there["target"].number() if "target" in there else 20.0 / frame.unit,
        routes=routes,
        service=_service(frame, there),
        after=_after(frame, there),
        patience=frame.times(there["patience"]) if "patience" in there else (NEVER,) * periods,
        balk=_shares(frame, there.get("balk")),
        most_waiting=there["max_waiting"].whole(0) if "max_waiting" in there else 10**9,
        volume=_by_day(frame, there.get("by_day")),
        busy_shape=shape,
        busy_stream=stream,
        redial=_redial(there.get("redial")),
        offer=_offer(frame, there.get("offer")),
        transfers=_transfers(frame, there.get("transfers")),
        random_among_equals="among_equals" in there
        and there["among_equals"].one_of("longest_idle", "random") == "random",
    )


def read_routes(node: Node, names: dict[str, int], what: str) -> tuple[Route, ...]:
    """`["first", ["equal", "equal"], {"group": "later", "after": 30}]`: each entry of the list is a level."""
    found: list[Route] = []
    for level, entry in enumerate(node.items()):
        for one in entry.items() if isinstance(entry.value, list) else [entry]:
            after, named = 0.0, one
            if isinstance(one.value, dict):
                there = one.inside(what, "after")
                named = need(there, what, one)
                after = there["after"].number() if "after" in there else 0.0
            number = named.known(names, what)
            if any(other.one == number for other in found):
                raise Unreadable(f"{one.path}: “{named.value}” stands twice in this list.")
            found.append(Route(number, level, after))
    if not found:
        raise node.wrong(f"a list with at least one {what}")
    return tuple(found)


def _rates(frame: Frame, there: dict[str, Node], node: Node) -> tuple[float, ...]:
    if "arrivals_per_hour" in there and "arrivals_per_period" in there:
        raise Unreadable(f"{node.path}: give arrivals per hour or per period, not both.")
    if "arrivals_per_hour" in there:
        given = frame.by_period(there["arrivals_per_hour"])
        return tuple(one.number() * frame.unit / 3600.0 for one in given)
    if "arrivals_per_period" in there:
        given = frame.by_period(there["arrivals_per_period"])
        return tuple(one.number() / length for one, length in zip(given, frame.lengths, strict=True))
    return (0.0,) * len(frame.lengths)


def _busyness(frame: Frame, node: Node | None, own: int) -> tuple[float, int]:
    """The shape of the gamma factor (mean 1) and the stream it is drawn from: own, or shared by name."""
    if node is None:
        return 0.0, own
    if isinstance(node.value, str):
        if node.value not in frame.shared_busyness:
            raise node.wrong("a number (the shape of the gamma distribution) or a name under “busyness”")
        stream, shape = frame.shared_busyness[node.value]
        return shape, stream
    return node.number(0, above=True), own


def _shares(frame: Frame, node: Node | None) -> tuple[float, ...]:
    if node is None:
        return (0.0,) * len(frame.lengths)
    return tuple(one.number(0, 1) for one in frame.by_period(node))


def _by_day(frame: Frame, node: Node | None) -> tuple[float, ...]:
    if node is None:
        return (1.0,) * frame.days
    return tuple(one.number() for one in node.by(frame.days, "days"))


def _service(frame: Frame, there: dict[str, Node]) -> dict[int, tuple[Distribution, ...]]:
    found: dict[int, tuple[Distribution, ...]] = {}
    if "service" in there:
        everywhere = frame.times(there["service"])
        found = dict.fromkeys(frame.groups.values(), everywhere)
    if "service_by_group" in there:
        for name, one in there["service_by_group"].named("group").items():
            found[_group(frame, name, one)] = frame.times(one)
    for given in (there.get("service"), there.get("service_by_group")):
        if given is not None and any(d.mean == math.inf for times in found.values() for d in times):
            raise given.wrong("times that end")
    return found


def _after(frame: Frame, there: dict[str, Node]) -> dict[int, Distribution]:
    found: dict[int, Distribution] = {}
    if "after_call" in there:
        everywhere = finite(there["after_call"])
        found = dict.fromkeys(frame.groups.values(), everywhere)
    if "after_call_by_group" in there:
        for name, one in there["after_call_by_group"].named("group").items():
            found[_group(frame, name, one)] = finite(one)
    return found


def _group(frame: Frame, name: str, at: Node) -> int:
    if name not in frame.groups:
        raise Unreadable(f"{at.path}: there is no group “{name}”.")
    return frame.groups[name]


def finite(node: Node) -> Distribution:
    found = distributions.read(node)
    if found.mean == math.inf:
        raise node.wrong("a time that ends")
    return found


def _redial(node: Node | None) -> Redial:
    if node is None:
        return Redial()
    there = node.inside("probability", "delay", "remembers")
    delay = finite(need(there, "delay", node))
    if delay.mean <= 0:
        raise there["delay"].wrong("a time above 0: nobody redials at the same moment")
    return Redial(
        need(there, "probability", node).number(0, 1),
        delay,
        "remembers" in there and there["remembers"].yes(),
    )


def _offer(frame: Frame, node: Node | None) -> Offer | None:
    if node is None:
        return None
    there = node.inside("after", "accepted", "becomes", "delay")
    return Offer(
        need(there, "after", node).number(),
        there["accepted"].number(0, 1) if "accepted" in there else 1.0,
        there["becomes"].known(frame.types, "call type") if "becomes" in there else -1,
        finite(there["delay"]) if "delay" in there else Distribution(1, 0.0),
    )


def _transfers(frame: Frame, node: Node | None) -> tuple[Transfer, ...]:
    found = []
    for one in node.items() if node else ():
        there = one.inside("to", "share", "group")
        found.append(
            Transfer(
                need(there, "to", one).known(frame.types, "call type"),
                there["share"].number(0, 1) if "share" in there else 1.0,
                there["group"].known(frame.groups, "group") if "group" in there else -1,
            )
        )
    for g in frame.groups.values():
        total = sum(one.share for one in found if one.group in (-1, g))
        if node and total > 1.0 + 1e-9:
            raise Unreadable(f"{node.path}: the shares add up to {total:g}; more than 1 cannot be.")
    return tuple(found)
