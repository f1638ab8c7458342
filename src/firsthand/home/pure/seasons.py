"""How many call a health insurer in the course of its year: the demo's past volumes are drawn from this.

No insurer's figures: the shape is what everybody knows of a Swiss autumn (premiums are announced in late
September, letters arrive in October, who wants to leave does so by 30 November), drawn with a known rate so
that a forecast of it can be judged.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo

import numpy as np

OPENS, CLOSES, MINUTES = 8 * 60, 18 * 60, 30
SLOTS = (CLOSES - OPENS) // MINUTES
WEEKDAYS = (1.24, 1.07, 0.99, 0.92, 0.86)  # Monday to Friday
# Shape parameter of the day's own luck: one day is a seventh busier or quieter than its like.
BUSYNESS = 50.0


@dataclass(frozen=True)
class Season:
    """One queue: calls on a plain day, and how long an advisor needs for one (seconds, mean)."""

    a_day: float
    aht: float


@dataclass(frozen=True)
class Interval:
    starts_at: datetime
    offered: int
    answered: int
    abandoned: int
    aht_seconds: float


def announced(year: int) -> tuple[date, date]:
    """The days on which everybody speaks of the new premiums."""
    return date(year, 9, 24), date(year, 9, 27)


def letters(year: int) -> tuple[date, date]:
    """The days on which the premium letters arrive."""
    return date(year, 10, 14), date(year, 10, 20)


def last_day_to_cancel(year: int) -> date:
    return date(year, 11, 30)


def rate(day: date) -> float:
    """Times a plain Wednesday; 0 on days without a telephone."""
    if day.weekday() > 4:
        return 0.0
    begin_of_month = 1.12 if day.day <= 5 else 1.0  # the month's invoices
    return WEEKDAYS[day.weekday()] * begin_of_month * _year(day)


def _year(day: date) -> float:
    def near(peak: date, before: float, after: float, height: float) -> float:
        away = (day - peak).days
        return height * math.exp(-((away / (before if away < 0 else after)) ** 2) / 2)

    autumn = near(announced(day.year)[0], 1.5, 4, 0.55) + near(letters(day.year)[0], 2, 8, 0.75)
    deadline = near(last_day_to_cancel(day.year), 12, 1.2, 0.6)
    january = near(date(day.year, 1, 4), 3, 10, 0.3)
    return 1 + autumn + deadline + january


def profile() -> np.ndarray:
    """Share of a day's calls in each half-hour: fullest before noon, a second wave after lunch."""
    hours = OPENS / 60 + (np.arange(SLOTS) + 0.5) * MINUTES / 60
    shape = np.exp(-(((hours - 10.2) / 1.7) ** 2)) + 0.8 * np.exp(-(((hours - 14.6) / 1.6) ** 2)) + 0.12
    share: np.ndarray = shape / shape.sum()
    return share


def drawn(
    season: Season, first: date, last: date, *, closed: Collection[date], zone: tzinfo, seed: int
) -> Iterator[Interval]:
    """Every half-hour from the first to the last day, both included; the same seed draws the same calls."""
    rng, share = np.random.default_rng(seed), profile()
    for number in range((last - first).days + 1):
        day = first + timedelta(days=number)
        level = 0.0 if day in closed else season.a_day * rate(day) * 1.03 ** ((day - last).days / 365)
        if not level:
            continue
        calls = rng.poisson(level * rng.gamma(BUSYNESS, 1 / BUSYNESS) * share)
        lost = rng.binomial(calls, min(0.25, 0.03 * rate(day)))
        lengths = season.aht * rng.lognormal(0, 0.6 / np.sqrt(np.maximum(calls, 1)))
        begins = datetime.combine(day, time(), tzinfo=zone)
        for slot in range(SLOTS):
            at = begins + timedelta(minutes=OPENS + slot * MINUTES)
            offered, gone = int(calls[slot]), int(lost[slot])
            yield Interval(at, offered, offered - gone, gone, round(float(lengths[slot]), 2))
