"""How far off it may be: quantiles of days and of slots.

A day's count is Poisson around rate × busyness. Busyness is what a planner cannot know beforehand: a factor of
its own for each day, wider the further ahead (gamma-mixed Poisson: G. Jongbloed and G. Koole, 2001). Its spread is
what the backtest missed beyond chance, lead by lead, and the quantiles are those of the backtest's errors,
measured in that spread: no bell curve is assumed.
"""

from __future__ import annotations

from dataclasses import dataclass
from statistics import NormalDist
from typing import Any

import numpy as np

from firsthand.plan.pure.forecast import combine
from firsthand.plan.pure.forecast.history import Floats
from firsthand.plan.pure.forecast.profile import Profile

LEVELS = (0.1, 0.5, 0.9)
_NORMAL = np.array([NormalDist().inv_cdf(level) for level in LEVELS])
_BELIEF = 8.0  # errors' worth of belief in the mean of all leads, in a normal shape
_NEW = 0.3  # of the logarithm of a day with an event that nobody has seen yet
_SOME = 3.0  # calls: fewer tell little of where they lay in their distribution
_UNKNOWN = 0.12  # busyness while nothing could be tried


@dataclass(frozen=True)
class Spread:
    """`busy`: (horizon,) standard deviation of the logarithm of a day's rate. `errors`: at LEVELS, in those
    of busyness and chance together. `slot_levels`: which quantiles of the mixed Poisson are 10, 50 and 90 %
    in truth. `slot`: squared coefficient of variation of a slot beyond the day's."""

    busy: Floats
    errors: Floats
    slot_levels: Floats
    slot: float

    def days(self, mean: Floats, special: Floats) -> Floats:
        """(3, horizon) calls a day. `special`: (horizon,) variance for events."""
        sd = np.sqrt(self.busy**2 + special + 1 / np.maximum(mean, 0.5))
        return np.asarray(mean * np.exp(self.errors[:, None] * sd))

    def slots(self, mean: Floats, special: Floats) -> Floats:
        """(3, horizon, slots) calls a slot."""
        variance = _variance(mean, (self.busy**2 + special)[:, None], self.slot)
        return np.stack([mixed(mean, variance, float(one)) for one in self.slot_levels])


def learn(found: combine.Rolling, weights: Floats, profile: Profile, tried: Floats, came: Floats) -> Spread:
    """`tried`, `came`: (days, slots) means said one day ahead, and what came."""
    horizon = len(weights)
    errors = found.actual - combine.together(found.said, weights)
    chance = 1 / np.maximum(np.exp(found.actual), 0.5)
    groups = combine.groups(horizon)
    whole = busyness(errors, chance) if found.origins else _UNKNOWN**2
    busy = np.full(horizon, whole)
    for group in np.unique(groups):
        at = groups == group
        evidence = (~np.isnan(errors[:, at])).any(1).sum()
        if evidence:
            own = busyness(errors[:, at], chance[:, at])
            busy[at] = (evidence * own + _BELIEF * whole) / (evidence + _BELIEF)
    z = errors / np.sqrt(busy + chance)
    z = z[~np.isnan(z)]
    evidence = float(len(found.origins))
    shape = np.quantile(z, LEVELS) if len(z) else _NORMAL
    shape = (evidence * shape + _BELIEF * _NORMAL) / (evidence + _BELIEF)
    wider = 1 + 1 / max(evidence, 5.0)  # the weights knew these errors
    shape = shape[1] * 0.5 + (shape - shape[1]) * wider
    spread = Spread(np.sqrt(busy), shape, np.array(LEVELS), profile.dispersion)
    return Spread(spread.busy, shape, _slot_levels(spread, tried, came), profile.dispersion)


def busyness(errors: Floats, chance: Floats) -> float:
    """Variance beyond chance, such that the errors measured in it have a robust scale of 1 (bisection)."""
    known = ~np.isnan(errors)
    square, noise = errors[known] ** 2, chance[known]
    if len(square) < 5:
        return _UNKNOWN**2
    low, high = 0.0, 4.0
    for _ in range(25):
        middle = (low + high) / 2
        # The 80th percentile: what an 80 % interval has to cover.
        if (square > _NORMAL[-1] ** 2 * (middle + noise)).mean() > 0.2:
            low = middle
        else:
            high = middle
    return max(middle, 1e-4)


def _slot_levels(spread: Spread, tried: Floats, came: Floats) -> Floats:
    """Where the past counts lay in their own distributions: their 10th, 50th, 90th percentile."""
    known = ~np.isnan(tried) & ~np.isnan(came) & (tried > _SOME)
    if known.sum() < 200:
        return np.array(LEVELS)
    mean, seen = tried[known], came[known]
    variance = _variance(mean, spread.busy[0] ** 2, spread.slot)
    law = _law(mean, variance)
    at = (law.cdf(seen) + law.cdf(seen - 1)) / 2
    found = np.quantile(at, LEVELS)
    return np.asarray(np.clip(found, (0.01, 0.2, 0.6), (0.4, 0.8, 0.99)))


def _variance(mean: Floats, busy: Floats | float, slot: float) -> Floats:
    return np.asarray(mean + mean**2 * (np.exp(busy) - 1 + slot))


def mixed(mean: Floats, variance: Floats, level: float) -> Floats:
    """A quantile of the gamma-mixed Poisson (negative binomial) with this mean and variance, between whole calls
    as it lies between their probabilities: rounding would widen the intervals of small counts."""
    safe = np.maximum(np.nan_to_num(mean), 1e-9)
    law = _law(safe, np.nan_to_num(variance))
    top = law.ppf(level)
    below = law.cdf(top - 1)
    found = np.maximum(top - 1 + (level - below) / np.maximum(law.cdf(top) - below, 1e-12), 0.0)
    return np.asarray(np.where(mean > 0, found, mean))


def _law(mean: Floats, variance: Floats) -> Any:
    # Here, not above: a page that only names a forecast need not wait for scipy.
    from scipy import stats

    shape = mean**2 / np.maximum(variance - mean, 1e-6 * mean**2 + 1e-12)
    return stats.nbinom(shape, shape / (shape + mean))


def of_events(touched: Floats, seen: Floats) -> Floats:
    """(horizon,) more variance on days with an event, less the oftener it was seen."""
    return np.asarray(touched * _NEW**2 / (1 + 3 * seen))
