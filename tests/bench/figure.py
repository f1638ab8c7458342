"""One figure of a bench, and the small arithmetic all benches share."""

from __future__ import annotations

import os
import statistics
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Figure:
    bench: str
    what: str
    value: float
    unit: str  # "ratio", "s", "ms", "share", "kB", …
    goal: str = ""  # as the design states it, for example "< 300 ms"
    against: str = ""  # the rival or limit, its version, and the input

    def row(self) -> tuple[str, str, str, str, str]:
        return self.bench, self.what, f"{self.value:.4g} {self.unit}", self.goal, self.against


def cores() -> int:
    """How many this run may use: `taskset -c 0,1 make bench` is a machine of two."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def percentile(values: Sequence[float], share: float) -> float:
    """The value that `share` (0..1) of the values do not exceed."""
    return statistics.quantiles(values, n=1000, method="inclusive")[min(998, max(0, round(share * 1000) - 1))]
