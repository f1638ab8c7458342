"""A result as JSON and as lines to read."""

from __future__ import annotations

import math
from typing import Any

from firsthand.plan.pure.simulation.compare import REASONS, Comparison
from firsthand.plan.pure.simulation.measures import Measures, Result, plain
from firsthand.plan.pure.simulation.periods import FoundByPeriod
from firsthand.plan.pure.simulation.scenario import DEFINITIONS, OCCUPANCIES
from firsthand.plan.pure.simulation.search import Found

Row = tuple[str, str, str, str]


def as_json(result: Result) -> dict[str, Any]:
    scenario = result.scenario
    starts = [sum(scenario.lengths[:at]) for at in range(scenario.warm_up, scenario.periods)]
    return {
        "scenario": scenario.name,
        "runs": result.runs,
        "days_in_a_run": scenario.days,
        "seed": result.seed,
        "confidence": scenario.confidence,
        "seconds_in_a_unit_of_time": scenario.unit,
        "service_level_is": {scenario.definition: DEFINITIONS[scenario.definition]},
        "occupancy_is": {scenario.occupancy: OCCUPANCIES[scenario.occupancy]},
        "all": _plain(result.all),
        "call_types": {name: _plain(found) for name, found in result.types.items()},
        "groups": {name: _plain(found) for name, found in result.groups.items()},
        "periods": {
            "start": starts,
            "all": _plain(result.all_periods),
            "call_types": {name: _plain(found) for name, found in result.types_periods.items()},
            "groups": {name: _plain(found) for name, found in result.groups_periods.items()},
        },
        "days": {name: _plain(found) for name, found in result.days.items()},
    }


def _plain(measures: Measures) -> dict[str, Any]:
    """Every definition of a level under its own name, in a group apart."""
    found: dict[str, Any] = {}
    for name, estimate in measures.items():
        family, _, definition = name.partition(":")
        if definition:
            found.setdefault(f"{family}_by_definition", {})[definition] = plain(estimate)
        else:
            found[name] = plain(estimate)
    return found


def as_lines(result: Result) -> list[str]:
    scenario = result.scenario
    percent = round(100 * scenario.confidence, 2)
    lines = [
        f"{scenario.name or 'Scenario'}: {result.runs} runs"
        f"{f' of {scenario.days} days' if scenario.days > 1 else ''}, seed {result.seed};"
        f" mean and {percent:g} % interval of a run",
        f"service level: {DEFINITIONS[scenario.definition]}",
    ]
    parts = [("all calls", result.all)] if len(result.types) > 1 else []
    for title, measures in [*parts, *result.types.items(), *result.groups.items()]:
        rows = _rows(measures)
        lines += ["", title] if rows else []
        widths = [max(len(row[at]) for row in rows) for at in range(4)] if rows else []
        for row in rows:
            cells = [row[0].ljust(widths[0]), *(row[at].rjust(widths[at]) for at in (1, 2, 3))]
            lines.append(f"  {cells[0]}  {cells[1]}  {cells[2]} … {cells[3]}")
    return lines


def _rows(measures: Measures) -> list[Row]:
    """What was measured and is not simply nothing."""
    found: list[Row] = []
    for name, estimate in measures.items():
        if ":" in name or math.isnan(estimate.mean) or (estimate.mean == 0 and name != "abandoned"):
            continue
        said = _said(estimate.mean), _said(estimate.low), _said(estimate.high)
        found.append((name.replace("_", " "), *said))
    return found


def _said(value: float) -> str:
    if math.isnan(value):
        return "–"
    return f"{value:.4f}" if abs(value) < 10 else f"{value:,.1f}"


def found_as_json(found: Found) -> dict[str, Any]:
    return {
        "agents": dict(zip(found.groups, found.agents, strict=True)),
        "cost": found.cost,
        "erlang": _erlang(found.erlang),
        "tried": [
            {"agents": dict(zip(found.groups, one, strict=True)), "service_level": level}
            for one, level in found.tried.items()
        ],
        "result": as_json(found.result),
    }


def _erlang(beside: Comparison) -> dict[str, Any]:
    return {
        "arrivals_per_unit": beside.arrivals,
        "handling_time": beside.handling,
        "patience": beside.patience,
        "agents_erlang_c": beside.erlang_c,
        "agents_erlang_a": beside.erlang_a,
        "differs_because": {code: REASONS[code] for code in beside.reasons},
    }


def by_period_as_json(found: FoundByPeriod) -> dict[str, Any]:
    return {
        "agents": {name: list(row) for name, row in zip(found.groups, found.agents, strict=True)},
        "cost_of_all_hours": found.cost,
        "erlang": _erlang(found.erlang),
        "simulated": found.simulated,
        "result": as_json(found.result),
    }


def by_period_as_lines(found: FoundByPeriod) -> list[str]:
    """A row for each period: when, how many of each group, how good."""
    scenario = found.result.scenario
    levels = found.result.all_periods["service_level"].mean
    rows = [("period", *found.groups, "service level")]
    for p in range(scenario.periods):
        counted = p - scenario.warm_up
        level = _said(float(levels[counted])) if counted >= 0 else "–"
        start = sum(scenario.lengths[:p]) * scenario.unit
        hour = f"{int(start // 3600)}:{int(start // 60) % 60:02}"
        rows.append((hour, *(str(row[p]) for row in found.agents), level))
    widths = [max(len(row[at]) for row in rows) for at in range(len(rows[0]))]
    lines = [
        f"The smallest staffing by period (cost of all hours {found.cost:g}; {found.simulated} simulated)"
    ]
    lines += ["  " + "  ".join(cell.rjust(w) for cell, w in zip(row, widths, strict=True)) for row in rows]
    return [*lines, "", *as_lines(found.result)]


def found_as_lines(found: Found) -> list[str]:
    beside = found.erlang
    numbers = ", ".join(f"{name} {n}" for name, n in zip(found.groups, found.agents, strict=True))
    lines = [f"The smallest staffing: {numbers} (cost {found.cost:g}; {len(found.tried)} simulated)"]
    said = [f"Erlang {model} says {n}" for model, n in (("C", beside.erlang_c), ("A", beside.erlang_a)) if n]
    if said:
        lines.append(f"{', '.join(said)} for one level of agents. It differs because:")
        lines += [f"  - {REASONS[code]}" for code in beside.reasons]
    return [*lines, "", *as_lines(found.result)]
