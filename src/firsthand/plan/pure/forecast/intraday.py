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

_BELIEF = 10.0  # days' worth of belief in the gamma-Poisson update: in what it leaves open,
_SHARED = 100.0  # and in how much follows, shared between the last hours and the whole day, which tell nearly the same
_DRIFT = 0.3  # of a day's surprise is gone by its end, where nothing is known
_RECENT = 60.0  # minutes: half-life of what counts as the last hours
_FAR = 2.0  # a surprise is no larger than this logarithm


@dataclass(frozen=True)
class Updated:
    """The whole day: what was seen, then what is expected now. `factor`: the rest, against the forecast."""

    mean: Floats  # (slots,) seen counts, then means
    quantiles: Floats  # (3, slots); of seen slots the count itself
    day_mean: float
    day_quantiles: Floats  # (3,)
    factor: float
    seen: int  # slots


def learn(tried: Floats, came: Floats, busy: float, slot: float, minutes: int) -> tuple[Floats, Floats]:
    """`tried`, `came`: (days, slots). → `follows`, (slots + 1, 2): after 0, 1, … seen slots, how much of the
    surprise of the last hours and of the whole day so far the rest will show; `left`, (slots + 1,): variance of
    the logarithm of the rest that remains."""
    slots = tried.shape[1]
    follows, left = np.zeros((slots + 1, 2)), np.full(slots + 1, busy)
    both = ~np.isnan(tried) & ~np.isnan(came)
    said, seen = np.where(both, tried, 0.0), np.where(both, came, 0.0)
    usual = said.sum(0) / np.maximum(both.sum(0), 1)
    for cut in range(1, slots):
        known = (said[:, :cut].sum(1) > 0) & (said[:, cut:].sum(1) > 0)
        begun = surprises(said[known, :cut], seen[known, :cut], minutes, busy)
        rest = _surprise(said[known, cut:], seen[known, cut:], 0.5)
        prior = _prior(usual[:cut], busy, slot)
        chance = 1 / np.maximum(said[known, cut:].sum(1), 1)
        follows[cut] = _regressed(begun, rest, chance, np.full(2, prior / 2), busy)
        own = spread.busyness(rest - begun @ follows[cut], chance)
        left[cut] = (len(rest) * own + _BELIEF * busy * (1 - prior)) / (len(rest) + _BELIEF)
    follows[slots], left[slots] = follows[slots - 1], left[slots - 1]
    return follows, left


def surprises(said: Floats, seen: Floats, minutes: int, busy: float) -> Floats:
    """(days, 2): logarithms of what came against what was said, in the last hours and in all of the day so far.
    As the gamma-Poisson update has it: five calls instead of eight are no surprise."""
    back = np.arange(said.shape[1])[::-1] * minutes
    recent = 0.5 ** (back / _RECENT)
    calls = 1 / max(busy, 1e-4)  # the shape of the gamma distribution
    return np.stack([_surprise(said * recent, seen * recent, calls), _surprise(said, seen, calls)], axis=1)


def _surprise(said: Floats, seen: Floats, calls: float) -> Floats:
    return np.asarray(np.clip(np.log((seen.sum(1) + calls) / (said.sum(1) + calls)), -_FAR, _FAR))


def _regressed(begun: Floats, rest: Floats, chance: Floats, prior: Floats, busy: float) -> Floats:
    """Huber's regression through the origin, pulled towards the prior."""
    found, pull = prior, _SHARED * max(busy, 1e-4) * np.eye(2)
    weight = 1 / (busy + chance)
    weight /= weight.mean() if len(weight) else 1.0
    for _ in range(5):
        off = np.abs(rest - begun @ found)
        scale = 1.5 * 1.4826 * float(np.median(off)) if len(off) else 1.0
        use = (weight * np.minimum(1, scale / np.maximum(off, 1e-9)))[:, None] * begun
        found = np.asarray(np.linalg.solve(begun.T @ use + pull, use.T @ rest + pull @ prior), float)
    return np.clip(found, -0.5, 1.2)


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
    busy, start = forecast.busy, float(forecast.busy.day[day])
    usual = float(np.min(busy.day))  # of a day without an event
    said, came = (np.where(told, values, 0.0)[None] for values in (mean[:cut], seen))
    begun = surprises(said, came, forecast.minutes, usual)[0]
    # A day known to be more uncertain than most (an event) learns more from its morning.
    more = start / max(usual, 1e-9)
    follows = busy.follows[cut] if told.any() else np.zeros(2)
    follow = float(follows.sum())
    gain = follow * more / (follow * more + 1 - follow) / follow if 0 < follow < 1 else 1.0
    factor = float(np.exp(gain * follows @ begun))
    left = max(float(busy.left[cut]) * more, 1e-6) if told.any() else start
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
