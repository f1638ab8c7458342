"""The simulation against SimPy, Ciw and a program in plain Python; a season; half hours in which helpers ask.

The rivals simulate the same room, M/M/60+M: 57 Erlang, 300 s a call, patience 180 s, 20,000 calls; arrivals,
starts, ends and callers who give up are the same number of events everywhere. CPU time of one thread, the
median of several runs, in one process, one after the other. `uv sync --group bench` brings SimPy and Ciw.
"""

from __future__ import annotations

import heapq
import importlib.metadata
import json
import math
import os
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
ROW = 10  # days of 20,000 calls that ours simulates in one go: nobody starts it for one
HALF_HOURS = int(os.environ.get("FIRSTHAND_BENCH_HALF_HOURS", "1000"))
EXAMPLES = Path(__file__).parents[2] / "docs/guide/examples"
ROOM = f"M/M/{AGENTS}+M, 57 Erlang, patience 180 s, {CALLS:,} calls"

Rival = Callable[[int], tuple[float, float]]  # seed → share that gave up, mean wait


def run() -> Iterator[Figure]:
    yield from _speed()
    yield from _season()
    yield from _half_hours()


def _speed() -> Iterator[Figure]:
    _ours(0)  # compiled, and in memory
    mine = _cpu(_in_a_row, 15) / ROW
    yield Figure("simulation", "calls a second, one thread", CALLS / mine, "calls/s", "", ROOM)
    for name, goal, rival in (("simpy", 150, _simpy), ("ciw", 300, _ciw), ("plain heapq", 8, _plain)):
        try:
            version = importlib.metadata.version(name) if name != "plain heapq" else sys.version.split()[0]
        except importlib.metadata.PackageNotFoundError:
            print(f"  {name} is not installed (uv sync --group bench): left out", file=sys.stderr)
            continue
        theirs = _cpu(rival, 5)
        yield Figure(
            "simulation",
            f"faster than {name}",
            theirs / (_cpu(_in_a_row, 15) / ROW),
            "ratio",
            f"≥ {goal}",
            f"{version}; {ROOM}",
        )
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


def _cpu(program: Rival, times: int) -> float:
    """Median CPU seconds."""
    found = []
    for seed in range(times):
        began = time.process_time()
        program(seed)
        found.append(time.process_time() - began)
    return statistics.median(found)


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


# --- half hours with consults


def _half_hour(draw: random.Random, long: int) -> dict[str, Any]:
    """A room as this house may have it, at a steady pace; `long` half hours after one that fills the room."""
    calls = draw.uniform(60, 400)  # in half an hour
    talk, consult, finish = draw.uniform(150, 300), draw.uniform(60, 180), draw.uniform(20, 90)
    share, patience = draw.uniform(0.1, 0.35), draw.uniform(90, 300)
    asked = calls * share * consult / 1800  # work for specialists, in agents
    specialists = max(1, math.ceil(asked + draw.uniform(0.3, 1.3) * math.sqrt(asked)))
    return {
        "periods": {"length": 1800, "count": long + 1, "warm_up": 1, "after_last": "stop"},
        "call_types": {
            "call": {
                "arrivals_per_period": calls,
                "patience": _exponential(patience),
                "goes_to": ["helpers"],
                "service": _exponential(talk),
                "target": WITHIN,
            }
        },
        "groups": {
            "helpers": {
                "agents": 1,
                "asks": [
                    {
                        "groups": ["specialists"],
                        "share": share,
                        "time": _exponential(consult),
                        "then": _exponential(finish),
                    }
                ],
            },
            "specialists": {"agents": specialists},
        },
    }


def _level(room: dict[str, Any], helpers: int, days: int, seed: int) -> float:
    room = {**room, "groups": {**room["groups"], "helpers": {**room["groups"]["helpers"], "agents": helpers}}}
    found = runs.run(simulation.read(room), days, seed).by_type[:, :, 1:]
    return float(found["in_target"].sum() / found["arrived"].sum())


def _half_hours() -> Iterator[Figure]:
    """Helpers for 80 % in 20 s with given specialists: an answer is right if, in a long simulation with other
    chance, it reaches 79 % and one helper less stays below 81 %. That is the smallest staffing, ± 1 point.
    """
    draw, target = random.Random(1), erlang.Target(service_level=0.8)
    right = {"ours": 0, "Erlang A": 0, "Erlang C": 0}
    began = time.monotonic()
    for number in range(HALF_HOURS):
        room = _half_hour(draw, 60)
        found = simulation.search(
            simulation.read(room), target, groups=["helpers"], days=40, seed=2 * number, most=400
        )
        judged: dict[int, float] = {}
        answers = {
            "ours": found.agents[0],
            "Erlang A": found.erlang.erlang_a,
            "Erlang C": found.erlang.erlang_c,
        }
        for name, helpers in answers.items():
            for one in (helpers or 1, max(1, (helpers or 1) - 1)):
                if one not in judged:
                    judged[one] = _level(room, one, 40, 2 * number + 1)
            right[name] += judged[helpers or 1] >= 0.79 and judged[max(1, (helpers or 1) - 1)] < 0.81
    given = f"{HALF_HOURS} rooms, 60–400 calls a half hour, 10–35 % consults, specialists given, 80 % in 20 s"
    for name, count in right.items():
        goal = "≥ 0.95" if name == "ours" else ""
        yield Figure(
            "simulation", f"smallest staffing ± 1 point: {name}", count / HALF_HOURS, "share", goal, given
        )
    yield Figure(
        "simulation", "a half hour searched and judged", (time.monotonic() - began) / HALF_HOURS, "s"
    )


if __name__ == "__main__":
    print(json.dumps([figure.row() for figure in run()], indent=1, ensure_ascii=False))
