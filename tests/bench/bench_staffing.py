"""Erlang for many intervals against pyworkforce; Erlang A beside turbotab at the classical 50-agent point; half hours
in which helpers ask specialists; the need of a front week.

The rivals are asked in a process of their own, so that they may live in another environment: set
FIRSTHAND_BENCH_PYTHON to its interpreter (`pip install pyworkforce turbotab` there), or `uv sync --group bench`.
CPU time, one thread, the median of several runs, one after the other in the same run.
"""

from __future__ import annotations

import json
import math
import os
import random
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from typing import Any

from firsthand.plan.pure import erlang, need, simulation
from firsthand.plan.pure.erlang_many import fewest_many
from firsthand.plan.pure.simulation import runs
from tests.bench.figure import Figure

INTERVALS, RUNS = 1000, 7
HALF_HOURS = int(os.environ.get("FIRSTHAND_BENCH_HALF_HOURS", "1000"))
GIVEN = f"{INTERVALS} intervals, 3–154 Erlang, 80 % in 20 s, occupancy at most 85 %"
CLASSICAL = (50, 48 / 60, 60.0, 120.0)  # agents, calls a second, seconds, patience: Garnett et al. 2002

# What is asked of pyworkforce: rows of (calls in half an hour, minutes) → CPU seconds, positions.
_PYWORKFORCE = """
import json, statistics, sys, time, importlib.metadata
from pyworkforce.queuing import ErlangC
rows, runs = json.load(sys.stdin)
def ask():
    return [ErlangC(transactions=calls, aht=minutes, interval=30, asa=20 / 60, shrinkage=0.0).required_positions(
        service_level=0.8, max_occupancy=0.85)["raw_positions"] for calls, minutes in rows]
found, took = ask(), []
for _ in range(runs):
    began = time.process_time(); ask(); took.append(time.process_time() - began)
json.dump([importlib.metadata.version("pyworkforce"), statistics.median(took), found], sys.stdout)
"""
_TURBOTAB = """
import json, sys, importlib.metadata
from mod_turbotab.calculations.erlang import erlang_a
agents, arrivals, aht, patience = json.load(sys.stdin)
found = erlang_a(agents, arrivals * aht, patience, aht)
found = {name: found[name] for name in ("abandon_rate", "asa")}
json.dump([importlib.metadata.version("turbotab"), found], sys.stdout)
"""


def run() -> Iterator[Figure]:
    yield from _many()
    yield from _classical()
    yield from _front_week()
    yield from _half_hours()


def _many() -> Iterator[Figure]:
    draw = random.Random(1)
    rows = [(draw.uniform(1, 7), draw.uniform(3, 154)) for _ in range(INTERVALS)]  # minutes, Erlang
    calls = [(load / minutes * 30, minutes) for minutes, load in rows]
    arrivals, aht = [n / 1800 for n, _ in calls], [60 * minutes for _, minutes in calls]
    target = erlang.Target(service_level=0.8, occupancy=0.85)
    mine = fewest_many(target, arrivals, aht, 20.0)
    exact = [erlang.fewest(target, one, time, 20.0) for one, time in zip(arrivals, aht, strict=True)]
    took = _cpu(lambda: fewest_many(target, arrivals, aht, 20.0))
    patience = _cpu(lambda: fewest_many(target, arrivals, aht, 20.0, 180.0))
    yield Figure("staffing", "Erlang C, all intervals", 1000 * took, "ms", "", GIVEN)
    yield Figure("staffing", "Erlang A, all intervals", 1000 * patience, "ms", "", f"{GIVEN}, patience 180 s")
    above = int(sum(one != other for one, other in zip(mine, exact, strict=True)))
    yield Figure("staffing", "not the minimum: ours", above, "intervals", "0", GIVEN)
    asked = _ask(_PYWORKFORCE, (calls, RUNS), "pyworkforce")
    if asked is None:
        return
    version, theirs, found = asked
    yield Figure(
        "staffing",
        "faster than pyworkforce",
        theirs / took,
        "ratio",
        "≥ 100",
        f"pyworkforce {version}; {GIVEN}",
    )
    more = sum(one > other for one, other in zip(found, exact, strict=True))
    yield Figure("staffing", "not the minimum: pyworkforce", more, "intervals", "", GIVEN)


