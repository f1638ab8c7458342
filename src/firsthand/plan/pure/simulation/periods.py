"""The smallest staffing with a number for each group and period: a day that follows its callers.

What a period lacks is felt in it and in those after it, hardly three periods later. So many periods are tried at
once, every third of a day, and each keeps its change if it and its neighbours still meet the target. All candidates
meet the same callers. The answer is one from which no agent of any period can be taken away or exchanged for a
cheaper one.
"""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from firsthand.plan.pure import erlang
from firsthand.plan.pure.simulation import measures, runs
from firsthand.plan.pure.simulation.compare import Comparison, compare
from firsthand.plan.pure.simulation.measures import Measures, Result
from firsthand.plan.pure.simulation.reading import Unreadable
from firsthand.plan.pure.simulation.scenario import Scenario
from firsthand.plan.pure.simulation.search import places

REACH = 3  # periods: what is taken away further apart than this does not meet
_GROWTH = 40  # rounds of adding where it is not enough

Move = tuple[tuple[int, int], ...]  # (place of the group, agents more), in one period
Table = tuple[tuple[int, ...], ...]  # by group, by period


@dataclass(frozen=True)
class FoundByPeriod:
    groups: tuple[str, ...]
    agents: Table
    cost: float  # of all hours, each agent's weighted with the `cost` of the group
    result: Result
    simulated: int
    erlang: Comparison


@dataclass
class _Run:
    scenario: Scenario
    target: erlang.Target
    searched: tuple[int, ...]
    days: int
    seed: int
    most: int
    threads: int | None
    each: bool
    simulated: int = 0
    last: dict[Table, Result] = field(default_factory=dict)

    def result(self, table: Table) -> Result:
        if table not in self.last:
            chosen = staffed(self.scenario, self.searched, table)
            counts = runs.run(chosen, self.days, self.seed, self.threads)
            self.last = {table: measures.measure(chosen, counts, self.seed)}
            self.simulated += 1
        return self.last[table]

    def missed(self, table: Table) -> set[int]:
        """The periods that miss the target."""
        return missed(self.result(table), self.target, self.each)

    def open(self, at: int) -> tuple[int, ...]:
        """The periods in which a searched group works at all."""
        return tuple(p for p, n in enumerate(self.scenario.groups[self.searched[at]].agents) if n)

    def cost(self, move: Move) -> float:
        return sum(self.scenario.groups[self.searched[at]].cost * more for at, more in move)


def search_periods(
    scenario: Scenario, target: erlang.Target, *, groups: Sequence[str] = (), days: int, seed: int,
    most: int = 500, threads: int | None = None, each: bool = False,
) -> FoundByPeriod:  # fmt: skip
    """A number for each of `groups` (all, if none is named) in each period in which it works, so that every counted
    period with calls meets the target. Otherwise as `search.search`.
    """
    if scenario.days > 1:
        raise Unreadable("A search by period is for one day: leave “days” out of the scenario.")
    searched = places(scenario, groups, most)
    run = _Run(scenario, target, searched, days, seed, most, threads, each)
    table = _enough(run, tuple(tuple(min(most, n) for n in row) for row in _start(scenario, searched)))
    table = _saved(run, table)
    names = tuple(scenario.groups[g].name for g in searched)
    hours = np.array(scenario.lengths) * scenario.unit / 3600
    cost = sum(
        scenario.groups[g].cost * float(hours @ np.array(row)) for g, row in zip(searched, table, strict=True)
    )
    return FoundByPeriod(names, table, cost, run.result(table), run.simulated, compare(scenario, target))


def staffed(scenario: Scenario, searched: Sequence[int], table: Table) -> Scenario:
    rows = dict(zip(searched, table, strict=True))
    changed = tuple(
        dataclasses.replace(group, agents=rows[g]) if g in rows else group
        for g, group in enumerate(scenario.groups)
    )
    return dataclasses.replace(scenario, groups=changed)


