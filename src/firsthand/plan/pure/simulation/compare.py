"""What Erlang's closed forms say to the same room, and why they say something else."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from firsthand.plan.pure import erlang
from firsthand.plan.pure.simulation import records
from firsthand.plan.pure.simulation.scenario import CallType, Scenario

# Why Erlang and the simulation differ. Code → a sentence; pages translate by code.
REASONS = {
    "consults": "Agents ask others; helper and caller wait for them, and Erlang knows no second level.",
    "patience": "Callers give up; Erlang C lets everybody wait for ever and asks for too many.",
    "patience_shape": "Patience is not exponential, or some hang up rather than wait.",
    "variability": "Service times are more or less regular than exponential ones.",
    "busyness": "How busy a day is, is not known beforehand: on busy days more is needed than on average.",
    "several_groups": "Not every agent takes every call: several groups are less than one large one.",
    "several_types": "Several call types with different times share the agents.",
    "changing": "Rates or staffing change from period to period; Erlang takes the average for constant.",
    "start": "The room starts empty, and nobody waits yet at the start.",
    "shrinkage": "Agents are away at random; Erlang counts those who are there.",
    "learning": "Times change over the days.",
    "limits": "Lines or places in the queue are limited, so that some find no way in.",
    "redials": "Who gives up calls again: more calls than expected.",
    "transfers": "Calls are passed on and are served twice.",
    "offers": "Some leave the queue for a message or a call back.",
}


@dataclass(frozen=True)
class Comparison:
    """One level of agents for all calls: the fewest by Erlang C and by Erlang A, and what they leave out."""

    arrivals: float  # per unit of time, in periods with calls
    handling: (
        float  # mean time of an agent for a call: talk, questions without waiting for an answer, after work
    )
    patience: float | None
    erlang_c: int | None
    erlang_a: int | None
    reasons: tuple[str, ...]


def compare(scenario: Scenario, target: erlang.Target) -> Comparison:
    """None for a model where no number meets the target, or that does not apply (A without patience)."""
    arrivals, handling, patience, within = _pooled(scenario)
    return Comparison(
        arrivals,
        handling,
        patience,
        _fewest(target, arrivals, handling, within, None),
        _fewest(target, arrivals, handling, within, patience) if patience else None,
        tuple(code for code, applies in _reasons(scenario).items() if applies),
    )


def _fewest(
    target: erlang.Target, arrivals: float, handling: float, within: float, patience: float | None
) -> int | None:
    try:
        return erlang.fewest(target, arrivals, handling, within, patience)
    except ValueError:
        return None


def _pooled(scenario: Scenario) -> tuple[float, float, float | None, float]:
    """Arrivals per unit, handling time, patience, target time: averages over types by their calls."""
    expected = np.array(scenario.expected())[:, scenario.warm_up :]
    weights = expected.sum(axis=1)
    lengths = np.array(scenario.lengths[scenario.warm_up :])
    open_time = lengths[expected.sum(axis=0) > 0].sum() * scenario.days
    handling = sum(w * handling_time(scenario, at) for at, w in enumerate(weights) if w) / weights.sum()
    patience = _mean_patience(scenario, weights)
    target = sum(w * one.target for w, one in zip(weights, scenario.types, strict=True)) / weights.sum()
    return float(weights.sum() / open_time), float(handling), patience, float(target)


def handling_time(scenario: Scenario, kind: int) -> float:
    """Of an agent of the first group that takes this type: without any wait for an answer."""
    one = scenario.types[kind]
    g = one.routes[0].one
    group = scenario.groups[g]
    time = float(np.mean([d.mean for d in one.service[g]])) + (one.after[g].mean if g in one.after else 0.0)
    for consult in group.consults:
        if kind in consult.types:
            finish = consult.finish.mean if consult.finish else 0.0
            time += consult.share * (consult.time.mean + finish)
    return time * group.factor[kind] * float(np.mean(group.learning))


def _mean_patience(scenario: Scenario, weights: np.ndarray) -> float | None:
    """None if somebody waits for ever."""
    times = [float(np.mean([d.mean for d in one.patience])) for one in scenario.types]
    found = sum(w * time for w, time in zip(weights, times, strict=True) if w) / weights.sum()
    return float(found) if math.isfinite(found) and found > 0 else None


def _reasons(scenario: Scenario) -> dict[str, bool]:
    types, groups = scenario.types, scenario.groups
    calling = [one for one in types if any(one.rates)]
    answering = {route.one for one in calling for route in one.routes}
    patient = [d for one in calling for d in one.patience]
    limited = [scenario.lines, scenario.most_waiting, *(one.most_waiting for one in types)]
    return {
        "consults": any(one.consults for one in groups),
        "patience": any(math.isfinite(d.mean) for d in patient),
        "patience_shape": any(abs(d.variability - 1) > 0.01 for d in patient if math.isfinite(d.mean))
        or any(any(one.balk) for one in calling),
        "variability": any(_irregular(one) for one in types),
        "busyness": any(one.busy_shape for one in types),
        "several_groups": len(answering) > 1,
        "several_types": len(calling) > 1,
        "changing": any(len(set(one.rates)) > 1 for one in types)
        or any(len(set(g.agents)) > 1 for g in groups),
        "start": scenario.warm_up == 0,
        "shrinkage": any(any(one.shrinkage) for one in groups),
        "learning": any(len(set(one.learning)) > 1 for one in groups),
        "limits": min(limited) < 10**9 or scenario.then == records.CLEAR,
        "redials": any(one.redial.probability for one in types),
        "transfers": any(one.transfers for one in types),
        "offers": any(one.offer for one in types),
    }


def _irregular(one: CallType) -> bool:
    """Not close to exponential."""
    return any(abs(d.variability - 1) > 0.01 for times in one.service.values() for d in times) or bool(
        one.after
    )
