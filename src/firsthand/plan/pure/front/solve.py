"""A front week's roster: at once a usable one, then a better one, at last the best, with what is at most missing.

Phases: `bound` and `linear` (prices and what no roster can be below), `dive` (rosters at that bound, if there are
any: proven at once); if none is near, `start` (training, flows); then for up to 450 people `likely` and `proof` (the
whole week by CP-SAT, first among the likeliest shifts, then all that a cheaper roster could have); for more people
`better` (groups again, several at a time). At any time `stop` gives the best so far. Every roster costs at least
`bound`.
"""

from __future__ import annotations

import math
import random
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import date

import numpy as np

from firsthand.plan.pure.front import arrays, bound, dive, exact, groups, linear, referee, score, start, worth
from firsthand.plan.pure.front.arrays import Arrays, Bools, Floats, Ints, State
from firsthand.plan.pure.front.problem import CALLS, Need, Person, Problem, Room, Roster, Session

Clock = Callable[[], float]
_WHOLE = 450  # people up to whom the last phase is worth its while
_GROUPS = (
    (36, math.inf),
    (60, 1.1),
    (100, 0.5),
    (100, 0.5),
)  # people, and how near to the bound their choices
_LIKELY = 0.3  # above the bound: about a quarter of all shifts, and nearly always a best roster is among them
_EACH = 0.02  # seconds for each person: a dive takes half of that on a core of its own
_GOOD = 1.05  # above the bound: flows would not better it
_ABOVE = 3  # costs, from the bound on, for which one dives
_TRIED = 3  # of a dive's points
_COMPLETE = 3.0  # seconds for the last few people of a dive
_ROUNDS = 250  # of prices, before the first flow


@dataclass(frozen=True)
class Progress:
    cost: int
    bound: int
    seconds: float
    phase: str


@dataclass(frozen=True)
class Solution:
    roster: Roster
    cost: int
    bound: int  # no roster costs less
    seconds: float
    verdict: referee.Verdict

    @property
    def proven(self) -> bool:
        return self.cost == self.bound

    @property
    def gap(self) -> float:
        """At most this share of the bound could be saved."""
        return (self.cost - self.bound) / max(1, self.bound)


@dataclass
class _Run:
    a: Arrays
    clock: Clock
    until: float
    progress: Callable[[Progress], None]
    asked: Callable[[], bool]
    began: float
    best: State
    cost: int
    bound: int = 0
    phase: str = "start"
    priced: tuple[float, Floats, Floats] = (
        0.0,
        np.zeros(0),
        np.zeros(0),
    )  # a bound, and `worth.reduced` at its prices
    watched: set[exact.Place] = field(default_factory=set)  # where a newcomer was alone in any roster seen
    lock: threading.Lock = field(default_factory=threading.Lock)

    def over(self) -> bool:
        return self.asked() or self.clock() >= self.until or self.cost <= self.bound

    def left(self) -> float:
        return self.until - self.clock()

    def near(self, by: float) -> tuple[Bools, Bools]:
        """The shifts and sessions of rosters that are at most so far above the bound."""
        _, shift, session = self.priced
        return shift <= by, session <= by

    def cheaper(self) -> tuple[Bools, Bools]:
        """Those of all rosters that are cheaper than the best so far."""
        low, shift, session = self.priced
        by = self.cost - 1 - low + 1e-6
        return shift <= by, session <= by

    def offer(self, state: State) -> bool:
        """Keeps a roster that is no worse. Whether it was better."""
        found = score.weigh(self.a, state)
        cost = found.cost
        with self.lock:
            self.watched |= {(int(h), int(r)) for h, r in found.alone}
            if cost > self.cost or not score.fits(self.a, state):
                return False
            better, self.best, self.cost = cost < self.cost, state, cost
        if better:
            self.say()
        return better

    def hear(self, state: State) -> None:
        self.offer(state)

    def raise_bound(self, to: int) -> None:
        if to > self.bound:
            self.bound = min(to, self.cost)
            self.say()

    def to(self, phase: str) -> None:
        self.phase = phase
        self.say()

    def say(self) -> None:
        self.progress(Progress(self.cost, self.bound, self.clock() - self.began, self.phase))


def solve(
    problem: Problem,
    *,
    seconds: float,
    seed: int,
    clock: Clock,
    workers: int = 8,
    progress: Callable[[Progress], None] = lambda _: None,
    stop: Callable[[], bool] = lambda: False,
    begin: Roster | None = None,
) -> Solution:
    """The best roster found in so many seconds by `clock`. `begin`: a roster to be bettered, if there is one."""
    began = clock()
    a = arrays.build(problem)
    first = arrays.state_of(a, begin) if begin is not None else start.greedy(a)
    run = _Run(a, clock, began + seconds, progress, stop, began, first, score.weigh(a, first).cost)
    run.say()
    climbed = _climb(run)
    alone = run.left() > _EACH * len(a.least)
    with ThreadPoolExecutor(max_workers=1) as pool:
        diving = pool.submit(_dive, run, climbed, run.left() * (0.6 if alone else 1.0), seed, workers)
        if alone:
            diving.result()
        climbing = pool.submit(_climb_on, run, climbed)
        if not run.over() and run.cost > _GOOD * run.bound:
            _flow(run, climbed, seed, workers)
        if len(a.least) <= _WHOLE and not run.over():
            _proof(run, seed, workers)
        run.to("better")
        _better(run, seed, min(4, workers))
        diving.result()
        climbing.result()
    roster = arrays.roster_of(run.best)
    verdict = referee.judge(problem, roster)
    return Solution(roster, verdict.cost, run.bound, clock() - began, verdict)


