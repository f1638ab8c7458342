"""Large neighbourhoods for any instance: give some days, or some people, back to CP-SAT and hold the rest.

Several threads, each with a small model and one worker. The sizes follow what can be proven in a try's time."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from threading import Lock, Thread

from ortools.sat.python import cp_model

from firsthand.plan.pure.roster import exact
from firsthand.plan.pure.roster.instance import Assignment
from firsthand.plan.pure.roster.model import build
from firsthand.plan.pure.roster.model.build import Free
from firsthand.plan.pure.roster.progress import Search

TRY = 3.0  # seconds


@dataclass
class Sizes:
    """How many days, how many people are given back; one for all threads."""

    days: float
    people: float
    lock: Lock = field(default_factory=Lock)

    def learn(self, of: str, done: bool) -> None:
        with self.lock:
            setattr(self, of, max(2.0, getattr(self, of) * (1.06 if done else 0.94)))


def improve(search: Search, seconds: float, *, seed: int, threads: int) -> None:
    """From the best so far, for so many seconds. Without a roster there is nothing to improve."""
    if search.best is None:
        return
    search.say("windows")
    until = min(search.seconds, search.elapsed + seconds)
    sizes = Sizes(min(8.0, search.instance.days), min(8.0, len(search.instance.people)))
    merging = Lock()
    chances = [random.Random(f"{seed}.{at}") for at in range(threads)]  # noqa: S311
    running = [
        Thread(target=_again, args=(search, until, sizes, merging, chance), daemon=True) for chance in chances
    ]
    for thread in running:
        thread.start()
    for thread in running:
        thread.join()


def _again(search: Search, until: float, sizes: Sizes, merging: Lock, chance: random.Random) -> None:
    while not search.done and search.elapsed < until and search.best is not None:
        given = search.best
        of, free = _part(search, sizes, chance)
        model = build(search.instance, given=given, free=free)
        model.hint(given)
        left = min(TRY, until - search.elapsed)
        if left <= 0.05:
            return
        solver = exact.solver_of(left, chance.randrange(1 << 30), 1)
        with exact.watching(solver, search):
            status = solver.solve(model.cp)
        sizes.learn(of, status == cp_model.OPTIMAL)
        if status in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            _merge(search, model.read(solver.value), free, merging)


def _part(search: Search, sizes: Sizes, chance: random.Random) -> tuple[str, Free]:
    instance = search.instance
    if chance.random() < 0.6:
        long = min(instance.days, round(sizes.days))
        first = chance.randrange(-long // 2, max(1, instance.days - long // 2))
        return "days", lambda person, day: first <= day < first + long
    many = min(len(instance.people), round(sizes.people))
    inside = set(chance.sample(range(len(instance.people)), many))
    return "people", lambda person, day: person in inside


def _merge(search: Search, found: frozenset[Assignment], free: Free, merging: Lock) -> None:
    """Others may have changed the rest meanwhile: put only the part in, if the whole is better for it."""
    with merging:
        now = search.best or frozenset()
        kept = {one for one in now if not free(one.person, one.day)}
        search.found(kept | {one for one in found if free(one.person, one.day)})
