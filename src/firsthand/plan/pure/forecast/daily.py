"""Daily totals: what was special is taken out, the members speak, their voices are weighed, it is put back."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from firsthand.plan.pure.forecast import combine, events, levels, members
from firsthand.plan.pure.forecast.events import Calendar, Effect
from firsthand.plan.pure.forecast.history import Floats, History, TooShort

ENOUGH = 21  # known days
_SMALL = 20.0  # calls a day: below, logarithms mislead and what was forecast is put right by what came
HALF = 0.5  # log(n + 1/2) of a Poisson count has nearly the mean log(rate)


@dataclass(frozen=True)
class Learnt:
    """Everything a forecast needs but the last days."""

    upto: int  # days it was learnt from
    horizon: int
    chosen: dict[str, members.Member]
    weights: Floats  # (horizon, members)
    effects: list[Effect]
    rolling: combine.Rolling
    correction: float  # of tiny queues; a factor


@dataclass(frozen=True)
class Daily:
    """(origins, horizon) calls a day; NaN = closed. `said` by member."""

    mean: Floats
    said: dict[str, Floats]


@dataclass(frozen=True)
class Prepared:
    """Totals, their logarithms, and what is special about each day, known or to come."""

    log: members.Log
    totals: Floats
    effect: Floats  # (days + horizon,)
    effects: list[Effect]
    shut: NDArray[np.bool_]  # (days + horizon,)
    touched: NDArray[np.bool_]
    marks: events.Regressors


def prepare(
    history: History, calendar: Calendar, horizon: int, learnt: members.Learnt | None = None
) -> Prepared:
    """`learnt`: what a log of the days before has learnt already."""
    totals, days = history.totals(), history.days
    known = int((~np.isnan(totals)).sum())
    if known < ENOUGH:
        raise TooShort(known, ENOUGH)
    weekdays = history.weekdays(days + horizon)
    open_ = [bool((~np.isnan(totals[weekdays[:days] == one])).any()) for one in range(7)]
    x = np.log(totals + HALF)
    marks = events.Regressors(calendar, history.first, days + horizon, open_)
    touched = marks.touched
    # What surrounds a special day: the others. Where nearly all is special, all must do.
    plain = np.where(touched[:days], np.nan, x)
    if (~np.isnan(plain)).sum() < ENOUGH:
        plain = x
    found = levels.decompose(plain, weekdays[:days])
    expected = found.at(weekdays[:days])
    effect, listed = marks.effects(x - expected, found.scale)
    closed = events.shut(calendar, history.first, totals, np.exp(expected))
    shut = np.array(
        [marks.first.fromordinal(marks.first.toordinal() + at) in closed for at in range(days + horizon)]
    )
    free = np.where(marks.off[:days] | shut[:days], np.nan, x - effect[:days])
    return Prepared(
        members.Log(free, weekdays, learnt=learnt or members.Learnt()),
        totals,
        effect,
        listed,
        shut,
        touched,
        marks,
    )


def learn(ready: Prepared, horizon: int) -> Learnt:
    days = len(ready.totals)
    known = np.flatnonzero(~np.isnan(ready.totals))
    chosen = members.chosen(days - int(known[0]))
    rolling = combine.rolling(ready.log, days, horizon, chosen)
    weights = combine.weights(rolling, horizon)
    correction = 1.0
    if np.nanmean(ready.totals) < _SMALL and rolling.origins:
        said = np.exp(combine.together(rolling.said, weights))
        came = np.exp(rolling.actual) - HALF
        both = ~np.isnan(said) & ~np.isnan(came)
        correction = float(np.clip((came[both].sum() + 20) / (said[both].sum() + 20), 0.3, 2.0))
    return Learnt(days, horizon, chosen, weights, ready.effects, rolling, correction)


def ahead(ready: Prepared, learnt: Learnt, origins: list[int]) -> Daily:
    """What is said at each origin, with parameters learnt from the days before `learnt.upto` (an origin is
    never earlier)."""
    horizon = learnt.horizon
    logs = {name: member(ready.log, learnt.upto)(origins, horizon) for name, member in learnt.chosen.items()}
    days = np.array(origins)[:, None] + np.arange(horizon)
    back = np.where(ready.shut[days], np.nan, ready.effect[days]) + np.log(learnt.correction)
    mean = np.exp(combine.together(logs, learnt.weights) + back)
    return Daily(mean, {name: np.exp(log + back) for name, log in logs.items()})
