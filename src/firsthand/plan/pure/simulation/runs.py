"""Many runs, in parallel. Each has chance of its own: how many threads there are changes nothing."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

import numpy as np

from firsthand.plan.pure.simulation import engine, records, tables
from firsthand.plan.pure.simulation.reading import Unreadable
from firsthand.plan.pure.simulation.scenario import Scenario

MOST_NUMBERS = 400_000_000  # 3.2 GB of results; more is a mistake in the scenario or in the number of runs


@dataclass(frozen=True)
class Counts:
    """Structured arrays, runs first."""

    by_type: Any  # runs × types × periods of TYPE_COUNTS
    by_group: Any  # runs × groups × (periods + 1) of GROUP_COUNTS; the last is what comes after the periods
    by_day: Any  # runs × types × days of TYPE_COUNTS


def threads_there_are() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def run(scenario: Scenario, runs: int, seed: int, threads: int | None = None, first: int = 0) -> Counts:
    """Runs `first` … `first + runs - 1` of the scenario under this seed. Raises `Unreadable` if too large."""
    found = _room_for(scenario, runs)
    built, scalars = tables.build(scenario)
    many = max(1, min(threads or threads_there_are(), runs))

    def part(thread: int) -> None:
        room = 256 + 2 * sum(max(group.agents) for group in scenario.groups)
        world = records.World(built, scalars, room)
        for at in range(thread, runs, many):
            for day in range(scenario.days):
                while not engine.simulate_day(world.record, seed, first + at, day):
                    room *= 4
                    world = records.World(built, scalars, room)
                _add(found, world, at, day)

    if many == 1:
        part(0)
    else:
        with ThreadPoolExecutor(many) as pool:
            list(pool.map(part, range(many)))
    return found


def _room_for(scenario: Scenario, runs: int) -> Counts:
    types, groups, periods = len(scenario.types), len(scenario.groups), scenario.periods
    each = types * (periods + scenario.days) * records.TYPE_COUNTS.itemsize // 8
    each += groups * (periods + 1) * records.GROUP_COUNTS.itemsize // 8
    if each * runs > MOST_NUMBERS:
        raise Unreadable(
            f"{runs} runs of this scenario do not fit into memory; {MOST_NUMBERS // each} would."
        )
    return Counts(
        np.zeros((runs, types, periods), records.TYPE_COUNTS),
        np.zeros((runs, groups, periods + 1), records.GROUP_COUNTS),
        np.zeros((runs, types, scenario.days), records.TYPE_COUNTS),
    )


def _add(found: Counts, world: records.World, at: int, day: int) -> None:
    """The finished day of run `at`; the world's own counts are empty again."""
    types = plain(world.arrays["by_type"]).reshape(*found.by_type.shape[1:], -1)
    groups = plain(world.arrays["by_group"]).reshape(*found.by_group.shape[1:], -1)
    plain(found.by_type)[at] += types
    plain(found.by_group)[at] += groups
    plain(found.by_day)[at, :, day] = types.sum(axis=1)
    types[:] = 0.0
    groups[:] = 0.0


def plain(counts: Any) -> Any:
    """The same memory as numbers, one axis more."""
    return counts.view(np.float64).reshape(*counts.shape, len(counts.dtype))
