"""Simulation of a contact room: one interval to a season, Erlang's model to helpers who ask specialists.

    scenario = simulation.read({"periods": …, "call_types": …, "groups": …})
    result = simulation.simulate(scenario, days=200, seed=1)
    result.all["service_level"].mean, result.groups["helpers"]["occupancy"].low

How a scenario is written, and how well the results agree with exact and with published ones, stands in
docs/guide/simulation.md. All chance comes from `seed`: the same seed gives the same numbers to the last bit,
with any number of threads, and two scenarios under one seed get the same callers, as needy and as patient.
"""

from __future__ import annotations

from firsthand.plan.pure.simulation import measures, runs
from firsthand.plan.pure.simulation.measures import Result
from firsthand.plan.pure.simulation.periods import FoundByPeriod, search_periods
from firsthand.plan.pure.simulation.reading import Unreadable
from firsthand.plan.pure.simulation.scenario import Scenario
from firsthand.plan.pure.simulation.scenario_file import load, read
from firsthand.plan.pure.simulation.search import Found, search

__all__ = [
    "Found", "FoundByPeriod", "Result", "Scenario", "Unreadable", "load", "read", "ready", "search",
    "search_periods", "simulate",
]  # fmt: skip

MOST_RUNS = 1_000_000


def simulate(scenario: Scenario, *, days: int, seed: int, threads: int | None = None) -> Result:
    """`days` independent runs of all days of the scenario. Raises `Unreadable` for too many."""
    if not 1 <= days <= MOST_RUNS:
        raise Unreadable(f"The number of days to simulate is 1 to {MOST_RUNS:,}, not {days}.")
    if not 0 <= seed < 2**63:
        raise Unreadable(f"A seed is a whole number from 0 to 2^63 - 1, not {seed}.")
    return measures.measure(scenario, runs.run(scenario, days, seed, threads), seed)


def ready() -> None:
    """Compile the engine now, if nobody has yet: about 20 s on a new machine, a second and a half after that."""
    smallest = {
        "periods": {"length": 1, "after_last": "stop"},
        "call_types": {"call": {"arrivals_per_period": 1, "goes_to": ["agents"], "service": 1}},
        "groups": {"agents": {"agents": 1}},
    }
    runs.run(read(smallest), 1, 0, 1)
