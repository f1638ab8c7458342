"""A robust level and weekday pattern of daily logarithms: what the members stand on.

x[d] = level[d] + season[weekday] + rest. The level is smoothed over some days, the season a mean of the last
months with old weeks counting less, both by iteratively reweighted least squares with Huber's weights, so that a
storm, a strike or an unmarked outage moves neither (P. Huber, Robust Statistics, 1981).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from firsthand.plan.pure.forecast.history import Floats

SEASON = 84.0  # half-life in days of what a weekday is known from
_SMOOTH = 7.0  # half-life in days, to both sides, of the level
_REACH = 28
_HUBER = 1.5
_TURNS = 6
_KERNEL = 0.5 ** (np.abs(np.arange(-_REACH, _REACH + 1)) / _SMOOTH)


@dataclass(frozen=True)
class Decomposition:
    season: Floats  # (7,), mean 0 over the weekdays that are open; NaN = never open
    level: Floats  # (days,)
    weights: Floats  # (days,) 0 = unknown or far off, 1 = as expected
    scale: float  # of the rest: a robust standard deviation

    def at(self, weekdays: NDArray[np.int64]) -> Floats:
        """(days,) level and season of each known day."""
        return self.level + self.season[weekdays]


def decompose(x: Floats, weekdays: NDArray[np.int64]) -> Decomposition:
    """`x`: (days,) logarithms, NaN = unknown; `weekdays`: (days,)."""
    known = ~np.isnan(x)
    values = np.where(known, x, 0.0)
    recent = 0.5 ** (np.arange(len(x))[::-1] / SEASON) * known
    masks = np.arange(7)[:, None] == weekdays
    season, weights = np.zeros(7), np.ones(len(x))
    level, scale = np.full(len(x), np.median(x[known])), 1.0
    for _ in range(_TURNS):
        bare = values - season[weekdays]
        trust = weights * known
        level = _smoothed(bare, trust, level)
        rest = bare - level
        scale = float(1.4826 * np.median(np.abs(rest[known]))) + 1e-6
        weights = np.minimum(1, _HUBER * scale / np.maximum(np.abs(rest), 1e-9)) ** 2
        season = masks @ ((values - level) * recent * weights) / np.maximum(masks @ (recent * weights), 1e-12)
        season -= season[masks @ known > 0].mean()
    season[masks @ known == 0] = np.nan
    return Decomposition(season, level, weights * known, scale)


def now(x: Floats, weekdays: NDArray[np.int64], found: Decomposition, half_life: float) -> float:
    """The level after the last day, from days that count half after `half_life` days."""
    trust = 0.5 ** (np.arange(len(x))[::-1] / half_life) * found.weights
    bare = np.where(np.isnan(x), 0, x) - np.nan_to_num(found.season)[weekdays]
    total = float(trust.sum())
    return float((bare * trust).sum() / total) if total > 1e-12 else float(found.level[-1])


def _smoothed(bare: Floats, trust: Floats, before: Floats) -> Floats:
    reach = min(_REACH, len(bare) - 1)
    kernel = _KERNEL[_REACH - reach : _REACH + reach + 1]
    above, below = (_same(values, kernel) for values in (bare * trust, trust))
    return np.where(below > 1e-6, above / np.maximum(below, 1e-6), before)


def _same(values: Floats, kernel: Floats) -> Floats:
    whole = np.convolve(values, kernel)
    cut = len(kernel) // 2
    return whole[cut : cut + len(values)]
