"""What a search says while it runs, and how it is told to stop."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from threading import Lock

from firsthand.plan.pure.roster.evaluate import evaluate
from firsthand.plan.pure.roster.instance import Assignment, Instance


@dataclass(frozen=True)
class Progress:
    best: int | None  # objective of the best roster so far that holds every rule
    bound: int | None  # no roster is better than this
    seconds: float
    step: str  # what is being done: start, columns, dive, improve, prove


Report = Callable[[Progress], None]
Stop = Callable[[], bool]


@dataclass
class Search:
    """The clock, the best so far and the bound of one search; safe to use from several threads.

    A roster is believed only after `evaluate` has looked at it."""

    instance: Instance
    seconds: float
    report: Report | None = None
    stop: Stop | None = None
    best: frozenset[Assignment] | None = None
    objective: int | None = None
    bound: int | None = None
    step: str = "start"
    began: float = field(default_factory=time.monotonic)
    _lock: Lock = field(default_factory=Lock)

    @property
    def elapsed(self) -> float:
        return time.monotonic() - self.began

    @property
    def left(self) -> float:
        return max(0.0, self.seconds - self.elapsed)

    @property
    def done(self) -> bool:
        """Time is up, somebody said stop, or nothing better exists."""
        proven = self.objective is not None and self.bound is not None and self.objective <= self.bound
        return proven or self.left <= 0 or bool(self.stop and self.stop())

    def found(self, assignments: Iterable[Assignment]) -> bool:
        """Keep this roster if it holds all rules and is better than the best so far."""
        given = frozenset(Assignment(*one) for one in assignments)
        seen = evaluate(self.instance, given)
        with self._lock:
            if not seen.feasible or (self.objective is not None and seen.objective >= self.objective):
                return False
            self.best, self.objective = given, seen.objective
        self.say()
        return True

    def proved(self, bound: float) -> None:
        """Prices are whole, so a bound of 1286.3 is one of 1287."""
        if not math.isfinite(bound):
            return
        whole = math.ceil(bound - 1e-4)
        with self._lock:
            if self.bound is not None and whole <= self.bound:
                return
            self.bound = whole
        self.say()

    def say(self, step: str = "") -> None:
        self.step = step or self.step
        if self.report:
            self.report(Progress(self.objective, self.bound, self.elapsed, self.step))
