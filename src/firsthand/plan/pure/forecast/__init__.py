"""How many will call: by queue, day and slot, with what it may miss by.

    past = forecast.from_rows(read.rows, zone, queue="service", language="de")
    coming = forecast.forecast(past, days=28, holidays=public_holidays.of("CH-ZH", [2026, 2027]))
    coming.mean, coming.quantiles, coming.day_mean, coming.reason, coming.scores

How it works and why to believe it: docs/guide/forecast.md. Everything is in calls; a day is a local day; arrays
are days × slots, NaN = closed. There is no chance in it: the same history gives the same forecast.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date

from firsthand.plan.pure.forecast import engine
from firsthand.plan.pure.forecast.backtest import Backtest, backtest
from firsthand.plan.pure.forecast.calibrate import band, calibrated
from firsthand.plan.pure.forecast.corrections import Worth, value_of_corrections
from firsthand.plan.pure.forecast.events import Calendar, Effect, Event
from firsthand.plan.pure.forecast.history import History, TooShort, from_rows
from firsthand.plan.pure.forecast.intraday import Updated
from firsthand.plan.pure.forecast.intraday import update as intraday_update
from firsthand.plan.pure.forecast.result import REASONS, Forecast, Reason
from firsthand.plan.pure.forecast.scores import Scores

__all__ = [
    "REASONS", "Backtest", "Calendar", "Effect", "Event", "Forecast", "History", "Reason", "Scores", "TooShort",
    "Updated", "Worth", "backtest", "band", "calibrated", "forecast", "from_rows", "intraday_update",
    "value_of_corrections",
]  # fmt: skip

LONGEST = 400  # days


def forecast(
    history: History,
    *,
    days: int,
    holidays: Mapping[date, str] | None = None,
    events: Sequence[Event] = (),
    closed: Collection[date] = (),
) -> Forecast:
    """The `days` days after the history.

    `holidays`: of the past and of the days to come (plan.pure.public_holidays gives them). `closed`: days on which
    nobody works. Raises `TooShort` under three weeks of known days.
    """
    if not 1 <= days <= LONGEST:
        raise ValueError(f"a forecast is for 1 to {LONGEST} days")
    calendar = Calendar(holidays or {}, tuple(events), frozenset(closed))
    return engine.say(history, calendar, engine.learn(history, calendar, days))