def _classical() -> Iterator[Figure]:
    agents, arrivals, aht, patience = CLASSICAL
    given = "50 agents, 48 calls/min of 1 min, patience 2 min; Garnett, Mandelbaum, Reiman 2002: 3.1 %, 3.7 s"
    mine = erlang.evaluate(agents, arrivals, aht, 20.0, patience)
    yield Figure("staffing", "Erlang A, gives up: ours", mine.abandonment, "share", "0.0309", given)
    yield Figure("staffing", "Erlang A, mean wait: ours", mine.asa, "s", "3.71", given)
    asked = _ask(_TURBOTAB, CLASSICAL, "turbotab")
    if asked is None:
        return
    version, theirs = asked
    abandonment, wait = theirs["abandon_rate"], theirs["asa"]
    yield Figure(
        "staffing", "Erlang A, gives up: turbotab", abandonment, "share", "", f"turbotab {version}; {given}"
    )
    yield Figure("staffing", "Erlang A, mean wait: turbotab", wait, "s", "", f"turbotab {version}; {given}")


def _cpu(program: Callable[[], Any]) -> float:
    found = []
    for _ in range(5 * RUNS):
        began = time.process_time()
        program()
        found.append(time.process_time() - began)
    return statistics.median(found)


def _ask(program: str, given: Any, name: str) -> Any:
    """What the rival answers in its own environment; None, with a sentence, if it is not there."""
    python = os.environ.get("FIRSTHAND_BENCH_PYTHON", sys.executable)
    asked = subprocess.run(
        [python, "-c", program], input=json.dumps(given), capture_output=True, text=True, check=False
    )
    if asked.returncode == 0:
        return json.loads(asked.stdout)
    last = (asked.stderr.strip().splitlines() or ["?"])[-1]
    print(f"  {name} is left out: {last} (set FIRSTHAND_BENCH_PYTHON)", file=sys.stderr)
    return None


# --- a front week


def _front_week() -> Iterator[Figure]:
    """10 days of 20 half hours in three languages; helpers learn, every fourth call asks."""
    a_day = [75, 120, 165, 180, 180, 165, 135, 105, 90, 105, 135, 165, 165, 150, 150, 135, 120, 105, 75, 60]
    volume = [1.0, 1.0, 1.2, 1.5, 1.3, 1.2, 1.1, 1.3, 1.6, 1.4]
    streams = []
    for name, size, aht in (("de", 0.9, 230), ("fr", 0.33, 240), ("it", 0.12, 245)):
        learning = need.Learning(slower=0.25, asks=0.6, half_life=2)
        room = need.Room(aht, 1.2 * aht, 0.25, 90, 45, 160, breaks=0.06, shrinkage=0.08, learning=learning)
        days = tuple(
            need.Day(tuple(_calls(size * factor * one) for one in a_day), shifts=number / 2)
            for number, factor in enumerate(volume)
        )
        streams.append(need.Stream(name, room, days))
    simulation.ready()
    began, cpu = time.monotonic(), time.process_time()
    found = need.of(streams, need.Aim(erlang.Target(service_level=0.8)), threads=2)
    given = "10 days × 20 half hours × 3 languages, 10 / 50 / 90 %, learning, 25 % consults"
    yield Figure(
        "staffing", "a front week, wall", time.monotonic() - began, "s", "< 60 s", f"{given}; 2 threads"
    )
    yield Figure("staffing", "a front week, CPU", time.process_time() - cpu, "s", "", given)
    levels = [one.service_level for days in found.values() for day in days for one in day]
    missed = sum(one.high < 0.8 for one in levels) / len(levels)
    yield Figure("staffing", "its half hours surely below 80 %", missed, "share", "0", given)


