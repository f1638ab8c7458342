"""What a planner's corrections by hand were worth, once it is known what came."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from firsthand.plan.pure.forecast.history import Floats


@dataclass(frozen=True)
class Worth:
    """Only cells that were changed are judged. `saved`: calls by which the corrected figures were nearer (negative:
    further). `chance`: how often as many would have been nearer if corrections meant nothing (sign test)."""

    cells: int
    nearer: int
    further: int
    saved: float
    wape_forecast: float
    wape_corrected: float
    bias_forecast: float
    bias_corrected: float
    chance: float


def value_of_corrections(forecast: Floats, corrected: Floats, actual: Floats) -> Worth:
    """All of one shape, in calls; NaN = closed, or not known yet."""
    if not forecast.shape == corrected.shape == actual.shape:
        raise ValueError("forecast, corrected and actual are of one shape")
    from scipy import stats  # here: see spread.py

    use = ~(np.isnan(forecast) | np.isnan(corrected) | np.isnan(actual)) & (forecast != corrected)
    before, after, came = forecast[use], corrected[use], actual[use]
    gains = np.abs(before - came) - np.abs(after - came)
    nearer, further = int((gains > 0).sum()), int((gains < 0).sum())
    total = float(came.sum())

    def share(calls: float) -> float:
        return calls / total if total > 0 else float("nan")

    return Worth(
        cells=int(use.sum()),
        nearer=nearer,
        further=further,
        saved=float(gains.sum()),
        wape_forecast=share(float(np.abs(before - came).sum())),
        wape_corrected=share(float(np.abs(after - came).sum())),
        bias_forecast=share(float((before - came).sum())),
        bias_corrected=share(float((after - came).sum())),
        chance=float(stats.binomtest(nearer, nearer + further, 0.5).pvalue) if nearer + further else 1.0,
    )
