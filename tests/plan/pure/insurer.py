"""A health insurer's calls, made up, with the rate known: weekdays, holidays, a summer lull, busyness from day to
day, and every October the letters with next year's premium, whose wave reaches to the deadline of 30 November.

No public series has such a peak. Whoever forecasts this one can be measured against the rate itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from firsthand.plan.pure import forecast, public_holidays

Floats = NDArray[np.float64]
LETTERS = {year: date(year, 10, 12) for year in range(2020, 2031)}  # when they arrive, at first
MOVED = {2024: date(2024, 10, 7), 2026: date(2026, 10, 19)}  # the post is not the same every year
WAVE = np.exp(1.1 * np.r_[0.55, 0.9, 1.0, 0.97, 0.92, *(0.88 * 0.955 ** np.arange(35))])  # day 0 to 39
DEADLINE = (1.15, 1.3, 1.55, 1.7)  # 27 to 30 November


@dataclass(frozen=True)
class Insurer:
    history: forecast.History
    rate: Floats  # (days, slots), with busyness: what a clairvoyant knows
    expected: Floats  # (days, slots), without: what a perfect forecaster knows
    events: tuple[forecast.Event, ...]
    holidays: dict[date, str]


def insurer(seed: int, *, first: date, days: int, a_day: float = 900.0, busy: float = 0.08) -> Insurer:
    """Half hours from 08:00 to 18:00, Monday to Friday, closed on public holidays of Zurich."""
    chance = np.random.default_rng(seed)
    dates = [first + timedelta(days=at) for at in range(days)]
    holidays = public_holidays.of("CH-ZH", range(first.year, dates[-1].year + 1))
    letters = sorted({MOVED.get(year, day) for year, day in LETTERS.items()})
    level = np.array([a_day * _weekday(day) * _season(day) * _letters(day, letters) for day in dates])
    level[[day.weekday() >= 5 or day in holidays for day in dates]] = np.nan
    slot = np.arange(20)
    shape = np.exp(-0.5 * ((slot - 4) / 3.5) ** 2) + 0.75 * np.exp(-0.5 * ((slot - 13) / 3.5) ** 2) + 0.15
    monday = shape * np.linspace(1.25, 0.8, 20)
    shapes = np.array([monday if day.weekday() == 0 else shape for day in dates])
    expected = level[:, None] * shapes / shapes.sum(1, keepdims=True)
    slow = np.zeros(days)
    for at in range(1, days):
        slow[at] = 0.8 * slow[at - 1] + chance.normal(0, 0.6 * busy * 0.6)
    factor = np.exp(slow + chance.normal(0, busy, days))
    rate = expected * factor[:, None]
    counts = np.where(np.isnan(rate), np.nan, chance.poisson(np.nan_to_num(rate)))
    events = (
        forecast.Event("Premium letters", tuple(letters), after=39),
        forecast.Event("Deadline", tuple(date(year, 11, 30) for year in LETTERS), before=3),
    )
    return Insurer(forecast.History(first, counts, 30, 8 * 60), rate, expected, events, holidays)


def _weekday(day: date) -> float:
    return (1.3, 1.05, 0.95, 0.9, 0.8, 0.0, 0.0)[day.weekday()]


def _season(day: date) -> float:
    """A lull in July, invoices in January, a slow growth."""
    turn = day.timetuple().tm_yday / 365
    lull = (
        1
        - 0.2 * np.exp(-0.5 * ((turn - 0.56) / 0.05) ** 2)
        + 0.15 * np.exp(-0.5 * ((turn - 0.04) / 0.03) ** 2)
    )
    return float(lull * 1.03 ** (day.year + turn - 2023))


def _letters(day: date, letters: list[date]) -> float:
    factor = 1.0
    for arrival in letters:
        if 0 <= (since := (day - arrival).days) < len(WAVE):
            factor *= WAVE[since]
    if day.month == 11 and 27 <= day.day <= 30:
        factor *= DEADLINE[day.day - 27]
    return float(factor)
