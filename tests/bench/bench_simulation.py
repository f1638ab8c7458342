"""The simulation against SimPy, Ciw and a program in plain Python; a season.

The rivals simulate the same room, M/M/60+M: 57 Erlang, 300 s a call, patience 180 s, 20,000 calls; arrivals,
starts, ends and callers who give up are the same number of events everywhere. CPU time of one thread, in one
process. A processor that others share is now fast, now slow: ours and the rival are measured in turn, and what
stands here is the median of the ratios of each pair. `uv sync --group bench` brings SimPy and Ciw.
"""

from __future__ import annotations

import heapq
import importlib.metadata
import json
import random
import statistics
import sys
import time
from collections import deque
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from firsthand.plan.pure import erlang, simulation
from firsthand.plan.pure.simulation import runs
from tests.bench.figure import Figure

CALLS, AGENTS, ARRIVALS, TALK, PATIENCE, WITHIN = 20_000, 60, 57 / 300, 300.0, 180.0, 20.0
PAIRS = 41
ROW = 10  # days of 20,000 calls that ours simulates in one go: nobody starts it for one
EXAMPLES = Path(__file__).parents[2] / "docs/guide/examples"
ROOM = f"M/M/{AGENTS}+M, 57 Erlang, patience 180 s, {CALLS:,} calls"

Rival = Callable[[int], tuple[float, float]]  # seed → share that gave up, mean wait


def run() -> Iterator[Figure]:
    yield from _speed()
    yield from _season()


def _speed() -> Iterator[Figure]:
    _ours(0)  # compiled, and in memory
    mine = statistics.median(_spent(_in_a_row, seed) for seed in range(PAIRS)) / ROW
    yield Figure("simulation", "calls a second, one thread", CALLS / mine, "calls/s", "", ROOM)
    for name, goal, rival, pairs in (
        ("simpy", 150, _simpy, 5),
        ("ciw", 300, _ciw, 5),
        ("plain heapq", 8, _plain, PAIRS),
    ):
        try:
            version = importlib.metadata.version(name) if name != "plain heapq" else sys.version.split()[0]
        except importlib.metadata.PackageNotFoundError:
            print(f"  {name} is not installed (uv sync --group bench): left out", file=sys.stderr)
            continue
        found = statistics.median(_faster(rival, pairs))
        given = f"{version}; {ROOM}; median of {pairs} pairs"
        yield Figure("simulation", f"faster than {name}", found, "ratio", f"≥ {goal}", given)
    exact = erlang.evaluate(AGENTS, ARRIVALS, TALK, WITHIN, PATIENCE)
    for name, program in (("ours", _ours), ("plain heapq", _plain)):
        gone = statistics.fmean(program(seed)[0] for seed in range(12))
        yield Figure(
            "simulation",
            f"gave up: {name}",
            gone,
            "share",
            f"≈ {exact.abandonment:.4f}",
            "exact Erlang A; 12 × " + ROOM,
        )


def _faster(rival: Rival, pairs: int) -> Iterator[float]:
    """How many times the CPU seconds of ours the rival takes for a day, measured in turn."""
    for seed in range(pairs):
        mine = _spent(_in_a_row, seed) / ROW
        yield _spent(rival, seed) / mine


def _spent(program: Rival, seed: int) -> float:
    """CPU seconds."""
    began = time.process_time()
    program(seed)
    return time.process_time() - began


def _exponential(mean: float) -> dict[str, Any]:
    return {"kind": "exponential", "mean": mean}


_READ = simulation.read(
    {
        "periods": {"length": CALLS / ARRIVALS, "after_last": "empty"},
        "call_types": {
            "call": {
                "arrivals_per_period": CALLS,
                "patience": _exponential(PATIENCE),
                "goes_to": ["agents"],
                "service": _exponential(TALK),
            }
        },
        "groups": {"agents": {"agents": AGENTS}},
    }
)


def _ours(seed: int, days: int = 1) -> tuple[float, float]:
    found = runs.run(_READ, days, seed, 1).by_type
    arrived = found["arrived"].sum()
    return found["abandoned"].sum() / arrived, (found["wait"] + found["wait_lost"]).sum() / arrived


def _in_a_row(seed: int) -> tuple[float, float]:
    return _ours(seed, ROW)


def _plain(seed: int) -> tuple[float, float]:
    """The same algorithm by hand: a heap of ends, a queue, who gave up is found when it is their turn."""
    draw = random.Random(seed).expovariate
    ends: list[float] = []
    queue: deque[tuple[float, float]] = deque()
    busy = arrived = gone = 0
    waited, coming = 0.0, draw(ARRIVALS)
    while arrived < CALLS or ends:
        if arrived < CALLS and (not ends or coming <= ends[0]):
            t = coming
            arrived += 1
            coming = t + draw(ARRIVALS)
            if busy < AGENTS:
                busy += 1
                heapq.heappush(ends, t + draw(1 / TALK))
            else:
                queue.append((t, t + draw(1 / PATIENCE)))
            continue
        t = heapq.heappop(ends)
        while queue:
            since, until = queue.popleft()
            if until > t:
                waited += t - since
                heapq.heappush(ends, t + draw(1 / TALK))
                break
            gone += 1
            waited += until - since
        else:
            busy -= 1
    return gone / CALLS, waited / CALLS


def _simpy(seed: int) -> tuple[float, float]:
    import simpy

    draw = random.Random(seed).expovariate
    house = simpy.Environment()
    agents = simpy.Resource(house, AGENTS)
    found = [0, 0.0]

    def call() -> Any:
        came = house.now
        with agents.request() as asked:
            answered = yield asked | house.timeout(draw(1 / PATIENCE))
            found[1] += house.now - came
            if asked in answered:
                yield house.timeout(draw(1 / TALK))
            else:
                found[0] += 1

    def callers() -> Any:
        for _ in range(CALLS):
            yield house.timeout(draw(ARRIVALS))
            house.process(call())

    house.process(callers())
    house.run()
    return found[0] / CALLS, found[1] / CALLS


def _ciw(seed: int) -> tuple[float, float]:
    import ciw

    ciw.seed(seed)
    network = ciw.create_network(
        arrival_distributions=[ciw.dists.Exponential(ARRIVALS)],
        service_distributions=[ciw.dists.Exponential(1 / TALK)],
        number_of_servers=[AGENTS],
        reneging_time_distributions=[ciw.dists.Exponential(1 / PATIENCE)],
    )
    house = ciw.Simulation(network)
    house.simulate_until_max_customers(CALLS, method="Arrive")
    records = house.get_all_records()
    gone = sum(one.record_type == "renege" for one in records)
    return gone / CALLS, sum(one.waiting_time for one in records) / CALLS


def _season() -> Iterator[Figure]:
    read = simulation.load((EXAMPLES / "season.json").read_text(encoding="utf-8"))
    runs.run(read, 1, 0, 2)
    began = time.monotonic()
    counts = runs.run(read, 100, 1, 2)
    took = time.monotonic() - began
    many = counts.by_type["arrived"].sum() / 1e6
    given = f"10 weeks, 3 languages, 3 levels, 100 times, {many:.1f} M calls, 2 threads"
    yield Figure("simulation", "a season, wall time", took, "s", "< 60 s on 2 cores", given)


if __name__ == "__main__":
    print(json.dumps([figure.row() for figure in run()], indent=1, ensure_ascii=False))
