"""Means over independent runs, with standard error and confidence interval.

A ratio (service level, speed of answer, occupancy) is the ratio of the means, with the standard error of the
delta method: that of the runs' numerator − ratio × denominator, over the mean denominator (A. Law, Simulation
Modeling and Analysis, ch. 9; the published models compute theirs the same way).
"""

from __future__ import annotations

import functools
import math
from statistics import NormalDist
from typing import Any, NamedTuple

import numpy as np


class Estimate(NamedTuple):
    """Arrays of the same shape, or numbers; not a number where there was nothing to measure."""

    mean: Any
    se: Any
    low: Any
    high: Any


def of_means(values: Any, confidence: float) -> Estimate:
    """`values`: runs first."""
    mean = values.mean(axis=0)
    return _with_interval(mean, _spread(values), len(values), confidence)


def of_ratio(above: Any, below: Any, confidence: float) -> Estimate:
    """Both: runs first, or `below` a constant of the scenario."""
    below = np.broadcast_to(np.asarray(below, np.float64), above.shape)
    with np.errstate(invalid="ignore", divide="ignore"):
        ratio = above.mean(axis=0) / below.mean(axis=0)
        se = _spread(above - ratio * below) / below.mean(axis=0)
    return _with_interval(ratio, se, len(above), confidence)


def _spread(values: Any) -> Any:
    """Standard error of the mean; with one run nobody knows."""
    if len(values) < 2:
        return np.full(values.shape[1:], np.nan)
    return values.std(axis=0, ddof=1) / math.sqrt(len(values))


def _with_interval(mean: Any, se: Any, runs: int, confidence: float) -> Estimate:
    half = student(confidence, runs - 1) * se if runs > 1 else np.full(np.shape(mean), np.nan)
    return Estimate(mean, se, mean - half, mean + half)


@functools.lru_cache(maxsize=64)
def student(confidence: float, freedom: int) -> float:
    """Two-sided quantile of Student's t for a whole number of degrees of freedom."""
    if freedom > 200:  # Cornish and Fisher; wrong by less than 1e-9 here
        z = NormalDist().inv_cdf((1 + confidence) / 2)
        first = (z**3 + z) / 4
        second = (5 * z**5 + 16 * z**3 + 3 * z) / 96
        third = (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / 384
        return z + first / freedom + second / freedom**2 + third / freedom**3
    low, high = 0.0, 1.0
    while _within(high, freedom) < confidence:
        high *= 2
    for _ in range(100):
        middle = (low + high) / 2
        low, high = (middle, high) if _within(middle, freedom) < confidence else (low, middle)
    return high


def _within(t: float, freedom: int) -> float:
    """P(|T| ≤ t). Abramowitz and Stegun 26.7.3 and 26.7.4."""
    angle = math.atan(t / math.sqrt(freedom))
    cosine, sine = math.cos(angle), math.sin(angle)
    odd = freedom % 2 == 1
    term = cosine if odd else 1.0
    total = term if freedom > 1 or not odd else 0.0
    for n in range(3 if odd else 2, freedom - 1, 2):
        term *= cosine * cosine * (n - 1) / n
        total += term
    return (2 / math.pi) * (angle + sine * total) if odd else sine * total