def _calls(middle: float) -> need.Calls:
    spread = 1.2816 * math.sqrt(middle + (0.15 * middle) ** 2)
    return need.Calls(max(0.0, middle - spread), middle, middle + spread)


# --- half hours with consults


def _half_hours() -> Iterator[Figure]:
    """Helpers and specialists for 80 % in 20 s, found together: an answer is right if, in a long simulation with
    other chance, it reaches 79 % and one helper less stays below 81 %. That is the smallest staffing, ± 1 point.
    Erlang C and A get our specialists.
    """
    draw, aim = random.Random(1), need.Aim(erlang.Target(service_level=0.8))
    right = {"ours": 0, "Erlang A": 0, "Erlang C": 0}
    searched = 0.0
    for number in range(HALF_HOURS):
        calls = draw.uniform(60, 400)
        room = need.Room(
            advisor_aht=(talk := draw.uniform(150, 300)),
            helper_aht=talk,
            consult=draw.uniform(60, 180),
            finish=draw.uniform(20, 90),
            consult_share=draw.uniform(0.1, 0.35),
            patience=draw.uniform(90, 300),
        )
        began = time.process_time()
        best = need.interval(room, calls, aim, seed=2 * number)[0]
        searched += time.process_time() - began
        # What an agent needs for a call, without waiting for an answer: that is what a planner would give Erlang.
        time_of_all = talk + room.consult_share * (room.consult + room.finish)
        answers = {
            "ours": math.ceil(best.helpers - 1e-6),
            "Erlang A": erlang.fewest(aim.target, calls / 1800, time_of_all, 20, room.patience),
            "Erlang C": erlang.fewest(aim.target, calls / 1800, time_of_all, 20),
        }
        judged: dict[int, float] = {}
        for name, helpers in answers.items():
            for one in (helpers, max(1, helpers - 1)):
                if one not in judged:
                    judged[one] = _level(room, calls, one, best.specialists, 2 * number + 1)
            right[name] += judged[helpers] >= 0.79 and judged[max(1, helpers - 1)] < 0.81
    given = f"{HALF_HOURS} rooms, 60–400 calls a half hour, 10–35 % consults, 80 % in 20 s"
    for name, count in right.items():
        goal = "≥ 0.95" if name == "ours" else ""
        yield Figure(
            "staffing", f"smallest staffing ± 1 point: {name}", count / HALF_HOURS, "share", goal, given
        )
    yield Figure("staffing", "a half hour searched, CPU", searched / HALF_HOURS, "s", "", given)


def _level(room: need.Room, calls: float, helpers: int, specialists: int, seed: int) -> float:
    """Stated anew, as a scenario file: 60 half hours behind one that fills the room, 40 times."""
    asks = {
        "groups": ["specialists"],
        "share": room.consult_share,
        "time": _exponential(room.consult),
        "then": _exponential(room.finish),
    }
    scenario = {
        "periods": {"length": 1800, "count": 61, "warm_up": 1, "after_last": "stop"},
        "call_types": {
            "call": {
                "arrivals_per_period": calls,
                "patience": _exponential(room.patience or 0.0),
                "goes_to": ["helpers"],
                "service": _exponential(room.helper_aht),
                "target": 20,
            }
        },
        "groups": {
            "helpers": {"agents": helpers, "asks": [asks]},
            "specialists": {"agents": specialists},
        },
    }
    found = runs.run(simulation.read(scenario), 40, seed).by_type[:, :, 1:]
    return float(found["in_target"].sum() / found["arrived"].sum())


def _exponential(mean: float) -> dict[str, Any]:
    return {"kind": "exponential", "mean": mean}


if __name__ == "__main__":
    print(json.dumps([figure.row() for figure in run()], indent=1, ensure_ascii=False))
