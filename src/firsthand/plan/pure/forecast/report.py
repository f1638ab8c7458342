"""A forecast for a machine to read, and for a person."""

from __future__ import annotations

import math
from dataclasses import asdict
from typing import Any

import numpy as np

from firsthand.plan.pure.forecast.backtest import Backtest
from firsthand.plan.pure.forecast.result import Forecast
from firsthand.plan.pure.forecast.scores import Scores

QUANTILES = ("q10", "q50", "q90")
SAYS = {
    "together": "Together the members missed {wape:.1%} of the calls, the best alone ({member}) {member_wape:.1%}.",
    "as_good": "Together the members missed {wape:.1%} of the calls, about as the best alone ({member}, "
    "{member_wape:.1%}): no bet is made on one.",
    "behind": "Together the members missed {wape:.1%} of the calls, the best alone ({member}) only {member_wape:.1%}. "
    "Which one that is shows afterwards: no bet is made on one.",
    "short": "Only {days} days are known: too few to try the members, so all count alike.",
}


def as_json(forecast: Forecast) -> dict[str, Any]:
    """Calls, to two decimals; closed days and slots are left out."""
    times = forecast.times()
    days = []
    for at, day in enumerate(forecast.dates):
        open_ = np.flatnonzero(~np.isnan(forecast.mean[at]))
        days.append(
            {
                "date": day.isoformat(),
                "closed": not len(open_),
                **_figures(forecast.day_mean[at], forecast.day_quantiles[:, at]),
                "intervals": [
                    {
                        "start": f"{day.isoformat()}T{times[slot]}",
                        **_figures(forecast.mean[at, slot], forecast.quantiles[:, at, slot]),
                    }
                    for slot in open_
                ],
            }
        )
    return {
        "minutes": forecast.minutes,
        "days": days,
        "combination": {
            "reason": {"code": forecast.reason.code, **_plain(forecast.reason.words)},
            "members": {
                name: {"weight_next_day": _round(forecast.weights[0, at], 4),
                       "weight_last_day": _round(forecast.weights[-1, at], 4)}
                for at, name in enumerate(forecast.members)
            },
            "past": {name: scores(one) for name, one in forecast.scores.items()},
        },
        "effects": [_plain(asdict(effect)) for effect in forecast.effects],
    }  # fmt: skip


def backtest_as_json(found: Backtest) -> dict[str, Any]:
    return {
        "origins": len(found.origins),
        "horizon_days": found.horizon,
        "days": {name: scores(one) for name, one in found.days.items()},
        "intervals": {name: scores(one) for name, one in found.slots.items()},
    }


def scores(one: Scores) -> dict[str, Any]:
    return _plain(asdict(one))


def as_lines(forecast: Forecast) -> list[str]:
    lines = [f"  {'day':<14} {'mean':>9} {'10 %':>9} {'90 %':>9}   busiest"]
    for at, day in enumerate(forecast.dates):
        named = f"{day:%a %Y-%m-%d}"
        if np.isnan(forecast.day_mean[at]):
            lines.append(f"  {named:<14} {'closed':>9}")
            continue
        low, high = forecast.day_quantiles[[0, 2], at]
        peak = int(np.nanargmax(forecast.mean[at]))
        lines.append(
            f"  {named:<14} {forecast.day_mean[at]:>9.0f} {low:>9.0f} {high:>9.0f}"
            f"   {forecast.times()[peak]} ({forecast.mean[at, peak]:.0f})"
        )
    said = SAYS[forecast.reason.code].format(
        **{key: _worded(value) for key, value in forecast.reason.words.items()}
    )
    return [*lines, "", f"  {said}", *_members(forecast), *_effects(forecast)]


def backtest_as_lines(found: Backtest) -> list[str]:
    head = f"  {'':<16} {'WAPE':>7} {'MASE':>6} {'bias':>7} {'x floor':>8} {'pinball':>8} {'in 80 %':>8}"
    lines = []
    for what, table in (("days", found.days), ("intervals", found.slots)):
        lines += [
            "",
            f"  {len(found.origins)} forecasts of the past, {found.horizon} days ahead: {what}",
            head,
        ]
        lines += [_score_line(name, one) for name, one in table.items()]
    return lines


def _members(forecast: Forecast) -> list[str]:
    lines = [f"  {'':<16} {'weight, first':>13} {'last day':>9} {'missed':>8}"]
    for at, name in enumerate(forecast.members):
        missed = f"{forecast.scores[name].wape:>8.1%}" if name in forecast.scores else f"{'-':>8}"
        lines.append(
            f"  {_worded(name):<16} {forecast.weights[0, at]:>13.0%} {forecast.weights[-1, at]:>9.0%} {missed}"
        )
    if "last_week" in forecast.scores:
        lines.append(f"  {'last week':<16} {'-':>13} {'-':>9} {forecast.scores['last_week'].wape:>8.1%}")
    return lines


def _effects(forecast: Forecast) -> list[str]:
    """One line a thing: what it does on its days, and how often that was seen."""
    lines = []
    for name in dict.fromkeys(one.name for one in forecast.effects):
        days = [one for one in forecast.effects if one.name == name]
        if any(abs(math.log(one.factor)) > 0.02 for one in days):
            seen = max(one.seen for one in days)
            span = f", day {days[0].offset:+d} to {days[-1].offset:+d}" if len(days) > 1 else ""
            factors = " ".join(f"{one.factor:.2f}" for one in days)
            lines.append(f"  {name}{span} ({f'seen {seen} x' if seen else 'not seen yet'}): x {factors}")
    return ["", *lines] if lines else []


def _score_line(name: str, one: Scores) -> str:
    pinball = "-" if one.pinball is None else f"{one.pinball:.2f}"
    coverage = "-" if one.coverage is None else f"{one.coverage:.1%}"
    return (
        f"  {_worded(name):<16} {one.wape:>7.1%} {one.mase:>6.3f} {one.bias:>+7.1%} {one.over_floor:>8.2f}"
        f" {pinball:>8} {coverage:>8}"
    )


def _worded(value: Any) -> Any:
    return value.replace("_", " ") if isinstance(value, str) else value


def _figures(mean: float, quantiles: Any) -> dict[str, float | None]:
    named = zip(QUANTILES, quantiles, strict=True)
    return {"mean": _round(mean), **{name: _round(value) for name, value in named}}


def _round(value: float, digits: int = 2) -> float | None:
    """JSON has no NaN."""
    return round(float(value), digits) if math.isfinite(value) else None


def _plain(values: dict[str, Any]) -> dict[str, Any]:
    return {key: _round(value, 4) if isinstance(value, float) else value for key, value in values.items()}
