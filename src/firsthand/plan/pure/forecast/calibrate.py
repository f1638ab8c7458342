"""The band of a day made as wide as honest forecasts from past days say it has to be.

What `spread` learns, it learns from days that the members' weights and effects have seen; a backtest has not seen
them. So the edges of the band move by what share of its width the backtest needed (conformal prediction from
rolling origins: V. Vovk, A. Gammerman, G. Shafer, 2005), carefully, since days of one month miss together.
"""

from __future__ import annotations

import dataclasses

import numpy as np

from firsthand.plan.pure.forecast.backtest import Backtest
from firsthand.plan.pure.forecast.history import Floats
from firsthand.plan.pure.forecast.result import Forecast

INSIDE = 0.8  # between the 10 % and the 90 % quantile
FEWEST = 20  # days
_BELIEF = 4.0  # stretches of days without overlap, for the band as it is
_LEAST, _MOST = 0.6, 1.7
_HALF = 0.5  # as in daily.py
_NARROW = 0.02  # of a logarithm


def band(tried: Backtest) -> float:
    """By how much the band of a day has to be wider (above 1) or narrower. 1: too little is known to say."""
    far = _far(tried.quantiles, tried.came)
    if len(far) < FEWEST:
        return 1.0
    stretches = (tried.origins[-1] - tried.origins[0] + tried.horizon) / tried.horizon
    needed = float(np.clip(np.quantile(far, INSIDE), _LEAST, _MOST))
    return float(needed ** (stretches / (stretches + _BELIEF)))


def calibrated(found: Forecast, by: float) -> Forecast:
    """The same forecast, the edges of its days' bands moved by this factor; their middle stays."""
    return dataclasses.replace(found, day_quantiles=stretched(found.day_quantiles, by))


def stretched(quantiles: Floats, by: float) -> Floats:
    """(3, …) quantiles, each as many times as far from the middle one, in logarithms."""
    logs = _logs(quantiles)
    moved = np.exp(logs[1] + (logs - logs[1]) * by) - _HALF
    return np.stack([np.maximum(moved[0], 0.0), quantiles[1], moved[2]])


def _far(quantiles: Floats, came: Floats) -> Floats:
    """How far each day lay from the middle of its band; 1: on its edge. Days that nobody forecast are left out."""
    low, middle, high = _logs(quantiles)
    at = np.log(came + _HALF)
    edge = np.where(at >= middle, high - middle, middle - low)
    far = np.abs(at - middle) / np.maximum(edge, _NARROW)
    return np.asarray(far[~np.isnan(far)])


def _logs(quantiles: Floats) -> Floats:
    return np.asarray(np.log(np.maximum(quantiles, 0.0) + _HALF))