def missed(result: Result, target: erlang.Target, each: bool) -> set[int]:
    """The periods that miss the target: of all calls, or of any type that has some then."""
    scenario = result.scenario
    bad = np.zeros(scenario.periods - scenario.warm_up, bool)
    for calls in result.types_periods.values() if each else [result.all_periods]:
        bad |= _worse(calls, target)
    if target.occupancy is not None:
        for group in result.groups_periods.values():
            bad |= np.nan_to_num(group["occupancy"].mean) > target.occupancy
    return {int(p) + scenario.warm_up for p in np.flatnonzero(bad)}


def _worse(calls: Measures, target: erlang.Target) -> Any:
    """Nobody called: nothing was missed."""
    with np.errstate(invalid="ignore"):
        bad = np.zeros(len(calls["arrived"].mean), bool)
        if target.service_level is not None:
            bad |= calls["service_level"].mean < target.service_level
        if target.asa is not None:
            bad |= calls["mean_wait"].mean > target.asa
        if target.abandonment is not None:
            bad |= calls["abandonment"].mean > target.abandonment
    return bad


def _start(scenario: Scenario, searched: Sequence[int]) -> Table:
    """What stands in the file; one number for all periods becomes more where more call."""
    lengths = np.array(scenario.lengths)
    load = (np.array(scenario.expected()) / lengths).sum(axis=0)
    share = load / max(1e-12, np.average(load, weights=lengths))
    found = []
    for g in searched:
        agents = scenario.groups[g].agents
        same = len({n for n in agents if n}) == 1
        found.append(
            tuple(
                max(1, math.ceil(n * part)) if n and same else n
                for n, part in zip(agents, share, strict=True)
            )
        )
    return tuple(found)


def _enough(run: _Run, table: Table) -> Table:
    """More of every group where it is not enough; if that did not help, before it too."""
    still: set[int] = set()
    for _ in range(_GROWTH):
        bad = run.missed(table)
        if not bad:
            return table
        wanted = bad | {p - 1 for p in bad & still}
        grown = tuple(
            tuple(min(run.most, n + max(1, n // 8)) if n and p in wanted else n for p, n in enumerate(row))
            for row in table
        )
        if grown == table:
            break
        table, still = grown, bad
    raise Unreadable(
        f"No staffing of up to {run.most} agents in each group meets this target in all periods."
    )


def _saved(run: _Run, table: Table) -> Table:
    """Take away and exchange while something can be."""
    failed: dict[tuple[Move, int], Table] = {}  # what was around when it failed
    while True:
        before = table
        for move in _moves(run):
            for offset in range(REACH):
                table = _tried(run, table, move, offset, failed)
        if table == before:
            return table


def _moves(run: _Run) -> Iterator[Move]:
    """Large savings first; then one of a group for another's, if that is cheaper."""
    places = range(len(run.searched))
    for less in (4, 2, 1):
        for at in sorted(places, key=lambda at: -run.scenario.groups[run.searched[at]].cost):
            yield ((at, -less),)
    for less in (4, 3, 2, 1):
        for at in places:
            for other in places:
                if other != at and run.cost(((at, -less), (other, 1))) < -1e-9:
                    yield ((at, -less), (other, 1))


def _tried(run: _Run, table: Table, move: Move, offset: int, failed: dict[tuple[Move, int], Table]) -> Table:
    """The move in every third period at once; kept where nothing near is missed."""
    chosen = [
        p
        for p in set.intersection(*(set(run.open(at)) for at, _ in move))
        if p % REACH == offset
        and all(1 <= table[at][p] + more <= run.most for at, more in move)
        and failed.get((move, p)) != _around(table, p)
    ]
    while chosen:
        other = _moved(table, move, chosen)
        bad = run.missed(other)
        if not bad:
            return other
        guilty = {p for p in chosen if bad & set(range(p, p + REACH))} or set(chosen)
        for p in guilty:
            failed[move, p] = _around(table, p)
        chosen = [p for p in chosen if p not in guilty]
    return table


def _moved(table: Table, move: Move, chosen: Sequence[int]) -> Table:
    rows = [list(row) for row in table]
    for at, more in move:
        for p in chosen:
            rows[at][p] += more
    return tuple(tuple(row) for row in rows)


def _around(table: Table, p: int) -> Table:
    return tuple(row[max(0, p - REACH) : p + REACH] for row in table)
