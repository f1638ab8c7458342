"""What it would have said: forecasts from past origins, with nothing known but what was known then."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from firsthand.plan.pure.forecast import engine, scores
from firsthand.plan.pure.forecast.events import Calendar, Event
from firsthand.plan.pure.forecast.history import Floats, History, TooShort
from firsthand.plan.pure.forecast.scores import Scores

FEWEST = 56  # days of history before the first origin
RELEARN = 14  # days after which weights and parameters are learnt anew
RIVALS = {"last_week": 1, "mean_of_four": 4}  # what planners use by hand: so many same weekdays


@dataclass(frozen=True)
class Backtest:
    """`origins`: days known (the first forecast day is `first + origin`). Arrays: (origins, horizon[, slots])."""

    origins: list[int]
    horizon: int
    days: dict[str, Scores]  # daily totals: "combination", "last_week", "mean_of_four" and the members
    slots: dict[str, Scores]  # the same days by slot: "combination", "last_week", "mean_of_four"
    said: dict[str, Floats]  # name → (origins, horizon) daily totals
    came: Floats
    quantiles: Floats  # (3, origins, horizon)
    slot_said: dict[str, Floats]
    slot_came: Floats
    slot_quantiles: Floats  # (3, origins, horizon, slots)


def backtest(
    history: History,
    *,
    days: int,
    origins: Sequence[int] | None = None,
    holidays: Mapping[date, str] | None = None,
    events: Sequence[Event] = (),
    closed: Collection[date] = (),
) -> Backtest:
    """Forecasts of `days` days from each origin (a number of known days; by default one a week over the last
    half year that leaves `days` to compare with). Public holidays and events are known beforehand, their
    effects are not."""
    calendar = Calendar(holidays or {}, tuple(events), frozenset(closed))
    chosen = list(origins) if origins is not None else usual_origins(history, days)
    if not chosen or min(chosen) < FEWEST or max(chosen) > history.days:
        raise TooShort(history.days, FEWEST + days)
    run = _Run(history, calendar, days)
    for origin in sorted(chosen):
        run.at(origin)
    return run.result(sorted(chosen))


def usual_origins(history: History, days: int) -> list[int]:
    last = history.days - days
    return list(range(last, max(FEWEST, last - 182) - 1, -7))[::-1]


class _Run:
    def __init__(self, history: History, calendar: Calendar, horizon: int) -> None:
        self.history, self.calendar, self.horizon = history, calendar, horizon
        self.model: engine.Model | None = None
        self.said: dict[str, list[Floats]] = {}
        self.slot_said: dict[str, list[Floats]] = {"combination": [], **{name: [] for name in RIVALS}}
        self.quantiles: list[Floats] = []
        self.slot_quantiles: list[Floats] = []

    def at(self, origin: int) -> None:
        known = self.history.until(origin)
        if self.model is None or origin - self.model.learnt.upto >= RELEARN:
            self.model = engine.learn(known, self.calendar, self.horizon)
        found = engine.say(known, self.calendar, self.model)
        said = {"combination": found.day_mean, **found.members}
        for name, weeks in RIVALS.items():
            slots = same_weekdays(known, weeks, self.horizon)
            said[name] = np.where(np.isnan(slots).all(1), np.nan, np.nansum(slots, axis=1))
            self.slot_said[name].append(slots)
        for name, row in said.items():
            self.said.setdefault(name, []).append(row)
        self.slot_said["combination"].append(found.mean)
        self.quantiles.append(found.day_quantiles)
        self.slot_quantiles.append(found.quantiles)

    def result(self, origins: list[int]) -> Backtest:
        totals, counts = self.history.totals(), self.history.counts
        shape = (len(origins), self.horizon)
        came, slot_came = np.full(shape, np.nan), np.full((*shape, self.history.slots), np.nan)
        for row, origin in enumerate(origins):
            told = totals[origin : origin + self.horizon]
            came[row, : len(told)] = told
            slot_came[row, : len(told)] = counts[origin : origin + self.horizon]
        rows = len(origins)
        said = {
            name: np.array([np.full(self.horizon, np.nan)] * (rows - len(found)) + found)
            for name, found in self.said.items()
        }
        slot_said = {name: np.array(found) for name, found in self.slot_said.items()}
        quantiles = np.stack(self.quantiles, axis=1)
        slot_quantiles = np.stack(self.slot_quantiles, axis=1)
        naive = scores.naive_error(totals)
        slot_naive = float(np.nanmean(np.abs(counts[7:] - counts[:-7])))
        # All are judged on the same days: those on which all say something, closed days on none.
        use = np.all([~np.isnan(one) for one in said.values()], axis=0)
        came_ = np.where(use, came, np.nan)
        slot_use = np.all([~np.isnan(one) for one in slot_said.values()], axis=0)
        slot_came_ = np.where(slot_use, slot_came, np.nan)
        return Backtest(
            origins=origins,
            horizon=self.horizon,
            days={
                name: scores.score(
                    one, came_, naive=naive, quantiles=quantiles if name == "combination" else None
                )
                for name, one in said.items()
            },
            slots={
                name: scores.score(
                    one,
                    slot_came_,
                    naive=slot_naive,
                    quantiles=slot_quantiles if name == "combination" else None,
                )
                for name, one in slot_said.items()
            },
            said=said,
            came=came,
            quantiles=quantiles,
            slot_said=slot_said,
            slot_came=slot_came,
            slot_quantiles=slot_quantiles,
        )


def same_weekdays(known: History, weeks: int, horizon: int) -> Floats:
    """(horizon, slots): the mean of the last so many same weekdays on which anybody was there."""
    weekdays = known.weekdays(known.days + horizon)
    by_weekday = np.full((7, known.slots), np.nan)
    told = ~np.isnan(known.counts).all(1)
    for weekday in range(7):
        rows = known.counts[told & (weekdays[: known.days] == weekday)][-weeks:]
        any_ = ~np.isnan(rows).all(0) if len(rows) else np.zeros(known.slots, bool)
        by_weekday[weekday, any_] = np.nanmean(rows[:, any_], axis=0)
    return by_weekday[weekdays[known.days :]]
