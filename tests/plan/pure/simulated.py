"""What the simulation tests share. As a program: how we compare with the published models."""

from __future__ import annotations

import functools
import json
import math
from pathlib import Path
from typing import Any

from firsthand.plan.pure import simulation
from tests.plan.pure.published import PUBLISHED, Row

SCENARIOS = Path(__file__).parent / "scenarios"


def scenario(name: str) -> dict[str, Any]:
    return json.loads((SCENARIOS / f"{name}.json").read_text(encoding="utf-8"))


@functools.cache
def result(name: str, days: int) -> simulation.Result:
    return simulation.simulate(simulation.read(scenario(name)), days=days, seed=1)


def ours(found: simulation.Result, where: str, measure: str) -> tuple[float, float]:
    """Mean and standard error. "A 0" is type A in the first period, "group x" a group named like a type."""
    name, _, period = where.rpartition(" ")
    if period.isdecimal():
        both = found.types_periods[name][measure]
        return both.mean[int(period)], both.se[int(period)]
    if where.startswith("group "):
        measures = found.groups[where.removeprefix("group ")]
    else:
        measures = {"all": found.all, **found.groups, **found.types}[where]
    if measure == "waited_of_expected":  # sum of all waits over the calls expected
        one, arrived = measures["mean_wait"], measures["arrived"].mean
        # The wait of a day and its calls rise together: the error of their product is bounded by the sum.
        return one.mean * arrived / 1660, (one.se * arrived + one.mean * measures["arrived"].se) / 1660
    if measure == "time_in_house":
        wait, talk = measures["speed_of_answer"], measures["talk"]
        return wait.mean + talk.mean, math.hypot(wait.se, talk.se)
    return measures[measure].mean, measures[measure].se


def compared(name: str, days: int, row: Row) -> tuple[float, float, bool]:
    """Our mean, how many standard errors (both together) it is away, whether it lies inside their interval.

    What is printed with three digits may be half a digit off.
    """
    where, measure, mean, low, high, factor = row
    got, se = ours(result(name, days), where, measure)
    got, se = got * factor, se * factor
    printed = 0.0005 if high < 100 else 0.0
    theirs = (high - low) / 2 / (1.6464 if name == "call_centre" else 1.9623)
    away = max(0.0, abs(got - mean) - printed) / math.hypot(se, theirs)
    return got, away, low - printed <= got <= high + printed


def main() -> None:
    inside = total = 0
    for name, rows in PUBLISHED.items():
        for row in rows:
            got, away, within = compared(name, 4000, row)
            inside, total = inside + within, total + 1
            print(
                f"{name:20} {row[0]:15} {row[1]:22} {got:10.4f}  {row[2]:10.4f} [{row[3]}, {row[4]}]"
                f"  {away:4.1f} {'inside' if within else 'OUTSIDE'}"
            )
    print(f"{inside} of {total} inside the published intervals")


if __name__ == "__main__":
    main()
