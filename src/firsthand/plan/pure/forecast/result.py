"""What a forecast is."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta

from firsthand.plan.pure.forecast.events import Effect
from firsthand.plan.pure.forecast.history import Floats
from firsthand.plan.pure.forecast.scores import Scores


@dataclass(frozen=True)
class Reason:
    """Why this combination. `code`: one of REASONS; `words`: what a sentence about it needs."""

    code: str
    words: dict[str, str | float] = field(default_factory=dict)


REASONS = {
    "together": ("member", "member_wape", "wape"),  # the members together missed less than the best alone
    "as_good": ("member", "member_wape", "wape"),  # about as well as the best alone, and no bet on one
    "behind": ("member", "member_wape", "wape"),  # more than the best alone, which nobody knew beforehand
    "short": ("days",),  # too little history to try them: all count alike
}


@dataclass(frozen=True)
class Busy:
    """What the forecast knows of its own day, for the update during the day (intraday.py)."""

    day: Floats  # (days,) variance of the logarithm of a day's rate
    slot: float
    follows: Floats  # (slots + 1, 2) how much of what the seen slots were off the rest will be off
    left: Floats  # (slots + 1,) variance of the logarithm of the rest, once that is known
    levels: Floats  # (3,) of the mixed Poisson (spread.py)


@dataclass(frozen=True)
class Forecast:
    """Days `first`, `first + 1`, …; slots from `opens` minutes after midnight, `minutes` long. Calls; NaN = closed.
    `quantiles` and `day_quantiles` are at 10, 50 and 90 %. `weights`: (days, members), each row sums to 1."""

    first: date
    minutes: int
    opens: int
    mean: Floats  # (days, slots)
    quantiles: Floats  # (3, days, slots)
    day_mean: Floats  # (days,)
    day_quantiles: Floats  # (3, days)
    members: dict[str, Floats]  # name → (days,) what it says alone
    weights: Floats
    scores: dict[str, Scores]  # in the past, up to this horizon: members, "combination", "last_week"
    reason: Reason
    effects: list[Effect]  # of holidays and events, as learnt
    busy: Busy

    @property
    def days(self) -> int:
        return len(self.day_mean)

    @property
    def dates(self) -> list[date]:
        return [self.first + timedelta(days=at) for at in range(self.days)]

    def times(self) -> list[str]:
        """HH:MM, the start of each slot."""
        minutes = [self.opens + slot * self.minutes for slot in range(self.mean.shape[1])]
        return [f"{one // 60:02d}:{one % 60:02d}" for one in minutes]
