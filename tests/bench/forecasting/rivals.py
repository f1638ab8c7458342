"""What others would have said of daily totals: the libraries, as their documents say to use them, on logarithms.

A rival is asked at each origin and knows the days before it. Those that want a series without holes get the
weekdays on which the house is ever open, and for a hole the same weekday a week before.
"""

from __future__ import annotations

import importlib.metadata
import logging
import sys
import time
import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import numpy as np
from numpy.typing import NDArray

from firsthand.plan.pure.forecast import Event, History

Floats = NDArray[np.float64]
Said = tuple[Floats, Floats]  # (horizon,) totals and (3, horizon) quantiles


@dataclass(frozen=True)
class Rival:
    name: str
    version: str
    say: Callable[[History, int], Said]


@dataclass(frozen=True)
class Record:
    """Of all origins. `cpu`: seconds a forecast."""

    said: Floats  # (origins, horizon)
    quantiles: Floats  # (3, origins, horizon)
    cpu: float


def record(rival: Rival, history: History, origins: Sequence[int], horizon: int) -> Record:
    began = time.process_time()
    rows = [rival.say(history.until(origin), horizon) for origin in origins]
    cpu = (time.process_time() - began) / len(origins)
    return Record(np.array([row for row, _ in rows]), np.stack([marks for _, marks in rows], axis=1), cpu)


def installed(holidays: dict[date, str] | None = None, events: Sequence[Event] = ()) -> Iterator[Rival]:
    """With holidays or events, only those that can use them."""
    makers: list[tuple[str, str, Callable[[], Callable[[History, int], Said]]]] = [
        ("Prophet", "prophet", lambda: _prophet(holidays or {}, events))
    ]
    if not holidays and not events:
        makers += [("AutoETS", "statsforecast", lambda: _statsforecast("AutoETS")),
                   ("MSTL", "statsforecast", lambda: _statsforecast("MSTL"))]  # fmt: skip
    for name, package, make in makers:
        try:
            with _quiet():
                yield Rival(name, importlib.metadata.version(package), make())
        except ImportError:
            print(f"  {package} is not installed: {name} is left out", file=sys.stderr)


def _statsforecast(kind: str) -> Callable[[History, int], Said]:
    from statsforecast import models

    def say(known: History, horizon: int) -> Said:
        totals, weekdays = known.totals(), known.weekdays(known.days + horizon)
        open_ = np.array([not np.isnan(totals[weekdays[: known.days] == one]).all() for one in range(7)])
        use, coming = open_[weekdays[: known.days]], open_[weekdays[known.days :]]
        season = int(open_.sum())
        values = totals[use].copy()
        for at in np.flatnonzero(np.isnan(values)):
            values[at] = values[at - season] if at >= season else np.nanmedian(values)
        model: Any = getattr(models, kind)(season_length=season)
        with _quiet():
            found = model.forecast(np.log(values + 0.5), int(coming.sum()), level=[80])
        said, marks = np.full(horizon, np.nan), np.full((3, horizon), np.nan)
        said[coming] = np.exp(found["mean"])
        marks[:, coming] = np.exp([found["lo-80"], found["mean"], found["hi-80"]])
        return said, marks

    return say


def _prophet(holidays: dict[date, str], events: Sequence[Event]) -> Callable[[History, int], Said]:
    import pandas as pd
    from prophet import Prophet

    special = [
        {"holiday": name, "ds": day, "lower_window": 0, "upper_window": 1} for day, name in holidays.items()
    ]
    special += [
        {"holiday": event.name, "ds": day, "lower_window": -event.before, "upper_window": event.after}
        for event in events
        for day in event.dates
    ]
    table = pd.DataFrame(special) if special else None

    def say(known: History, horizon: int) -> Said:
        totals = known.totals()
        told = np.flatnonzero(~np.isnan(totals))
        days = [known.first + timedelta(days=at) for at in range(known.days + horizon)]
        np.random.seed(1)  # noqa: NPY002 it draws its intervals from the global generator
        model = Prophet(interval_width=0.8, holidays=table)
        with _quiet():
            model.fit(pd.DataFrame({"ds": pd.to_datetime([days[at] for at in told]),
                                    "y": np.log(totals[told] + 0.5)}))  # fmt: skip
            found = model.predict(pd.DataFrame({"ds": pd.to_datetime(days[known.days :])}))
        marks = np.exp(found[["yhat_lower", "yhat", "yhat_upper"]].to_numpy().T)
        return marks[1], marks

    return say


@contextmanager
def _quiet() -> Iterator[None]:
    logging.getLogger("cmdstanpy").setLevel(logging.CRITICAL)
    logging.getLogger("prophet").setLevel(logging.CRITICAL)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield
