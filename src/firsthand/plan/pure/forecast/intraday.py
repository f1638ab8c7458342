"""The rest of a day, once some of it is seen.

What the first hours were off by, the rest will be off by in part: how much was measured on the past days
(`follows`), and where they tell little, by the gamma-Poisson update of the day's busyness (as in H. Shen and
J. Huang, Annals of Applied Statistics 2 (2008) 601, with one factor).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from firsthand.plan.pure.forecast import spread
from firsthand.plan.pure.forecast.history import Floats
from firsthand.plan.pure.forecast.result import Forecast

_BELIEF = 10.0  # days' worth of belief in the gamma-Poisson update
_DRIFT = 0.3  # of a day's surprise is gone by its end, where nothing is known


@dataclass(frozen=True)
class Updated:
    """The whole day: what was seen, then what is expected now. `factor`: the rest, against the forecast."""

    mean: Floats  # (slots,) seen counts, then means
    quantiles: Floats  # (3, slots); of seen slots the count itself
    day_mean: float
    day_quantiles: Floats  # (3,)
    factor: float
    seen: int  # slots


def learn(tried: Floats, came: Floats, busy: float, slot: float) -> tuple[Floats, Floats]:
    """`tried`, `came`: (days, slots). → `follows`, `left`, (slots + 1,): after 0, 1, … seen slots."""
    slots = tried.shape[1]
    follows, left = np.zeros(slots + 1), np.full(slots + 1, busy)
    both = ~np.isnan(tried) & ~np.isnan(came)
    said, seen = np.where(both, tried, 0.0), np.where(both, came, 0.0)
    usual = np.nanmean(np.where(both, tried, np.nan), axis=0) if both.any() else np.zeros(slots)
    usual = np.nan_to_num(usual)
    for cut in range(1, slots):
        known = (said[:, :cut].sum(1) > 0) & (said[:, cut:].sum(1) > 0)
        begun = np.log((seen[known, :cut].sum(1) + 0.5) / (said[known, :cut].sum(1) + 0.5))
        rest = np.log((seen[known, cut:].sum(1) + 0.5) / (said[known, cut:].sum(1) + 0.5))
        begun, rest = np.clip(begun, -1, 1), np.clip(rest, -1, 1)
        prior = _prior(usual[:cut], busy, slot)
        pull = _BELIEF * max(busy, 1e-4)
        follows[cut] = np.clip((begun @ rest + pull * prior) / (begun @ begun + pull), 0.0, 1.1)
        off = rest - follows[cut] * begun
        chance = np.mean(1 / np.maximum(said[known, cut:].sum(1), 1)) if known.any() else 0.0
        own = max(float(off @ off) / max(len(off), 1) - chance, 0.05 * busy)
        left[cut] = (len(off) * own + _BELIEF * busy * (1 - prior)) / (len(off) + _BELIEF)
    follows[slots], left[slots] = follows[max(slots - 1, 0)], left[max(slots - 1, 0)]
    return follows, left


def _prior(usual: Floats, busy: float, slot: float) -> float:
    """Share of a surprise that is the day's, not chance's: busy / (busy + noise of what was seen)."""
    volume = max(float(usual.sum()), 1e-9)
    noise = 1 / volume + slot * float((usual**2).sum()) / volume**2
    return busy / (busy + noise) * (1 - _DRIFT)


def update(forecast: Forecast, day: int, seen: Floats) -> Updated:
    """`day`: which of the forecast (0 = its first). `seen`: counts of the first slots of its grid, in order, NaN
    where closed or unknown (an outage); a slot that is not over yet does not belong in it."""
    mean = forecast.mean[day]
    cut = len(seen)
    if cut > len(mean) or np.nanmin(seen, initial=0) < 0:
        raise ValueError("more slots are seen than the day has, or a count is negative")
    told = ~np.isnan(seen) & ~np.isnan(mean[:cut])
    expected, came = float(mean[:cut][told].sum()), float(seen[told].sum())
    busy, start = forecast.busy, float(forecast.busy.day[day])
    surprise = np.clip(np.log((came + 0.5) / (expected + 0.5)), -2, 2) if expected > 0 else 0.0
    # A day known to be more uncertain than most (an event) learns more from its morning.
    usual = float(busy.day[0])
    follow = float(busy.follows[cut])
    gain = follow * start / max(follow * start + (1 - follow) * usual, 1e-9) if 0 < follow < 1 else follow
    factor = float(np.exp(gain * surprise))
    left = max(float(busy.left[cut]) * start / max(usual, 1e-9), 1e-6) if expected > 0 else start
    rest = mean[cut:] * factor
    variance = rest + rest**2 * (np.exp(left) - 1 + busy.slot)
    marks = np.stack([spread.mixed(rest, variance, float(level)) for level in busy.levels])
    known = np.where(np.isnan(seen), mean[:cut] * factor, seen)
    total = float(np.nansum(rest))
    chance = total + total**2 * (np.exp(left) - 1) + busy.slot * float(np.nansum(rest**2))
    whole = [
        float(np.nansum(known))
        + float(spread.mixed(np.array([total]), np.array([chance]), level)[0] if total else 0)
        for level in spread.LEVELS
    ]
    return Updated(
        mean=np.concatenate([known, rest]),
        quantiles=np.concatenate([np.tile(known, (3, 1)), marks], axis=1),
        day_mean=float(np.nansum(known)) + total,
        day_quantiles=np.array(whole),
        factor=factor,
        seen=cut,
    )
