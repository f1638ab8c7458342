"""Damped exponential smoothing with a weekly season, ETS(A, Ad, A) on logarithms.

statsmodels estimates the parameters; our own filter runs them, because it has to step over closed and unknown
days, to shrug off outliers (innovations cut at three scales: S. Gelper, R. Fried, C. Croux, J. Forecasting 29
(2010) 285), and to forecast from every origin of a backtest in one pass.
"""

from __future__ import annotations

import warnings
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from firsthand.plan.pure.forecast import levels
from firsthand.plan.pure.forecast.history import Floats

SHORTEST = 42  # days from which parameters can be estimated
_MOST_DAYS = 800  # older ones say nothing of how fast things move now
_CUT = 3.0


@dataclass(frozen=True)
class Damped:
    level: float = 0.15
    trend: float = 0.0
    season: float = 0.05
    damping: float = 0.9


def estimate(x: Floats, weekdays: NDArray[np.int64]) -> Damped:
    """By least squares on the days that are usually open; holes and outliers replaced by their surroundings."""
    found = levels.decompose(x, weekdays)
    open_ = ~np.isnan(found.season)
    expected = found.at(weekdays)
    rest = np.clip(x - expected, -_CUT * found.scale, _CUT * found.scale)
    filled = np.where(np.isnan(x), expected, expected + rest)[open_[weekdays]][-_MOST_DAYS:]
    season = int(open_.sum())
    if len(filled) < SHORTEST:
        return Damped()
    from statsmodels.tsa.holtwinters import ExponentialSmoothing

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # that the optimiser stopped early is no news to a planner
        model = ExponentialSmoothing(
            filled,
            trend="add",
            damped_trend=True,
            seasonal="add" if season > 1 else None,
            seasonal_periods=season if season > 1 else None,
            initialization_method="heuristic",
        )
        fitted = model.fit().params
    values = [fitted[f"smoothing_{name}"] for name in ("level", "trend", "seasonal")]
    level, trend, seasonal = (float(np.clip(np.nan_to_num(value), 0, 1)) for value in values)
    return Damped(level, trend, seasonal, float(np.clip(fitted["damping_trend"], 0.8, 0.98)))


def ahead(x: Floats, weekdays: NDArray[np.int64], given: Damped, origins: list[int], horizon: int) -> Floats:
    """(origins, horizon): logarithms of the days `origin`, `origin + 1`, … from the days before `origin`.
    `weekdays` reaches past the last of them."""
    start = levels.decompose(x[: max(28, min(origins))], weekdays[: max(28, min(origins))])
    season = np.nan_to_num(start.season).tolist()
    level, trend, cut = float(start.level[0]), 0.0, _CUT * start.scale
    damped = np.cumsum(given.damping ** np.arange(1, horizon + 1))
    out = np.full((len(origins), horizon), np.nan)
    wanted = {origin: at for at, origin in enumerate(origins)}
    for day in range(max(origins) + 1):
        if day in wanted:
            steps = weekdays[day : day + horizon]
            out[wanted[day]] = level + trend * damped + np.array(season)[steps]
        if day == len(x) or day == max(origins):
            break
        of = weekdays[day]
        before, slope = level, given.damping * trend
        level += slope
        if not np.isnan(x[day]):
            error = min(max(x[day] - level - season[of], -cut), cut)
            level += given.level * error
            slope += given.trend * (level - before - slope)
            season[of] += given.season * (1 - given.level) * error
        trend = slope
    return out
