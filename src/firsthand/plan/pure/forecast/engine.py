"""From a history to a forecast: learn once, say for any later day (a backtest learns weekly, says daily)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

import numpy as np
from numpy.typing import NDArray

from firsthand.plan.pure.forecast import combine, daily, intraday, members, profile, scores, smoothing, spread
from firsthand.plan.pure.forecast.events import Calendar
from firsthand.plan.pure.forecast.history import Floats, History
from firsthand.plan.pure.forecast.result import Busy, Forecast, Reason
from firsthand.plan.pure.forecast.scores import Scores

Days = NDArray[np.int64]
_TRIED = 250  # days from which the course of a day is learnt
_BETTER, _WORSE = 0.99, 1.02  # of the best member's WAPE: "better together", "more than alone"


@dataclass(frozen=True)
class Model:
    """What was learnt from the days before `learnt.upto`."""

    ready: daily.Prepared
    learnt: daily.Learnt
    profile: profile.Profile
    spread: spread.Spread
    busy: Busy
    scores: dict[str, Scores]
    reason: Reason


def learn(history: History, calendar: Calendar, horizon: int) -> Model:
    ready = daily.prepare(history, calendar, horizon)
    learnt = daily.learn(ready, horizon)
    shape = profile.learn(history, ready.touched[: history.days])
    next_days = combine.together(learnt.rolling.said, learnt.weights)[:, 0] + np.log(learnt.correction)
    origins = np.array(learnt.rolling.origins, int)
    tried, came = _by_slot(history, ready, shape, origins, next_days)
    width = spread.learn(learnt.rolling, learnt.weights, shape, tried, came)
    tried, came = _by_slot(history, ready, shape, *_all_days(ready))
    follows, left = intraday.learn(tried, came, float(width.busy[0] ** 2), shape.dispersion, history.minutes)
    judged = _scores(ready, learnt)
    busy = Busy(width.busy**2, shape.dispersion, follows, left, width.slot_levels)
    return Model(ready, learnt, shape, width, busy, judged, _reason(judged, learnt))


def say(history: History, calendar: Calendar, model: Model) -> Forecast:
    """The days after the history, by a model learnt from it or from its beginning."""
    horizon, days = model.learnt.horizon, history.days
    ready = model.ready
    if days != model.learnt.upto:
        ready = daily.prepare(history, calendar, horizon, ready.log.learnt)
    said = daily.ahead(ready, model.learnt, [days])
    weekdays = ready.log.weekdays[days:]
    shares = model.profile.shares[weekdays]
    open_ = model.profile.open[weekdays] & ~np.isnan(said.mean[0])[:, None]
    day_mean = np.where(open_.any(1), said.mean[0], np.nan)
    mean = np.where(open_, day_mean[:, None] * shares, np.nan)
    special = _special(ready, days)
    width = model.spread
    return Forecast(
        first=history.first + timedelta(days=days),
        minutes=history.minutes,
        opens=history.opens,
        mean=mean,
        quantiles=width.slots(mean, special),
        day_mean=day_mean,
        day_quantiles=width.days(day_mean, special),
        members={name: np.where(open_.any(1), one[0], np.nan) for name, one in said.said.items()},
        weights=model.learnt.weights,
        scores=model.scores,
        reason=model.reason,
        effects=ready.effects,
        busy=Busy(width.busy**2 + special, *_rest(model.busy)),
    )


def _rest(busy: Busy) -> tuple[float, Floats, Floats, Floats]:
    return busy.slot, busy.follows, busy.left, busy.levels


def _special(ready: daily.Prepared, days: int) -> Floats:
    """(horizon,) variance that events bring with them."""
    seen = np.zeros(len(ready.effect))
    for column in ready.marks.columns.values():
        seen += column * column[:days].sum()
    return spread.of_events(ready.touched.astype(float), seen)[days:]


def _by_slot(
    history: History, ready: daily.Prepared, shape: profile.Profile, days: Days, logs: Floats
) -> tuple[Floats, Floats]:
    """(days, slots) what would have been said of these days, slot by slot, and what came. Special days: NaN."""
    total = np.where(ready.touched[days], np.nan, np.exp(logs + ready.effect[days]))
    shares = shape.shares[ready.log.weekdays[days]]
    return np.where(shares > 0, total[:, None] * shares, np.nan), history.counts[days]


def _all_days(ready: daily.Prepared) -> tuple[Days, Floats]:
    """One day ahead, for each of the last days, by one member: exponential smoothing says them all in one pass."""
    log, upto = ready.log, len(ready.totals)
    days = np.arange(max(combine.FIRST, upto - _TRIED), upto)
    if not len(days):
        return days, np.zeros(0)
    return days, smoothing.ahead(log.x, log.weekdays, log.damped(), days.tolist(), 1)[:, 0]


def _scores(ready: daily.Prepared, learnt: daily.Learnt) -> dict[str, Scores]:
    """Of the members, of them together, and of last week, in the rolling backtest."""
    found = learnt.rolling
    if not found.origins:
        return {}
    naive = scores.naive_error(ready.totals)
    came = np.exp(found.actual)
    last_week = members.last(1)(ready.log, found.origins[0])(found.origins, learnt.horizon)
    said = {
        "combination": combine.together(found.said, learnt.weights) + np.log(learnt.correction),
        "last_week": last_week,
        **found.said,
    }
    return {name: scores.score(np.exp(one), came, naive=naive) for name, one in said.items()}


def _reason(judged: dict[str, Scores], learnt: daily.Learnt) -> Reason:
    alone = {name: judged[name].wape for name in learnt.chosen if name in judged}
    if not alone or len(learnt.rolling.origins) < 5:
        return Reason("short", {"days": learnt.upto})
    best = min(alone, key=lambda name: alone[name])
    mine = judged["combination"].wape
    words: dict[str, str | float] = {"member": best, "member_wape": alone[best], "wape": mine}
    if mine > _WORSE * alone[best]:
        return Reason("behind", words)
    return Reason("together" if mine < _BETTER * alone[best] else "as_good", words)
