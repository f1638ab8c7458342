"""The members of the combination: each says, from every origin, what the days after it will bring.

All work on logarithms of daily totals without the effects of holidays and events (`Log`), and return such.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from firsthand.plan.pure.forecast import levels, smoothing
from firsthand.plan.pure.forecast.history import Floats

YEAR = 364  # 52 weeks: the same weekday
TWO_YEARS = 2 * YEAR + 14  # what a yearly season of MSTL needs
OVER_A_YEAR = YEAR + 42
SLOW, FAST, WEEK = 28.0, 2.0, 7.0  # half-lives of a level, in days


@dataclass
class Learnt:
    """What takes time to learn and changes slowly: a log of some days later may take it over."""

    damped: smoothing.Damped | None = None
    seasons: dict[int, list[Floats]] = field(default_factory=dict)  # days learnt from → of MSTL, each (days,)


@dataclass(frozen=True)
class Log:
    """`x`: (days,) event-free logarithms, NaN = unknown. `weekdays`: of these days and of those to come."""

    x: Floats
    weekdays: NDArray[np.int64]
    known: dict[int, levels.Decomposition] = field(default_factory=dict, compare=False)
    learnt: Learnt = field(default_factory=Learnt, compare=False)

    def at(self, origin: int) -> levels.Decomposition:
        """Of the days before `origin`."""
        if origin not in self.known:
            self.known[origin] = levels.decompose(self.x[:origin], self.weekdays[:origin])
        return self.known[origin]

    def damped(self) -> smoothing.Damped:
        if self.learnt.damped is None:
            self.learnt.damped = smoothing.estimate(self.x, self.weekdays[: len(self.x)])
        return self.learnt.damped

    def to_come(self, origin: int, horizon: int) -> NDArray[np.int64]:
        return self.weekdays[origin : origin + horizon]


# From the days before `upto` a member learns its parameters; then it forecasts from any origins.
Ahead = Callable[[list[int], int], Floats]
Member = Callable[[Log, int], Ahead]


def level(half_life: float) -> Member:
    """Robust level plus weekday: the level from days that count half after `half_life` days."""

    def learn(log: Log, upto: int) -> Ahead:
        def ahead(origins: list[int], horizon: int) -> Floats:
            rows = []
            for origin in origins:
                found = log.at(origin)
                height = levels.now(log.x[:origin], log.weekdays[:origin], found, half_life)
                rows.append(height + found.season[log.to_come(origin, horizon)])
            return np.array(rows)

        return ahead

    return learn


def last(weeks: int) -> Member:
    """Mean of the last so many same weekdays that are known; 1 = the seasonal naive, t-7."""

    def learn(log: Log, upto: int) -> Ahead:
        def ahead(origins: list[int], horizon: int) -> Floats:
            out = np.full((len(origins), horizon), np.nan)
            for row, origin in enumerate(origins):
                by_weekday = np.full(7, np.nan)
                for weekday in range(7):
                    found = log.x[:origin][log.weekdays[:origin] == weekday]
                    found = found[~np.isnan(found)][-weeks:]
                    if len(found):
                        by_weekday[weekday] = np.log(np.exp(found).mean())
                out[row] = by_weekday[log.to_come(origin, horizon)]
            return out

        return ahead

    return learn


def damped(log: Log, upto: int) -> Ahead:
    """Three numbers learnt from all days: judging it by them flatters it little, by those of a few weeks spoils it."""
    given = log.damped()

    def ahead(origins: list[int], horizon: int) -> Floats:
        return smoothing.ahead(log.x, log.weekdays, given, origins, horizon)

    return ahead


def last_year(log: Log, upto: int) -> Ahead:
    """Today's level, moved as the level moved over the same weeks in the years before."""

    def ahead(origins: list[int], horizon: int) -> Floats:
        rows = []
        for origin in origins:
            found = log.at(origin)
            height = levels.now(log.x[:origin], log.weekdays[:origin], found, SLOW / 2)
            moves = []
            for back in range(YEAR, origin - 14, YEAR):
                days = np.minimum(np.arange(origin - back, origin - back + horizon), origin - 1)
                moves.append(
                    found.level[days] - found.level[max(0, origin - back - 10) : origin - back].mean()
                )
            season = found.season[log.to_come(origin, horizon)]
            rows.append(height + season + (np.mean(moves, axis=0) if moves else 0.0))
        return np.array(rows)

    return ahead


def mstl(log: Log, upto: int) -> Ahead:
    """Weekly and yearly season by MSTL (K. Bandara, R. Hyndman, C. Bergmeir, 2021), repeated; the level of what
    remains from the last days, robust."""
    from statsmodels.tsa.seasonal import MSTL

    periods = (7, YEAR) if upto >= TWO_YEARS else (7,)
    if upto not in log.learnt.seasons:
        known = log.at(upto).at(log.weekdays[:upto])
        filled = np.where(np.isnan(log.x[:upto]), np.nan_to_num(known), log.x[:upto])
        found = MSTL(filled, periods=periods, iterate=1).fit().seasonal
        log.learnt.seasons[upto] = list(found.reshape(upto, -1).T)
    seasons = log.learnt.seasons[upto]
    days = np.arange(len(log.weekdays))
    past = np.minimum(days, upto - 1)
    repeated = np.zeros(len(days))
    for period, season in zip(periods, seasons, strict=True):
        back = np.where(days < upto, 0, -(-(days - upto + 1) // period) * period)
        repeated += season[np.where(days < upto, past, days - back)]

    def ahead(origins: list[int], horizon: int) -> Floats:
        rows = []
        for origin in origins:
            rest = log.x[:origin] - repeated[:origin]
            trust = 0.5 ** (np.arange(origin)[::-1] / SLOW) * log.at(origin).weights
            height = np.nansum(rest * trust) / trust.sum()
            rows.append(height + repeated[origin : origin + horizon])
        return np.array(rows)

    return ahead


def chosen(days: int) -> dict[str, Member]:
    """Who takes part, by how many days are known."""
    members: dict[str, Member] = {
        "weekday_level": level(SLOW),
        "recent_days": level(FAST),
        "recent_week": level(WEEK),
        "mean_of_four": last(4),
    }
    if days >= smoothing.SHORTEST:
        members["damped_ets"] = damped
    if days >= OVER_A_YEAR:
        members |= {"last_year": last_year, "mstl": mstl}
    return members
