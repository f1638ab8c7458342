"""The public nurse-rostering instances 1 to 12 of schedulingbenchmarks.org (Curtois and Qu 2014): gap to best known.

The files are the competition's own and not kept here. They stand in github.com/wssuite/NurseScheduler under
datasets/nrp; say where yours are: `FIRSTHAND_NURSES=/path/to/nrp make bench ONLY=nurses`. 60 s wall time each
(FIRSTHAND_NURSES_SECONDS), as many cores as there are; each answer is evaluated by a program that knows no model.
FIRSTHAND_NURSES_ONLY=1,2,3 takes some of them; FIRSTHAND_NURSES_PLAIN=1 adds plain CP-SAT on the same model.
"""

from __future__ import annotations

import os
import statistics
import sys
from collections.abc import Iterator
from pathlib import Path

from firsthand.plan.pure.roster import exact, nsp, solve
from firsthand.plan.pure.roster.evaluate import evaluate
from firsthand.plan.pure.roster.instance import Instance
from firsthand.plan.pure.roster.progress import Search
from tests.bench.figure import Figure, cores

# best known, by instance: benchmark/nrp.yml of wssuite/NurseScheduler
BEST = dict(enumerate((607, 828, 1001, 1716, 1143, 1950, 1056, 1300, 439, 4631, 3443, 4040), start=1))
SECONDS = float(os.environ.get("FIRSTHAND_NURSES_SECONDS", "60"))
ONLY = [int(one) for one in os.environ.get("FIRSTHAND_NURSES_ONLY", "").split(",") if one] or list(BEST)


def run() -> Iterator[Figure]:
    where = Path(os.environ.get("FIRSTHAND_NURSES", ""))
    if not (where / "Instance1.txt").exists():
        print("  FIRSTHAND_NURSES names no folder with Instance1.txt …: left out", file=sys.stderr)
        return
    gaps: dict[str, list[float]] = {"ours": [], "plain CP-SAT": []}
    for number in ONLY:
        instance = nsp.instance((where / f"Instance{number}.txt").read_text(), str(number))
        for name, found in _found(instance).items():
            gap = found / BEST[number] - 1
            gaps[name].append(gap)
            against = f"{found} against {BEST[number]}; {SECONDS:g} s, {cores()} cores, load {_load()}"
            yield Figure("nurses", f"instance {number}: {name}", 100 * gap, "%", "", against)
    for name, those in gaps.items():
        if those:
            yield Figure("nurses", f"median gap: {name}", 100 * statistics.median(those), "%", "≤ 0.5 %")
            yield Figure("nurses", f"worst gap: {name}", 100 * max(those), "%", "≤ 5 %")


def _found(instance: Instance) -> dict[str, float]:
    """The objective by program; infinite without a roster that holds every rule."""
    solution = solve.solve(instance, seconds=SECONDS)
    seen = evaluate(instance, solution.assignments)
    found = {"ours": float(seen.objective) if seen.feasible else float("inf")}
    if os.environ.get("FIRSTHAND_NURSES_PLAIN"):
        search = Search(instance, SECONDS)
        exact.prove(search, SECONDS)
        found["plain CP-SAT"] = float("inf") if search.objective is None else float(search.objective)
    return found


def _load() -> str:
    return f"{os.getloadavg()[0]:.0f}"
