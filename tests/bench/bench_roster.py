"""The roster of a front week: 300 and 1,000 helpers, 30 days of two half-days, beside what others would do.

Against the linear program's bound (GLOP's own optimum, found in the same run) and against one plain CP-SAT
model of the same objective from cold. Ours and the cold model get the same seconds and workers; the share of the
processor that each got stands beside (other programs may run). Every roster is weighed by two referees who know
nothing of how it was found. `FIRSTHAND_BENCH_ROSTER_SEEDS`, `…_SECONDS` (300), `…_LARGE` (1 or 0) shorten it.
"""

from __future__ import annotations

import os
import statistics
import sys
import time
from collections.abc import Iterator
from typing import Any

import numpy as np

from firsthand.plan.pure.front import arrays, exact, instance, referee, repair, score, solve
from firsthand.plan.pure.front.problem import Problem, Roster
from firsthand.plan.pure.roster.evaluate import evaluate
from tests.bench import front_models
from tests.bench.figure import Figure, cores
from tests.plan.pure.front import weeks

SEEDS = int(os.environ.get("FIRSTHAND_BENCH_ROSTER_SEEDS", "5"))
SECONDS = float(os.environ.get("FIRSTHAND_BENCH_ROSTER_SECONDS", "60"))
LARGE = os.environ.get("FIRSTHAND_BENCH_ROSTER_LARGE", "1") == "1"
COLD = os.environ.get("FIRSTHAND_BENCH_ROSTER_COLD", "1") == "1"
WORKERS = 8


def run() -> Iterator[Figure]:
    solve.solve(weeks.make(20, 1, days=10), seconds=5, seed=1, clock=time.monotonic)  # compiled
    size = "300 helpers and specialists, 30 days"
    gaps, proven, to_proof, cold, busy, used = [], 0, [], [], [], []
    for seed in range(1, SEEDS + 1):
        problem = weeks.make(300, seed)
        bound = front_models.lp_bound(problem)
        found, first, share = _ours(problem, seed, SECONDS, 3.0)
        used.append(share * found.seconds)
        gaps.append(first / bound - 1)
        busy.append(share)
        proven += found.proven
        to_proof.append(found.seconds)
        _say(300, seed, bound, first, found, share)
        if COLD:
            cold.append((_cold(problem, seed, SECONDS), found.cost))
    goal = "≤ 0.10 on 5 of 5"
    yield Figure(
        "roster", "above the LP bound after 3 s of processor time, worst", max(gaps), "share", goal, size
    )
    yield Figure("roster", "… median", statistics.median(gaps), "share", "", size)
    where = f"{SECONDS:g} s, {WORKERS} workers on {cores()} cores, load {os.getloadavg()[0]:.1f}"
    yield Figure("roster", "proven optimal", proven, f"of {SEEDS}", "5 of 5", where)
    yield Figure(
        "roster", "seconds until proven or stopped, median", statistics.median(to_proof), "s", "≤ 60", where
    )
    yield Figure("roster", "… worst", max(to_proof), "s", "≤ 60", where)
    yield Figure("roster", "… processor time, median", statistics.median(used), "s", "", where)
    yield Figure("roster", "… processor time, worst", max(used), "s", "", where)
    yield Figure("roster", "cores that ours got", statistics.median(busy), "cores", "", where)
    yield from _against_cold(cold)
    if LARGE:
        yield from _large()


def _against_cold(pairs: list[tuple[int | None, int]]) -> Iterator[Figure]:
    if not pairs:
        return
    none = sum(theirs is None for theirs, _ in pairs)
    ratios = [theirs / ours for theirs, ours in pairs if theirs is not None]
    what = f"plain CP-SAT, cold, {SECONDS:g} s, same objective; no roster on {none} of {len(pairs)} seeds"
    if ratios:
        yield Figure(
            "roster", "cost of plain CP-SAT over ours, median", statistics.median(ratios), "ratio", "", what
        )


