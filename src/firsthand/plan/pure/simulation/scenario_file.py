"""A scenario from JSON. What each name means: docs/guide/simulation.md."""

from __future__ import annotations

import json
from typing import Any

from firsthand.plan.pure.simulation import records
from firsthand.plan.pure.simulation.calling import read_type
from firsthand.plan.pure.simulation.frame import Frame
from firsthand.plan.pure.simulation.reading import Node, Unreadable, need
from firsthand.plan.pure.simulation.scenario import DEFINITIONS, OCCUPANCIES, Route, Scenario
from firsthand.plan.pure.simulation.staffing import read_group

_UNITS = {"seconds": 1.0, "minutes": 60.0, "hours": 3600.0}
_THEN = {"empty": records.EMPTY, "stop": records.STOP, "clear": records.CLEAR}
_MOST = 20_000_000
_MOST_CALLS = 5_000_000  # of a day; whoever waits takes memory


def load(text: str) -> Scenario:
    """From the text of a file. Raises `Unreadable`."""
    try:
        value = json.loads(text, object_pairs_hook=_unique, parse_constant=_no_constant)
    except json.JSONDecodeError as error:
        raise Unreadable(
            f"line {error.lineno}, column {error.colno}: this is not JSON ({error.msg})."
        ) from None
    except RecursionError:
        raise Unreadable("this is nested too deeply for a scenario.") from None
    return read(value)


def read(value: Any) -> Scenario:
    """From what `json.loads` gives. Raises `Unreadable`."""
    root = Node(value, "")
    there = root.inside(
        "name", "about", "time_unit", "periods", "days", "call_types", "groups", "busyness", "lines",
        "max_waiting", "clear_queue", "service_level", "occupancy", "confidence",
    )  # fmt: skip
    unit = _UNITS[there["time_unit"].one_of(*_UNITS)] if "time_unit" in there else 1.0
    lengths, pattern, then, warm_up = _periods(need(there, "periods", root))
    days = there["days"].whole(1, 10_000) if "days" in there else 1
    types, groups = (
        need(there, "call_types", root).named("call type"),
        need(there, "groups", root).named("group"),
    )
    numbers = {name: at for at, name in enumerate(types)}, {name: at for at, name in enumerate(groups)}
    frame = Frame(unit, lengths, pattern, days, *numbers, _busyness(there.get("busyness"), len(types)))
    if len(types) * len(groups) * len(lengths) > _MOST:
        raise Unreadable(
            "call_types × groups × periods: more than 20 million combinations; simulate less at once."
        )
    kinds = tuple(read_type(frame, name, node) for name, node in types.items())
    scenario = Scenario(
        name=there["name"].text() if "name" in there else "",
        unit=unit,
        lengths=lengths,
        then=then,
        types=kinds,
        groups=tuple(read_group(frame, name, node, kinds) for name, node in groups.items()),
        days=days,
        warm_up=warm_up,
        lines=there["lines"].whole(1) if "lines" in there else 10**9,
        most_waiting=there["max_waiting"].whole(0) if "max_waiting" in there else 10**9,
        clears="clear_queue" in there and there["clear_queue"].yes(),
        definition=there["service_level"].one_of(*DEFINITIONS) if "service_level" in there else "arrived",
        occupancy=there["occupancy"].one_of(*OCCUPANCIES) if "occupancy" in there else "on_duty",
        confidence=there["confidence"].number(0.5, 0.9999) if "confidence" in there else 0.95,
    )
    _check(scenario)
    return scenario


def _periods(node: Node) -> tuple[tuple[float, ...], int, int, int]:
    there = node.inside("length", "lengths", "count", "repeat", "after_last", "warm_up")
    if ("length" in there) == ("lengths" in there):
        raise Unreadable(f"{node.path}: give either “length” with “count”, or “lengths”.")
    if "lengths" in there:
        if "count" in there:
            raise Unreadable(f"{node.path}.count: “lengths” already says how many.")
        lengths = [one.number(0, above=True) for one in there["lengths"].items()]
        if not lengths:
            raise there["lengths"].wrong("at least one length")
    else:
        count = there["count"].whole(1, 100_000) if "count" in there else 1
        lengths = [there["length"].number(0, above=True)] * count
    pattern = len(lengths)
    lengths *= there["repeat"].whole(1, 10_000) if "repeat" in there else 1
    then = _THEN[there["after_last"].one_of(*_THEN)] if "after_last" in there else records.EMPTY
    warm_up = there["warm_up"].whole(0) if "warm_up" in there else 0
    if warm_up >= len(lengths):
        raise there["warm_up"].wrong(f"fewer than the {len(lengths)} periods there are")
    return tuple(lengths), pattern, then, warm_up


def _busyness(node: Node | None, types: int) -> dict[str, tuple[int, float]]:
    """Shared factors of the day by name: a stream of their own and the shape of the gamma distribution."""
    if node is None:
        return {}
    return {
        name: (types + at, one.number(0, above=True))
        for at, (name, one) in enumerate(node.named("factor").items())
    }


def _check(scenario: Scenario) -> None:
    """What only the whole can show."""
    if not any(rate for one in scenario.types for rate in one.rates):
        raise Unreadable("call_types: nobody ever calls; give at least one type “arrivals_per_hour”.")
    if max(scenario.calls_by_day()) > _MOST_CALLS:
        raise Unreadable(
            f"call_types: more than {_MOST_CALLS:,} calls a day; is a rate by the wrong unit of time?"
        )
    for at, one in enumerate(scenario.types):
        takers = {route.one for route in one.routes}
        takers |= {g for g, group in enumerate(scenario.groups) if _has(group.takes, at)}
        for g in sorted(takers):
            if g not in one.service:
                raise Unreadable(
                    f"call_types.{one.name}: no “service” time for the group “{scenario.groups[g].name}”."
                )
        if one.offer and one.offer.becomes >= 0 and scenario.types[one.offer.becomes].offer:
            raise Unreadable(f"call_types.{one.name}.offer.becomes: a type that itself makes offers.")
    ends: set[int] = set()
    while True:
        more = {
            at for at, one in enumerate(scenario.types) if at not in ends and _may_end(one.transfers, ends)
        }
        if not more:
            break
        ends |= more
    for at, one in enumerate(scenario.types):
        if at not in ends:
            raise Unreadable(f"call_types.{one.name}.transfers: these calls are passed on for ever.")


def _has(routes: tuple[Route, ...], one: int) -> bool:
    return any(route.one == one for route in routes)


def _may_end(transfers: tuple[Any, ...], ends: set[int]) -> bool:
    everywhere = sum(one.share for one in transfers)
    return everywhere < 1.0 - 1e-12 or any(one.to in ends and one.share > 0 for one in transfers)


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in pairs:
        if name in found:
            raise Unreadable(f"“{name}” stands twice in the same object; keep one.")
        found[name] = value
    return found


def _no_constant(name: str) -> float:
    raise Unreadable(f"{name} is not a number of JSON; leave the name out where there is no limit.")
