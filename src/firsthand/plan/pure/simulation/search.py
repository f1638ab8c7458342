"""The smallest staffing that meets a target: groups that need each other are searched together.

All candidates are simulated with the same callers (common random numbers), so that the next agent does not
seem to make things worse by bad luck. With one or two groups the answer is the cheapest there is if more
agents of a group never hurt; with more groups it is one from which no agent and no exchange can be saved.
"""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Sequence
from dataclasses import dataclass, field

from firsthand.plan.pure import erlang
from firsthand.plan.pure.simulation import measures, runs
from firsthand.plan.pure.simulation.compare import Comparison, compare
from firsthand.plan.pure.simulation.measures import Result
from firsthand.plan.pure.simulation.reading import Unreadable
from firsthand.plan.pure.simulation.scenario import Scenario

Staffing = tuple[int, ...]
_FEW = 5  # days of a first, rough search


@dataclass(frozen=True)
class Found:
    """The answer, what it achieves, all that was tried (staffing → service level), and Erlang beside it."""

    groups: tuple[str, ...]
    agents: Staffing
    cost: float
    result: Result
    tried: dict[Staffing, float]
    erlang: Comparison


@dataclass
class Search:
    scenario: Scenario
    target: erlang.Target
    searched: tuple[int, ...]  # groups
    days: int
    seed: int
    most: int
    threads: int | None
    each: bool
    start: Staffing
    results: dict[Staffing, Result] = field(default_factory=dict)

    def meets(self, staffing: Staffing) -> bool:
        return _met(self.result(staffing), self.target, self.each)

    def result(self, staffing: Staffing) -> Result:
        if staffing not in self.results:
            chosen = staffed(self.scenario, dict(zip(self.searched, staffing, strict=True)))
            counts = runs.run(chosen, self.days, self.seed, self.threads)
            self.results[staffing] = measures.measure(chosen, counts, self.seed)
        return self.results[staffing]

    def cost(self, staffing: Staffing) -> float:
        pairs = zip(self.searched, staffing, strict=True)
        return sum(self.scenario.groups[g].cost * agents for g, agents in pairs)

    def fewest(self, staffing: Staffing, at: int, start: int) -> int | None:
        """The smallest number for one place, the others as they are; None if even the most are too few."""

        def good(agents: int) -> bool:
            return self.meets((*staffing[:at], agents, *staffing[at + 1 :]))

        step, high = 1, max(1, min(start, self.most))
        while not good(high):
            if high == self.most:
                return None
            high, step = min(self.most, high + step), 2 * step
        low, step = high, 1
        while low > 0 and (low == high or good(low)):
            high, low, step = low, max(0, low - step), 2 * step
        while high - low > 1:
            middle = (high + low) // 2
            low, high = (low, middle) if good(middle) else (middle, high)
        return high


def search(
    scenario: Scenario,
    target: erlang.Target,
    *,
    groups: Sequence[str] = (),
    days: int,
    seed: int,
    most: int = 500,
    threads: int | None = None,
    each: bool = False,
) -> Found:
    """The cheapest numbers for `groups` (all, if none is named), the same in all periods that they work.

    `each`: the target holds for every type of call that has arrivals, not only for all together. The other
    groups keep their staffing. Costs are the `cost` of each group. Raises `Unreadable` if `most` agents are not enough.
    """
    searched = places(scenario, groups, most)
    find = _two if len(searched) <= 2 else _many
    start = _start(scenario, target, searched, most)
    if days >= 4 * _FEW:  # a rough answer first: then few candidates need all the days
        start = find(Search(scenario, target, searched, _FEW, seed, most, threads, each, start)) or start
    run = Search(scenario, target, searched, days, seed, most, threads, each, start)
    best = find(run)
    if best is None:
        raise Unreadable(f"No staffing of up to {most} agents in each group meets this target.")
    return Found(
        tuple(scenario.groups[g].name for g in searched),
        best,
        run.cost(best),
        run.result(best),
        {one: float(result.all["service_level"].mean) for one, result in sorted(run.results.items())},
        compare(scenario, target),
    )


def places(scenario: Scenario, groups: Sequence[str], most: int) -> tuple[int, ...]:
    """The numbers of the named groups; of all, if none is named."""
    names = [one.name for one in scenario.groups]
    unknown = [name for name in groups if name not in names]
    if unknown:
        raise Unreadable(f"There is no group “{unknown[0]}” to search for; there are {', '.join(names)}.")
    if not 1 <= most <= erlang.MOST_AGENTS:
        raise Unreadable(f"The most agents of a group: 1 to {erlang.MOST_AGENTS:,}, not {most}.")
    return tuple(names.index(name) for name in groups) if groups else tuple(range(len(names)))


