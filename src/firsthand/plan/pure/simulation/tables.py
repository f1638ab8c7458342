"""A scenario as the tables of the compiled engine."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np

from firsthand.plan.pure.simulation import records as r
from firsthand.plan.pure.simulation.distributions import Distribution
from firsthand.plan.pure.simulation.scenario import Route, Scenario


class _Drawn:
    """Every distribution once."""

    def __init__(self) -> None:
        self.numbers: dict[Distribution, int] = {}

    def number(self, one: Distribution) -> int:
        return self.numbers.setdefault(one, len(self.numbers))

    def table(self) -> Any:
        return np.array([tuple(one) for one in self.numbers], r.DISTRIBUTION)


def build(scenario: Scenario) -> tuple[dict[str, Any], dict[str, int]]:
    """The arrays that `records.TABLES` names, and the scalars."""
    drawn = _Drawn()
    types, groups, who = scenario.types, scenario.groups, range(len(scenario.groups))
    lengths = np.array(scenario.lengths)
    rates = np.array([one.rates for one in types])
    cumulative = np.zeros((len(types), len(lengths) + 1))
    np.cumsum(rates * lengths, axis=1, out=cumulative[:, 1:])
    routes, routes_from = _listed(one.routes for one in types)
    pulls, pulls_from = _listed(one.takes for one in groups)
    retries, retries_from = _retries(scenario)
    kinds, service = _kinds(scenario, drawn), _service(scenario, drawn)
    tables = {
        "starts": np.concatenate([[0.0], np.cumsum(lengths)]),
        "cumulative": cumulative,
        "gaps": np.divide(1.0, rates, out=np.zeros_like(rates), where=rates > 0),
        "volume": np.array([one.volume for one in types]).T,
        "kinds": kinds,
        "patience": [[drawn.number(d) for d in one.patience] for one in types],
        "balk": [one.balk for one in types],
        "service": service,
        "usual": _usual(scenario, service),
        "after": [[drawn.number(one.after[g]) if g in one.after else -1 for g in who] for one in types],
        "factors": _factors(scenario),
        "agents": [one.agents for one in groups],
        "shrinkage": [one.shrinkage for one in groups],
        "questions_first": np.array([one.consults_first for one in groups], np.int64),
        "routes": routes, "routes_from": routes_from,
        "pulls": pulls, "pulls_from": pulls_from,
        "retries": retries, "retries_from": retries_from,
        **_consults(scenario, drawn),
        **_transfers(scenario),
    }  # fmt: skip
    tables["distributions"] = drawn.table()
    idle_matters = bool((kinds["idle_rule"] == r.LONGEST_IDLE).any())
    scalars = {
        "types": len(types), "groups": len(groups), "rules_count": len(tables["rules"]),
        "periods": len(lengths), "days": scenario.days, "then": scenario.then, "most_lines": scenario.lines,
        "most_waiting": scenario.most_waiting, "clears": int(scenario.clears), "lazy": int(_lazy(scenario)),
        "idle_matters": int(idle_matters),
        "idle_width": 1 + max(max(one.agents) for one in groups) if idle_matters else 1,
    }  # fmt: skip
    return {name: _flat(name, table) for name, table in tables.items()}, scalars


def _flat(name: str, table: Any) -> Any:
    """One after the other, as numbers of the kind that the engine reads. Never empty: it has an address."""
    if name == "questions_first":
        return table
    kind = r.TABLES[name]
    plain = {r.FLOAT: np.float64, r.INT: np.int64}.get(kind)
    if plain is None:
        return table if len(table) else np.zeros(1, kind)
    found = np.ascontiguousarray(table, plain).ravel()
    return found if len(found) else np.zeros(1, plain)


def _lazy(scenario: Scenario) -> bool:
    """Whether it may stay unnoticed for a while that somebody gave up: nothing depends on it at once."""
    limits = [scenario.lines, scenario.most_waiting, *(one.most_waiting for one in scenario.types)]
    return min(limits) >= 10**9 and not any(one.redial.probability for one in scenario.types)


def _kinds(scenario: Scenario, drawn: _Drawn) -> Any:
    found = np.zeros(len(scenario.types), r.KIND)
    for number, (row, one) in enumerate(zip(found, scenario.types, strict=True)):
        levels = [route.level for route in one.routes]
        equals = len(set(levels)) < len(levels)
        row["target"], row["most_waiting"] = one.target, one.most_waiting
        row["redial"], row["redial_delay"] = one.redial.probability, drawn.number(one.redial.delay)
        row["remembers"] = one.redial.remembers
        row["offer_after"], row["offer_becomes"] = math.inf, -1
        if one.offer:
            row["offer_with_retry"] = one.offer.after in _waits(scenario, number)
            row["offer_after"], row["offer_accepted"] = one.offer.after, one.offer.accepted
            row["offer_becomes"], row["offer_delay"] = one.offer.becomes, drawn.number(one.offer.delay)
        row["busy_shape"], row["busy_stream"] = one.busy_shape, one.busy_stream
        row["idle_rule"] = r.LISTED if not equals else r.RANDOM if one.random_among_equals else r.LONGEST_IDLE
    return found


def _service(scenario: Scenario, drawn: _Drawn) -> Any:
    groups, periods = range(len(scenario.groups)), scenario.periods
    return np.array(
        [
            [[drawn.number(d) for d in one.service[g]] if g in one.service else [0] * periods for g in groups]
            for one in scenario.types
        ],
        np.int64,
    )


def _usual(scenario: Scenario, service: Any) -> Any:
    groups = range(len(scenario.groups))
    serves = np.array([[[g in one.service] for g in groups] for one in scenario.types])
    least, most = np.where(serves, service, np.inf).min(axis=1), np.where(serves, service, -1).max(axis=1)
    return np.where(least == most, most, -1)


def _factors(scenario: Scenario) -> Any:
    """Days × types × groups."""
    factor = np.array([group.factor for group in scenario.groups]).T
    learning = np.array([group.learning for group in scenario.groups]).T
    return np.ascontiguousarray(factor[None, :, :] * learning[:, None, :])


def _listed(lists: Iterable[Sequence[Route]]) -> tuple[Any, Any]:
    entries: list[tuple[int, int, float]] = []
    at = [0]
    for routes in lists:
        entries.extend((route.one, route.level, route.after) for route in routes)
        at.append(len(entries))
    return np.array(entries, r.ROUTE), np.array(at, np.int64)


def _retries(scenario: Scenario) -> tuple[Any, Any]:
    found: list[float] = []
    at = [0]
    for number in range(len(scenario.types)):
        found.extend(sorted(_waits(scenario, number)))
        at.append(len(found))
    return np.array(found, np.float64), np.array(at, np.int64)


def _waits(scenario: Scenario, number: int) -> set[float]:
    """After which somebody else may take a call of this type."""
    waits = {route.after for route in scenario.types[number].routes}
    waits |= {route.after for group in scenario.groups for route in group.takes if route.one == number}
    return waits - {0.0}


def _consults(scenario: Scenario, drawn: _Drawn) -> dict[str, Any]:
    rule_of = np.full((len(scenario.types), len(scenario.groups)), -1, np.int64)
    rules: list[tuple[float, ...]] = []
    asks: list[int] = []
    answers: list[list[int]] = [[] for _ in scenario.groups]
    for g, group in enumerate(scenario.groups):
        for one in group.consults:
            rule_of[list(one.types), g] = len(rules)
            for asked in one.asks:
                answers[asked].append(len(rules))
            first = len(asks)
            asks.extend(one.asks)
            finish = drawn.number(one.finish) if one.finish else -1
            rules.append(
                (one.share, drawn.number(one.time), finish, one.waits, one.at_most, first, len(asks))
            )
    return {
        "rule_of": rule_of,
        "rules": np.array(rules, r.RULE),
        "asks": np.array(asks, np.int64),
        "answers": np.array([rule for group in answers for rule in group], np.int64),
        "answers_from": np.cumsum([0, *map(len, answers)]).astype(np.int64),
    }


def _transfers(scenario: Scenario) -> dict[str, Any]:
    entries: list[tuple[float, int]] = []
    at = [0]
    for one in scenario.types:
        for g in range(len(scenario.groups)):
            below = 0.0
            for transfer in one.transfers:
                if transfer.group in (-1, g):
                    below += transfer.share
                    # Shares that add up to 1 up to rounding leave nobody behind.
                    entries.append((2.0 if below > 1.0 - 1e-12 else below, transfer.to))
            at.append(len(entries))
    return {"transfers": np.array(entries, r.TRANSFER), "transfers_from": np.array(at, np.int64)}
