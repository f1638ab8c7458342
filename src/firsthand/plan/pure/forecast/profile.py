"""How a day's calls spread over its slots, by weekday, and how much single slots jump about beyond chance.

Shares are means of the last months: old weeks count less, neighbouring slots lend each other strength, weekdays
with the same hours too. How much of each is chosen by what would have told the last four weeks best (Poisson
deviance, given the day's true total).
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product

import numpy as np
from numpy.typing import NDArray

from firsthand.plan.pure.forecast.history import Floats, History

HALF_LIVES = (28.0, 84.0, 250.0)  # days
WIDTHS = (0.0, 0.45, 0.8, 1.3)  # slots, standard deviation of the smoothing kernel
POOLS = (0.0, 200.0, 5_000.0)  # calls' worth of belief that weekdays with the same hours are alike
_JUDGED = 28  # days, at most a third
_ENOUGH = 42
_TINY = 1e-12


@dataclass(frozen=True)
class Profile:
    """`shares`: (7, slots), each row sums to 1 over the open slots, 0 elsewhere; a row of 0 = closed.
    `dispersion`: squared coefficient of variation of a slot beyond chance, given the day."""

    shares: Floats
    dispersion: float

    @property
    def open(self) -> NDArray[np.bool_]:
        return self.shares > 0


def learn(history: History, special: NDArray[np.bool_]) -> Profile:
    """`special`: (days,) whose shape is not the usual one; they count only where nothing else is known."""
    counts, weekdays = history.counts, history.weekdays()
    usual = ~np.isnan(history.usual())
    plain = np.where(special[:, None], np.nan, counts)
    for weekday in range(7):
        if usual[weekday].any() and np.isnan(plain[weekdays == weekday]).all():
            plain[weekdays == weekday] = counts[weekdays == weekday]
    judged = np.zeros(len(plain), bool)
    judged[-min(_JUDGED, len(plain) // 3) :] = True
    before, after = np.where(judged[:, None], np.nan, plain), plain[judged]
    totals = np.nansum(after, axis=1, keepdims=True)
    best, least = (84.0, 0.0, 200.0), np.inf
    if len(plain) >= _ENOUGH:
        for tried in product(HALF_LIVES, WIDTHS, POOLS):
            shares = _shares(before, weekdays, usual, tried)[weekdays[judged]]
            deviance = _deviance(after, totals * _known(shares, after))
            if deviance < least:
                best, least = tried, deviance
    shares = _shares(plain, weekdays, usual, best)
    return Profile(shares, _dispersion(after, totals * _known(shares[weekdays[judged]], after)))


def _shares(
    counts: Floats,
    weekdays: NDArray[np.int64],
    usual: NDArray[np.bool_],
    chosen: tuple[float, float, float],
) -> Floats:
    """(7, slots). `chosen`: half-life, width, pool."""
    half_life, width, pool = chosen
    known = ~np.isnan(counts)
    weight = 0.5 ** (np.arange(len(counts))[::-1] / half_life)
    totals = np.nansum(counts, axis=1)
    masks = (np.arange(7)[:, None] == weekdays) * weight
    calls = masks @ np.nan_to_num(counts)
    # A slot that an outage hid on some days is measured on the others.
    exposed = masks @ (known * totals[:, None])
    raw = calls / np.maximum(exposed, _TINY) * usual
    like = (usual[:, None, :] == usual[None, :, :]).all(2)
    pooled = (like @ calls) / np.maximum(like @ exposed, _TINY) * usual
    amount = masks @ totals
    blend = (amount[:, None] * raw + pool * pooled) / np.maximum(amount[:, None] + pool, _TINY)
    shares = _smooth(blend, usual, width) + 1e-9 * usual
    return np.asarray(shares / np.maximum(shares.sum(1, keepdims=True), _TINY))


def _smooth(shares: Floats, usual: NDArray[np.bool_], width: float) -> Floats:
    """A Gaussian kernel over slots that does not look past the hours."""
    if not width:
        return shares
    apart = np.arange(shares.shape[1])[:, None] - np.arange(shares.shape[1])
    kernel = np.exp(-0.5 * (apart / width) ** 2)
    return np.where(usual, (shares @ kernel) / np.maximum(usual @ kernel, _TINY), 0.0)


def _known(shares: Floats, counts: Floats) -> Floats:
    """Shares of the slots that are known on each day, to sum to 1."""
    told = np.where(np.isnan(counts), 0.0, shares)
    return np.asarray(told / np.maximum(told.sum(1, keepdims=True), _TINY))


def _deviance(counts: Floats, expected: Floats) -> float:
    mu, seen = np.maximum(expected, 1e-3), np.nan_to_num(counts)
    ratio = np.where(seen > 0, seen * np.log(np.maximum(seen, _TINY) / mu), 0.0)
    return float(np.where(np.isnan(counts), 0.0, ratio - (seen - mu)).sum())


def _dispersion(counts: Floats, expected: Floats) -> float:
    """By moments, over slots with some calls; outliers cut at the 98th percentile."""
    use = ~np.isnan(counts) & (expected > 1)
    if use.sum() < 20:
        return 0.02
    seen, mu = counts[use], expected[use]
    excess = ((seen - mu) ** 2 - mu) / mu**2
    weight = mu / (1 + 0.02 * mu)
    excess = np.minimum(excess, np.quantile(excess, 0.98))
    return float(np.clip((weight * excess).sum() / weight.sum(), 0.0, 1.0))