def staffed(scenario: Scenario, agents: dict[int, int]) -> Scenario:
    """The scenario with other numbers in the periods in which a group works at all."""
    changed = tuple(
        dataclasses.replace(one, agents=tuple(agents[g] if n else 0 for n in one.agents))
        if g in agents
        else one
        for g, one in enumerate(scenario.groups)
    )
    return dataclasses.replace(scenario, groups=changed)


def _start(scenario: Scenario, target: erlang.Target, searched: tuple[int, ...], most: int) -> Staffing:
    """Erlang's answer for a group that takes calls, what stands in the file for the others."""
    beside = compare(scenario, target)
    guess = beside.erlang_a or beside.erlang_c or 1
    there = [max(1, *scenario.groups[g].agents) for g in searched]
    largest = max(range(len(there)), key=lambda at: there[at])
    return tuple(min(most, guess if at == largest else n) for at, n in enumerate(there))


def _two(run: Search) -> Staffing | None:
    """One group by bisection. Two: one row for each number of the smaller group, cut off by the best cost."""
    start = run.start
    if len(start) == 1:
        only = run.fewest(start, 0, start[0])
        return None if only is None else (only,)
    large = 0 if start[0] >= start[1] else 1
    price, other = (run.scenario.groups[run.searched[at]].cost for at in (large, 1 - large))

    def staffing(many: int, few: int) -> Staffing:
        return (many, few) if large == 0 else (few, many)

    floor = run.fewest(staffing(1, run.most), large, start[large])
    if floor is None:
        return None
    few = start[1 - large]
    many = run.fewest(staffing(1, few), large, max(floor, start[large]))
    while many is None:  # with so few of the one no number of the other is enough
        few = min(run.most, 2 * few)
        many = run.fewest(staffing(1, few), large, max(floor, start[large]))
    best = staffing(many, few)
    for few in (*range(best[1 - large] + 1, run.most + 1), *range(best[1 - large] - 1, 0, -1)):
        most = math.ceil((run.cost(best) - other * few) / price - 1e-9) - 1  # more would not be cheaper
        if most < floor:
            if few > best[1 - large]:
                continue
            break
        if most <= run.most and run.meets(staffing(most, few)):
            best = staffing(run.fewest(staffing(1, few), large, most) or most, few)
    return best


def _many(run: Search) -> Staffing | None:
    """Grow everything until it is enough, then save one agent after the other, then exchange."""
    now = run.start
    while not run.meets(now):
        if min(now) == run.most:
            return None
        now = tuple(min(run.most, n + max(1, n // 4)) for n in now)
    while True:
        better = next((one for one in _cheaper(run, now) if run.meets(one)), None)
        if better is None:
            return now
        now = better


def _cheaper(run: Search, now: Staffing) -> list[Staffing]:
    """One agent less, or one less and one of another group more, or two for one; the largest saving first."""
    found = []
    for less in range(len(now)):
        for taken in (2, 1):
            fewer = tuple(n - taken if at == less else n for at, n in enumerate(now))
            found.append(fewer)
            found += [
                tuple(n + 1 if at == more else n for at, n in enumerate(fewer))
                for more in range(len(now))
                if more != less
            ]
    cost = run.cost(now)
    good = {one for one in found if min(one) >= 1 and max(one) <= run.most and run.cost(one) < cost - 1e-9}
    return sorted(good, key=lambda one: (run.cost(one), one))


def _met(result: Result, target: erlang.Target, each: bool) -> bool:
    calls = [result.all]
    if each:
        calls = [found for found in result.types.values() if found["arrived"].mean > 0]
    busy = [float(found["occupancy"].mean) for found in result.groups.values()]
    occupancy = max((one for one in busy if not math.isnan(one)), default=0.0)
    return all(
        target.met(
            erlang.Result(
                _number(one["service_level"].mean),
                _number(one["mean_wait"].mean),
                math.nan,
                occupancy,
                _number(one["abandonment"].mean),
            )
        )
        for one in calls
    )


def _number(mean: float) -> float:
    return 0.0 if math.isnan(mean) else float(mean)
