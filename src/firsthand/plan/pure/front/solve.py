"""A front week's roster: at once a usable one, then a better one, at last the best, with what is at most missing.

Phases: `start` (prices, training, flows), `better` (small groups again, by CP-SAT, several at a time), `proof` (the
whole week, by CP-SAT). At any time `stop` gives the best so far. Every roster costs at least `bound`.
"""

from __future__ import annotations

import random
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

import numpy as np

from firsthand.plan.pure.front import arrays, bound, exact, referee, score, start
from firsthand.plan.pure.front.arrays import OFF, Arrays, Ints, State
from firsthand.plan.pure.front.problem import Problem, Roster

Clock = Callable[[], float]
_WHOLE = 450  # people up to whom the last phase is worth its while
_GROUP = 36
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
    lock: threading.Lock = field(default_factory=threading.Lock)

    def over(self) -> bool:
        return self.asked() or self.clock() >= self.until or self.cost <= self.bound

    def left(self) -> float:
        return self.until - self.clock()

    def offer(self, state: State) -> bool:
        """Keeps a roster that is no worse. Whether it was better."""
        cost = score.weigh(self.a, state).cost
        with self.lock:
            if cost > self.cost or not score.fits(self.a, state):
                return False
            better, self.best, self.cost = cost < self.cost, state, cost
        if better:
            self.say()
        return better

    def raise_bound(self, to: int) -> None:
        if to > self.bound:
            self.bound = min(to, self.cost)
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
    with ThreadPoolExecutor(max_workers=1) as pool:
        climbed = _start(run, seed, workers)
        climbing = pool.submit(_climb_on, run, climbed)
        run.phase = "better"
        _better(run, seed, min(4, workers))
        if not run.over() and len(a.least) <= _WHOLE:
            run.phase = "proof"
            _proof(run, seed, workers)
        climbing.result()
    roster = arrays.roster_of(run.best)
    verdict = referee.judge(problem, roster)
    return Solution(roster, verdict.cost, run.bound, clock() - began, verdict)


def _start(run: _Run, seed: int, workers: int) -> bound.Bound:
    a = run.a
    with ThreadPoolExecutor(max_workers=1) as pool:
        people, seconds = start.crossing(a), max(0.5, run.left() / 3)
        placing = pool.submit(
            start.place, a, people, seconds=seconds, seed=seed, workers=workers, stop=run.asked
        )
        climbed = bound.climb(a, run.cost, run.clock, run.until, rounds=_ROUNDS, stop=run.asked)
        run.raise_bound(climbed.whole)
        others = placing.result()
    for state in start.flows(a, climbed, others, rounds=16):
        run.offer(state)
        if run.over():
            break
    return climbed


def _climb_on(run: _Run, climbed: bound.Bound) -> None:
    while not run.over():
        before = climbed.value
        climbed = bound.climb(
            run.a, run.cost, run.clock, run.until, climbed.prices, rounds=400, stop=run.over
        )
        run.raise_bound(climbed.whole)
        if climbed.value < before + 0.02:
            return


def _better(run: _Run, seed: int, threads: int) -> None:
    """Groups of people again, all others as they are; several groups at a time."""
    quiet = [0]

    def work(number: int) -> None:
        chance = random.Random(seed * 1000 + number)
        while not run.over() and quiet[0] < (24 if len(run.a.least) <= _WHOLE else 10**9):
            state = run.best
            group, watched = _group(run.a, state, chance)
            model = exact.Model(run.a, state, group, watched)
            found = model.solve(
                seconds=min(3.0, run.left()), workers=1, seed=chance.randrange(2**31), stop=run.asked
            )
            if found.state is not None and _take(run, found.state, group):
                quiet[0] = 0
            else:
                quiet[0] += 1

    with ThreadPoolExecutor(max_workers=threads) as pool:
        for done in [pool.submit(work, number) for number in range(threads)]:
            done.result()


def _take(run: _Run, found: State, group: Ints) -> bool:
    """The group's new shifts in the best roster, which others may have changed meanwhile."""
    merged = run.best.copy()
    merged.room[group], merged.session[group] = found.room[group], found.session[group]
    return run.offer(merged)


def _group(a: Arrays, state: State, chance: random.Random) -> tuple[Ints, list[exact.Place]]:
    """People with something to mend, and others at random who could take their places."""
    found = score.weigh(a, state)
    dear = np.where(state.room != OFF, np.maximum(a.wish, 0), 0).sum(axis=1)
    trouble = found.over.sum(axis=1) * 3 + found.short * 10 + np.maximum(dear - 1, 0)
    rooms: list[int] = [chance.randrange(a.allowed.shape[2])]
    wanted: set[int] = set()
    if len(found.unled) and chance.random() < 0.5:
        room, week = chance.choice(found.unled.tolist())
        able = a.executive & a.allowed[:, a.week == week, room].any(axis=1)
        wanted, rooms = set(np.nonzero(able)[0].tolist()[:8]), [room]
    elif len(found.alone) and chance.random() < 0.7:
        h, room = chance.choice(found.alone.tolist())
        wanted, rooms = set(np.nonzero((state.room[:, h] == room) & a.newcomer)[0].tolist()[:8]), [room]
        helping = np.nonzero(a.buddy & a.allowed[:, h, room])[0].tolist()
        wanted |= set(chance.sample(helping, min(8, len(helping))))
    here = np.nonzero(a.allowed[:, :, rooms[0]].any(axis=1))[0]
    weights = trouble[here].astype(float)
    if weights.sum() > 0:
        wanted |= set(chance.choices(here.tolist(), weights.tolist(), k=8))
    others = [p for p in here.tolist() if p not in wanted]
    chance.shuffle(others)
    group = np.array(sorted(wanted | set(others[: max(0, _GROUP - len(wanted))])), dtype=np.int64)
    return group, [(int(h), int(r)) for h, r in found.alone]


def _proof(run: _Run, seed: int, workers: int) -> None:
    a, alone = run.a, score.weigh(run.a, run.best).alone
    model = exact.Model(a, run.best, range(len(a.least)), [(int(h), int(r)) for h, r in alone])
    found = model.solve(
        seconds=run.left(),
        workers=workers,
        seed=seed,
        at_least=run.bound,
        found=lambda state, _, low: (run.offer(state), run.raise_bound(int(np.ceil(low - 1e-6))))[0],  # type: ignore[arg-type,return-value]
        stop=run.over,
    )
    if found.state is not None:
        run.offer(found.state)
        run.raise_bound(int(np.ceil(found.bound - 1e-6)))
