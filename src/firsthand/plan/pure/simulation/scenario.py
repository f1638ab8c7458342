"""A scenario: who calls when, who is there, who takes what. Frozen; read from JSON by `scenario_file.read`.

Times are in the scenario's own unit (`unit` says how many seconds that is), rates are calls per unit.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from firsthand.plan.pure.simulation.distributions import NEVER, Distribution

# How a service level is defined. The literature, the vendors and the contracts use different denominators.
DEFINITIONS = {
    "arrived": "answered in target / all calls",
    "entered": "answered in target / all calls but those that found no line or no place in the queue",
    "served": "answered in target / answered",
    "served_or_gone": "answered in target / (answered + gave up)",
    "served_or_gone_late": "answered in target / (answered + gave up after the target)",
    "in_time": "(answered + gave up within the target) / all calls",
    "expected": "answered in target / expected calls",
    "in_time_of_expected": "(answered + gave up within the target) / expected calls",
}
OCCUPANCIES = {
    "on_duty": "busy time on duty / time on duty",
    "with_overtime": "busy time / (time on duty + last calls after the shift)",
    "over_duty": "busy time, last calls after the shift included / time on duty",
    "until_empty": "as with_overtime, with what comes after the last period",
}


@dataclass(frozen=True)
class Redial:
    probability: float = 0.0
    delay: Distribution = NEVER
    remembers: bool = False  # keeps the patience drawn at first, and the waits of all tries add up


@dataclass(frozen=True)
class Offer:
    """After so much waiting a caller may leave a message or be called back."""

    after: float
    accepted: float
    becomes: int = -1  # the type as which the house calls back; -1: a message
    delay: Distribution = Distribution(1, 0.0)


@dataclass(frozen=True)
class Route:
    """A group for a type, or a type for a group. Lower levels first; `after` so much waiting."""

    one: int
    level: int
    after: float = 0.0


@dataclass(frozen=True)
class Transfer:
    to: int
    share: float
    group: int = -1  # after service by this group only; -1: by any


@dataclass(frozen=True)
class Consult:
    """A group asks others about a share of its calls. Helper and caller wait, unless it skips."""

    asks: tuple[int, ...]
    share: float
    types: tuple[int, ...]
    time: Distribution
    finish: Distribution | None = None
    waits: bool = True
    at_most: float = float("inf")


@dataclass(frozen=True)
class CallType:
    name: str
    rates: tuple[float, ...]  # by period
    target: float
    routes: tuple[Route, ...]
    service: dict[int, tuple[Distribution, ...]]  # by group, by period of the call's arrival
    after: dict[int, Distribution] = field(default_factory=dict)
    patience: tuple[Distribution, ...] = ()
    balk: tuple[float, ...] = ()
    most_waiting: int = 10**9
    volume: tuple[float, ...] = (1.0,)  # by day
    busy_shape: float = 0.0  # of the gamma factor of the day; 0: none
    busy_stream: int = 0  # types with the same number have the same factor
    redial: Redial = Redial()
    offer: Offer | None = None
    transfers: tuple[Transfer, ...] = ()
    random_among_equals: bool = False


@dataclass(frozen=True)
class Group:
    name: str
    agents: tuple[int, ...]  # by period
    takes: tuple[Route, ...]
    shrinkage: tuple[float, ...]
    factor: tuple[float, ...]  # on times, by type
    learning: tuple[float, ...]  # on times, by day
    consults: tuple[Consult, ...] = ()
    consults_first: bool = True
    cost: float = 1.0


@dataclass(frozen=True)
class Scenario:
    name: str
    unit: float
    lengths: tuple[float, ...]
    then: int  # records.EMPTY, STOP, CLEAR
    types: tuple[CallType, ...]
    groups: tuple[Group, ...]
    days: int = 1
    warm_up: int = 0  # periods at the start of each day that are not counted
    lines: int = 10**9
    most_waiting: int = 10**9
    clears: bool = False
    definition: str = "arrived"
    occupancy: str = "on_duty"
    confidence: float = 0.95

    @property
    def periods(self) -> int:
        return len(self.lengths)

    def calls_by_day(self) -> list[float]:
        """Arrivals to expect, of all types."""
        usual = [
            sum(rate * length for rate, length in zip(one.rates, self.lengths, strict=True))
            for one in self.types
        ]
        days = zip(*(one.volume for one in self.types), strict=True)
        return [sum(factor * calls for factor, calls in zip(day, usual, strict=True)) for day in days]

    def expected(self) -> list[list[float]]:
        """Arrivals to expect, by type and period, over all days."""
        return [
            [sum(one.volume) * rate * length for rate, length in zip(one.rates, self.lengths, strict=True)]
            for one in self.types
        ]