def _large() -> Iterator[Figure]:
    problem = weeks.make(1000, 1)
    bound = front_models.lp_bound(problem)
    found, first, share = _ours(problem, 1, 30.0, 10.0)
    _say(1000, 1, bound, first, found, share)
    size = f"1,000 helpers and specialists, 30 days; {share:.1f} cores"
    yield Figure(
        "roster", "1,000: above the LP bound after 30 s", found.cost / bound - 1, "share", "≤ 0.05", size
    )
    known = found.bound / bound - 1
    yield Figure("roster", "1,000: our own bound against the linear program's", known, "share", "0", size)
    yield Figure(
        "roster",
        "1,000: above the LP bound after 10 s of processor time",
        first / bound - 1,
        "share",
        "",
        size,
    )
    if COLD:
        yield from _against_cold([(_cold(problem, 1, 30.0), found.cost)])
    times, changed = _repairs(problem, found.roster)
    what = "one of 1,000 is ill in the morning, 40 times"
    yield Figure("roster", "repair after sickness, slowest", max(times), "s CPU", "< 1", what)
    yield Figure("roster", "people disturbed", statistics.fmean(changed), "people", "fewest", what)


def _ours(problem: Problem, seed: int, seconds: float, early: float) -> tuple[solve.Solution, int, float]:
    """The solution, the cost after the first `early` seconds of all threads, and how many cores it had."""
    said: list[tuple[float, int]] = []
    began, cpu = time.monotonic(), time.process_time()

    def heard(one: solve.Progress) -> None:
        said.append((time.process_time() - cpu, one.cost))

    found = solve.solve(
        problem, seconds=seconds, seed=seed, clock=time.monotonic, workers=WORKERS, progress=heard
    )
    spent, wall = time.process_time() - cpu, time.monotonic() - began
    _weigh(problem, found.roster, found.cost)
    return found, min(cost for at, cost in said if at <= early or at == said[0][0]), spent / wall


def _weigh(problem: Problem, roster: Roster, cost: int) -> None:
    mine = referee.judge(problem, roster)
    theirs = evaluate(instance.instance_of(problem), instance.assignments_of(problem, roster))
    if mine.broken or not theirs.feasible or not mine.cost == theirs.objective == cost:
        raise AssertionError(f"{problem.name}: {cost}, {mine.cost}, {theirs.objective}, {mine.broken[:3]}")


def _cold(problem: Problem, seed: int, seconds: float) -> int | None:
    """One model of everything, no hint, no bound, nothing left out."""
    a = arrays.build(problem)
    everywhere = [(int(h), int(r)) for h, r in np.argwhere(a.wanted.sum(axis=2) > 0)]
    model = exact.Model(a, arrays.empty(a), range(len(a.least)), everywhere)
    state = model.solve(seconds=seconds, workers=WORKERS, seed=seed, hint=False).state
    return score.weigh(a, state).cost if state is not None else None


def _repairs(problem: Problem, roster: Roster) -> tuple[list[float], list[int]]:
    times, changed = [], []
    shifts = sorted(roster.shifts, key=lambda one: (one.half_day, one.person))
    for shift in shifts[:: max(1, len(shifts) // 40)]:
        began = time.process_time()
        gone = [(shift.person, shift.half_day)]
        found = repair.repair(problem, roster, gone=gone, frozen_before=shift.half_day)
        times.append(time.process_time() - began)
        changed.append(len(found.disturbed))
        if referee.judge(found.problem, found.roster).broken:
            raise AssertionError(f"The repair of {shift} breaks a rule.")
    return times, changed


def _say(helpers: int, seed: int, bound: float, first: int, found: solve.Solution, share: Any) -> None:
    end = "proven" if found.proven else f"bound {found.bound}"
    print(
        f"  {helpers} seed {seed}: LP {bound:.1f}, early {first}, at the end {found.cost} ({end}) "
        f"after {found.seconds:.1f} s with {share:.1f} cores, load {os.getloadavg()[0]:.1f}",
        file=sys.stderr,
        flush=True,
    )
