"""Erlang for many intervals against pyworkforce; Erlang A beside turbotab at the classical 50-agent point.

The rivals are asked in a process of their own, so that they may live in another environment: set
FIRSTHAND_BENCH_PYTHON to its interpreter (`pip install pyworkforce turbotab` there), or `uv sync --group bench`.
CPU time, one thread, the median of several runs, one after the other in the same run.
"""

from __future__ import annotations

import json
import os
import random
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from typing import Any

from firsthand.plan.pure import erlang
from firsthand.plan.pure.erlang_many import fewest_many
from tests.bench.figure import Figure

INTERVALS, RUNS = 1000, 7
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
    above = sum(one != other for one, other in zip(mine, exact, strict=True))
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


if __name__ == "__main__":
    print(json.dumps([figure.row() for figure in run()], indent=1, ensure_ascii=False))