def ready() -> None:
    """Compile what is compiled now, if nobody has yet: eight seconds on a new machine that a search would lose."""
    spoken = frozenset({"de"})
    newcomer, advisor = Person("", spoken, trains=frozenset({"full"}), least=1), Person("", spoken, least=1)
    smallest = Problem(
        name="",
        dates=(date(2026, 1, 5), date(2026, 1, 6)),
        rooms=(Room("", "de", 1),),
        people=(newcomer, advisor),
        needs=(Need(2, 0, CALLS, 2),),
        sessions=(Session("full", 0, "de", 1),),
    )
    solve(smallest, seconds=1, seed=0, clock=lambda: 0.0, workers=1)


def _price(run: _Run, found: bound.Bound) -> None:
    if found.value >= run.priced[0]:
        run.priced = (found.value, *worth.reduced(run.a, found.prices))
        run.raise_bound(found.whole)


def _climb(run: _Run) -> bound.Bound:
    climbed = bound.climb(run.a, run.cost, run.clock, run.until, rounds=_ROUNDS, stop=run.asked)
    _price(run, climbed)
    return climbed


def _dive(run: _Run, climbed: bound.Bound, seconds: float, seed: int, workers: int) -> None:
    """The linear program's bound, and rosters as near to it as may be: often there is one that costs no more."""
    small, until = len(run.a.least) <= _WHOLE, run.clock() + seconds

    def left() -> float:
        return until - run.clock()

    sharp, answer = linear.sharpen(run.a, climbed, seconds=left, stop=run.over)
    _price(run, sharp)
    tries = [(sharp.whole, answer), *((sharp.whole + more, None) for more in range(_ABOVE if small else 1))]
    for target, near in tries:
        if target >= run.cost:
            return
        keep = run.near(target - sharp.value + 1e-6)
        seen = dive.points(run.a, keep, target, near=near, seconds=left, stop=run.over)
        for point in sorted(seen, key=lambda one: one.promise)[:_TRIED]:
            if run.over() or left() <= 0:
                return
            found = dive.complete(
                run.a, point, keep, run.watched, sharp.whole,
                seconds=min(_COMPLETE, left()), seed=seed, workers=workers, stop=run.over,
            )  # fmt: skip
            if found is not None:
                run.offer(found)


def _climb_on(run: _Run, climbed: bound.Bound) -> None:
    """For weeks too large for a linear program in the time given."""
    gained = run.priced[0] <= climbed.value
    while gained and not run.over():
        before = climbed.value
        climbed = bound.climb(
            run.a, run.cost, run.clock, run.until, start=climbed.prices, rounds=400, stop=run.over
        )
        _price(run, climbed)
        gained = climbed.value >= before + 0.02


def _flow(run: _Run, climbed: bound.Bound, seed: int, workers: int) -> None:
    others = start.place(
        run.a,
        start.crossing(run.a),
        run.near(1.1),
        seconds=max(0.5, run.left() / 5),
        seed=seed,
        workers=workers,
        stop=run.asked,
    )
    for state in start.flows(run.a, climbed, others, rounds=16):
        run.offer(state)
        if run.over():
            break


def _better(run: _Run, seed: int, threads: int) -> None:
    """Groups of people again, all others as they are; several groups at a time."""

    def work(number: int) -> None:
        chance = random.Random(seed * 1000 + number)  # noqa: S311  a search, no secret
        while not run.over():
            state = run.best
            size, near = chance.choice(_GROUPS)
            group = groups.choose(run.a, state, chance, size)
            model = exact.Model(run.a, state, group, set(run.watched), run.near(near))
            found = model.solve(
                seconds=min(2.0, run.left()), workers=1, seed=chance.randrange(2**31), stop=run.asked
            )
            if found.state is not None:
                _take(run, found.state, group)

    with ThreadPoolExecutor(max_workers=threads) as pool:
        for done in [pool.submit(work, number) for number in range(threads)]:
            done.result()


def _take(run: _Run, found: State, group: Ints) -> None:
    """The group's new shifts in the best roster, which others may have changed meanwhile."""
    merged = run.best.copy()
    merged.room[group], merged.session[group] = found.room[group], found.session[group]
    run.offer(merged)


def _whole(run: _Run, keep: tuple[Bools, Bools], seconds: float, seed: int, workers: int) -> exact.Outcome:
    """All people at once, among these shifts and sessions."""
    model = exact.Model(run.a, run.best, range(len(run.a.least)), set(run.watched), keep)
    return model.solve(
        seconds=seconds,
        workers=workers,
        seed=seed,
        at_least=run.bound,
        found=lambda state, *_: run.hear(state),
        stop=run.over,
    )


def _proof(run: _Run, seed: int, workers: int) -> None:
    """First among the likeliest shifts; then among all that a cheaper roster could have: none there, none at all."""
    run.to("likely")
    _whole(run, run.near(_LIKELY), run.left() * 2 / 3, seed, workers)
    run.to("proof")
    while not run.over():
        watched, cost = len(run.watched), run.cost
        outcome = _whole(run, run.cheaper(), run.left(), seed, workers)
        if outcome.proven or outcome.state is not None:
            run.raise_bound(min(cost, math.ceil(outcome.bound - 1e-6)))
        if outcome.state is None or len(run.watched) == watched:
            return
