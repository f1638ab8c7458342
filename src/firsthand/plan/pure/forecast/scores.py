"""How good it was. All of calls, NaN where nothing was forecast or nothing is known."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from firsthand.plan.pure.forecast.history import Floats
from firsthand.plan.pure.forecast.spread import LEVELS

NAN = float("nan")


@dataclass(frozen=True)
class Scores:
    wape: float  # sum of |error| / sum of calls
    mase: float  # mean |error| / mean |error| of last week's same day, in the history (Hyndman, Koehler 2006)
    bias: float  # (forecast - came) / came: above 0, too much was forecast
    over_floor: float  # WAPE / the WAPE of somebody who knows the true rate
    pinball: float | None  # mean loss of the quantiles, calls
    coverage: float | None  # share that came between the 10 % and the 90 % quantile
    count: int


def score(said: Floats, came: Floats, *, naive: float, quantiles: Floats | None = None) -> Scores:
    """`said`, `came`: of one shape; `quantiles`: (3, …) at LEVELS. `naive`: mean |error| of t-7 in the history."""
    use = ~np.isnan(said) & ~np.isnan(came)
    if quantiles is not None:
        use &= ~np.isnan(quantiles).any(0)
    forecast, actual = said[use], came[use]
    total = float(actual.sum())
    if not use.any() or total <= 0:
        return Scores(NAN, NAN, NAN, NAN, None, None, int(use.sum()))
    missed = float(np.abs(forecast - actual).sum())
    loss = inside = None
    if quantiles is not None:
        marks = quantiles[:, use]
        loss = float(np.mean([pinball(marks[at], actual, level) for at, level in enumerate(LEVELS)]))
        inside = float(((marks[0] <= actual) & (actual <= marks[-1])).mean())
    return Scores(
        wape=missed / total,
        mase=missed / use.sum() / naive if naive > 0 else float("nan"),
        bias=float(forecast.sum()) / total - 1,
        over_floor=missed / total / floor(actual),
        pinball=loss,
        coverage=inside,
        count=int(use.sum()),
    )


def pinball(quantile: Floats, came: Floats, level: float) -> float:
    """Mean loss of a quantile at `level`."""
    above = came - quantile
    return float(np.maximum(level * above, (level - 1) * above).mean())


def floor(came: Floats) -> float:
    """WAPE of somebody who knows the true rate of every cell, if calls are Poisson: nobody can do better.
    Mean absolute deviation of Poisson(rate): 2 · rate · P(N = floor(rate))."""
    from scipy import stats  # here: see spread.py

    deviation = 2 * came * stats.poisson.pmf(np.floor(came), np.maximum(came, 1e-12))
    return max(float(deviation.sum() / came.sum()), 1e-9)


def naive_error(totals: Floats, weeks: int = 1) -> float:
    """Mean |day - same weekday before|, for MASE."""
    apart = np.abs(totals[7 * weeks :] - totals[: -7 * weeks])
    return float(np.nanmean(apart)) if (~np.isnan(apart)).any() else float("nan")
