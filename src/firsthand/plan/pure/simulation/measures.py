"""What came of it: measures by call type, group and period, each with its standard error and interval."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np

from firsthand.plan.pure.simulation import estimates
from firsthand.plan.pure.simulation.estimates import Estimate
from firsthand.plan.pure.simulation.runs import Counts
from firsthand.plan.pure.simulation.scenario import DEFINITIONS, OCCUPANCIES, Scenario

Measures = dict[str, Estimate]

_COUNTED = (
    "arrived", "served", "in_target", "abandoned", "blocked", "disconnected", "messages", "callbacks",
    "redialled", "still", "being_served",
)  # fmt: skip


@dataclass(frozen=True)
class Result:
    """Means over runs; a run is all days. `…_periods` have one value for each counted period."""

    scenario: Scenario
    runs: int
    seed: int
    all: Measures
    types: dict[str, Measures]
    groups: dict[str, Measures]
    all_periods: Measures
    types_periods: dict[str, Measures]
    groups_periods: dict[str, Measures]
    days: dict[str, Measures]  # by type; one value for each day


def measure(scenario: Scenario, counts: Counts, seed: int) -> Result:
    names = [one.name for one in scenario.types]
    from_period = scenario.warm_up
    calls = counts.by_type[:, :, from_period:]
    expected = np.array(scenario.expected())[:, from_period:]
    lengths = np.array(scenario.lengths[from_period:]) * scenario.days
    groups = counts.by_group[:, :, from_period:]

    def of_calls(chosen: Any, expected: Any, time: Any) -> Measures:
        return _of_calls(chosen, scenario, expected, time)

    types, types_periods = {}, {}
    for at, name in enumerate(names):
        types[name] = of_calls(_total(calls[:, at], 1), expected[at].sum(), lengths.sum())
        types_periods[name] = of_calls(_columns(calls[:, at]), expected[at], lengths)
    return Result(
        scenario,
        len(calls),
        seed,
        of_calls(_total(_flat(calls), 1), expected.sum(), lengths.sum()),
        types,
        {one.name: _of_group(groups[:, g], scenario, False) for g, one in enumerate(scenario.groups)},
        of_calls(_total(calls, 1), expected.sum(axis=0), lengths),
        types_periods,
        {one.name: _of_group(groups[:, g], scenario, True) for g, one in enumerate(scenario.groups)},
        _days(scenario, counts, names) if scenario.days > 1 else {},
    )


def _days(scenario: Scenario, counts: Counts, names: list[str]) -> dict[str, Measures]:
    """Warm-up included: by day the periods are already added up."""
    time = sum(scenario.lengths)
    found = {}
    for at, name in enumerate(names):
        a_day = sum(r * length for r, length in zip(scenario.types[at].rates, scenario.lengths, strict=True))
        expected = a_day * np.array(scenario.types[at].volume)
        found[name] = _of_calls(_columns(counts.by_day[:, at]), scenario, expected, time)
    return found


def _columns(counts: Any) -> dict[str, Any]:
    return {name: counts[name] for name in counts.dtype.names}


def _total(counts: Any, axis: int) -> dict[str, Any]:
    return {name: counts[name].sum(axis=axis) for name in counts.dtype.names}


def _flat(counts: Any) -> Any:
    return counts.reshape(len(counts), -1)


def _of_calls(n: dict[str, Any], scenario: Scenario, expected: Any, time: Any) -> Measures:
    level = scenario.confidence
    found = {name: estimates.of_means(n[name], level) for name in _COUNTED}
    for definition in DEFINITIONS:
        found[f"service_level:{definition}"] = estimates.of_ratio(*_level(definition, n, expected), level)
    found["service_level"] = found[f"service_level:{scenario.definition}"]
    answered = n["served"] + n["being_served"]
    found["abandonment"] = estimates.of_ratio(n["abandoned"], n["arrived"], level)
    found["speed_of_answer"] = estimates.of_ratio(n["wait"], answered, level)
    found["mean_wait"] = estimates.of_ratio(n["wait"] + n["wait_lost"], n["arrived"], level)
    found["talk"] = estimates.of_ratio(n["talk"], n["served"], level)
    found["lines_busy"] = estimates.of_ratio(n["line"], time, level)
    return found


def _level(definition: str, n: dict[str, Any], expected: Any) -> tuple[Any, Any]:
    good = n["in_target"]
    answered = n["served"] + n["being_served"]
    in_time = good + n["gone_in_target"]
    pairs: dict[str, tuple[Any, Any]] = {
        "arrived": (good, n["arrived"]),
        "entered": (good, n["arrived"] - n["blocked"]),
        "served": (good, answered),
        "served_or_gone": (good, answered + n["abandoned"]),
        "served_or_gone_late": (good, answered + n["abandoned"] - n["gone_in_target"]),
        "in_time": (in_time, n["arrived"]),
        "expected": (good, expected),
        "in_time_of_expected": (in_time, expected),
    }
    return pairs[definition]


def _of_group(counts: Any, scenario: Scenario, periods: bool) -> Measures:
    level = scenario.confidence
    inside = _columns(counts[:, :-1]) if periods else _total(counts[:, :-1], 1)
    whole = inside if periods else _total(counts, 1)
    time = np.array(scenario.lengths[scenario.warm_up :]) * scenario.days
    n = whole
    found = {
        "agents": estimates.of_ratio(inside["staffed"], time if periods else time.sum(), level),
        "taken": estimates.of_means(n["taken"], level),
        "asked": estimates.of_means(n["asked"], level),
        "answered": estimates.of_means(n["answered"], level),
        "alone": estimates.of_means(n["alone"], level),
        "consult_wait": estimates.of_ratio(n["consult_wait"], n["asked"], level),
    }
    for definition in OCCUPANCIES:
        of = whole if definition == "until_empty" else inside
        found[f"occupancy:{definition}"] = estimates.of_ratio(*_occupancy(definition, of), level)
    found["occupancy"] = found[f"occupancy:{scenario.occupancy}"]
    return found


def _occupancy(definition: str, n: dict[str, Any]) -> tuple[Any, Any]:
    if definition == "on_duty":
        return n["busy"] - n["overtime"], n["staffed"]
    if definition == "over_duty":
        return n["busy"], n["staffed"]
    return n["busy"], n["staffed"] + n["overtime"]


def plain(estimate: Estimate) -> dict[str, Any]:
    """For JSON: nothing measured is null."""
    return {name: _plain(value) for name, value in estimate._asdict().items()}


def _plain(value: Any) -> Any:
    if np.ndim(value):
        return [_plain(one) for one in value]
    return float(value) if math.isfinite(value) else None
