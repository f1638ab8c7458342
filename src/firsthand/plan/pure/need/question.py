"""What a day of the front week asks: how many call, how they are answered, how good it must be."""

from __future__ import annotations

import dataclasses
import math
from dataclasses import dataclass
from typing import NamedTuple

from firsthand.plan.pure import erlang


class Staff(NamedTuple):
    """At the desks, not on the roster: nobody of them is on a break, ill or away."""

    helpers: int
    specialists: int


class Calls(NamedTuple):
    """Of one interval: exceeded in 90, 50, 10 of 100 cases. `event`: how many of the middle come from an event
    of its own date (the premium letters), which may come on another day.
    """

    low: float
    middle: float
    high: float
    event: float = 0.0


@dataclass(frozen=True)
class Learning:
    """What a shift more is worth: on the first one helpers take `slower` longer than they will in the end and
    ask `asks` more often (0.2: a fifth more); both halve every `half_life` shifts.
    """

    slower: float = 0.0
    asks: float = 0.0
    half_life: float = 3.0

    def left(self, shifts: float) -> float:
        """What is left of the start's excess after so many shifts."""
        return float(0.5 ** (shifts / self.half_life))


@dataclass(frozen=True)
class Callback:
    """Who has waited `after` seconds may be called back, and the share `accepted` of them agrees."""

    after: float
    accepted: float


@dataclass(frozen=True)
class Room:
    """How the calls of one language and level are answered. Seconds and shares.

    Helpers take `helper_aht` without questions; about `consult_share` of their calls they ask a specialist: helper
    and caller wait until one is free, the three speak `consult`, then the helper ends alone in `finish`. An advisor
    would take `advisor_aht` and ask nobody: that is what Erlang's formulas are given.
    """

    advisor_aht: float
    helper_aht: float
    consult_share: float = 0.0
    consult: float = 90.0
    finish: float = 0.0
    patience: float | None = 180.0  # mean; None: nobody gives up
    variability: float = 1.0  # standard deviation of a talk by its mean; 1 is exponential
    balk: float = 0.0  # hang up rather than wait
    callback: Callback | None = None
    breaks: float = 0.0  # share of a shift on a break
    shrinkage: float = 0.0  # share that is ill, late, called away
    specialist_cost: float = 1.5  # of one, in helpers
    learning: Learning = Learning()

    def __post_init__(self) -> None:
        for name in ("advisor_aht", "helper_aht", "consult", "specialist_cost"):
            _number(name, getattr(self, name), above=True)
        for name in ("finish", "variability"):
            _number(name, getattr(self, name))
        if self.patience is not None:
            _number("patience", self.patience, above=True)
        for name in ("consult_share", "balk", "breaks", "shrinkage"):
            if not 0 <= getattr(self, name) <= 1:
                raise ValueError(f"{name}: a share from 0 to 1, not {getattr(self, name)}")
        if self.absent >= 1:
            raise ValueError("breaks and shrinkage leave nobody: both are shares below 1")

    @property
    def absent(self) -> float:
        """Share of the rostered who are not at their desk."""
        return 1 - (1 - self.breaks) * (1 - self.shrinkage)

    @property
    def closed(self) -> bool:
        """Whether Erlang's formulas hold for it to the letter."""
        return not (self.consult_share or self.balk or self.callback) and self.variability == 1.0

    def when(self, left: float) -> Room:
        """With helpers for whom `left` of the excess of a first shift is left."""
        return dataclasses.replace(
            self,
            helper_aht=self.helper_aht * (1 + self.learning.slower * left),
            consult_share=min(1.0, self.consult_share * (1 + self.learning.asks * left)),
            learning=Learning(),
        )


@dataclass(frozen=True)
class Day:
    """Calls by interval, and how many shifts the helpers of that day have worked before, on average."""

    calls: tuple[Calls, ...]
    shifts: float = 0.0


@dataclass(frozen=True)
class Stream:
    """The calls of one language and level, day by day. `name` is the caller's own key: "de", "fr/2"."""

    name: str
    room: Room
    days: tuple[Day, ...]

    def __post_init__(self) -> None:
        for at, day in enumerate(self.days):
            for number, calls in enumerate(day.calls):
                good = (
                    all(math.isfinite(one) for one in calls) and 0 <= calls.low <= calls.middle <= calls.high
                )
                if not (good and 0 <= calls.event <= calls.middle):
                    raise ValueError(
                        f"{self.name}, day {at + 1}, interval {number + 1}: calls must be 0 or more and rise from"
                        f" the low to the high; the event's are part of the middle, not {tuple(calls)}"
                    )


@dataclass(frozen=True)
class Aim:
    """How good it must be; answered `within` seconds for the service level. Intervals have `length` seconds."""

    target: erlang.Target
    within: float = 20.0
    length: float = 1800.0


def _number(name: str, value: float, *, above: bool = False) -> None:
    if not (math.isfinite(value) and (value > 0 if above else value >= 0)):
        raise ValueError(f"{name}: a number {'above 0' if above else 'of 0 or more'}, not {value}")
