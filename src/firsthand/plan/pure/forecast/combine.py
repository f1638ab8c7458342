"""How much each member counts: from what they would have said in the last months, origin by origin.

J. Bates and C. Granger (1969) for the idea; weights are not negative, sum to one, differ by lead, and are pulled
towards equal ones, which are hard to beat with little evidence (the "forecast combination puzzle").
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from firsthand.plan.pure.forecast import members
from firsthand.plan.pure.forecast.history import Floats

LEADS = (1, 2, 4, 8, 15, 10_000)  # a group reaches from one to before the next
ORIGINS = 40
WINDOW = 150  # days in which they lie
FIRST = 35  # days before the first of them
_CUT = 3.0  # scales: one strike does not decide
_SHRINK = 3.0  # so many errors' worth of belief in equal weights
Lead = NDArray[np.int64]


@dataclass(frozen=True)
class Rolling:
    """What every member would have said. `said`: member → (origins, horizon) logarithms; `actual` beside."""

    origins: list[int]
    said: dict[str, Floats]
    actual: Floats

    def errors(self, name: str) -> Floats:
        return self.actual - self.said[name]


def groups(horizon: int) -> Lead:
    """(horizon,) the group of each lead; the first day ahead is lead 1."""
    return np.searchsorted(LEADS, np.arange(1, horizon + 1), side="right") - 1


def rolling(log: members.Log, days: int, horizon: int, chosen: dict[str, members.Member]) -> Rolling:
    """From up to ORIGINS origins of the last WINDOW days. Parameters are learnt before the first of them."""
    first = max(FIRST, days - WINDOW)
    if days >= members.TWO_YEARS + WINDOW // 3:  # so that the yearly season is judged as well
        first = max(first, members.TWO_YEARS)
    step = max(1, (days - first) // ORIGINS)
    origins = list(range(first, days, step)) if days > first else []
    if not origins:
        return Rolling([], {name: np.zeros((0, horizon)) for name in chosen}, np.zeros((0, horizon)))
    actual = np.full((len(origins), horizon), np.nan)
    for row, origin in enumerate(origins):
        told = log.x[origin : min(days, origin + horizon)]
        actual[row, : len(told)] = told
    said = {name: member(log, first)(origins, horizon) for name, member in chosen.items()}
    return Rolling(origins, said, actual)


def weights(found: Rolling, horizon: int) -> Floats:
    """(horizon, members): rows sum to 1. Where a lead was never tried, equal."""
    names = list(found.said)
    out = np.full((horizon, len(names)), 1 / len(names))
    if not found.origins:
        return out
    errors = np.stack([found.errors(name) for name in names], axis=2)
    for group in np.unique(groups(horizon)):
        at = groups(horizon) == group
        flat = errors[:, at].reshape(-1, len(names))
        flat = flat[~np.isnan(flat).any(1)]
        # Errors of neighbouring leads from one origin are nearly one error.
        evidence = len(np.unique(np.nonzero(~np.isnan(errors[:, at]).any(axis=2))[0]))
        if len(flat):
            out[at] = _weights(flat, evidence)
    return out


def _weights(errors: Floats, evidence: int) -> Floats:
    """Least squares of the combined error with a pull of _SHRINK errors towards equal weights."""
    from scipy.optimize import nnls  # here: see spread.py

    count = errors.shape[1]
    scale = 1.4826 * float(np.median(np.abs(errors))) + 1e-9
    cut = np.clip(errors, -_CUT * scale, _CUT * scale) / scale
    rows = np.sqrt(1 / len(cut))
    pull = np.sqrt(_SHRINK / max(evidence, 1))
    sums = 1e3  # as good as an equation: they sum to one
    left = np.vstack([rows * cut, pull * np.eye(count), np.full((1, count), sums)])
    right = np.concatenate([np.zeros(len(cut)), np.full(count, pull / count), [sums]])
    found, _ = nnls(left, right)
    return np.asarray(found / found.sum(), float)


def together(said: dict[str, Floats], given: Floats) -> Floats:
    """(origins, horizon): the weighted mean of logarithms. A member that says nothing leaves its weight to others."""
    table = np.stack(list(said.values()), axis=2)
    use = np.where(np.isnan(table), 0.0, given)
    total = use.sum(2)
    return np.where(total > 0, (np.nan_to_num(table) * use).sum(2) / np.where(total > 0, total, 1), np.nan)
