"""The same problem for CP-SAT: all of it, or some people with everybody else as they are.

Buddies are watched only in the places named (`watched`): in most there are enough of them whatever happens, and a
roster in which no newcomer is alone is best for the full problem too.
"""

from __future__ import annotations

import itertools
import threading
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import numpy as np
from ortools.sat.python import cp_model

from firsthand.plan.pure.front import bound
from firsthand.plan.pure.front.arrays import KEPT, OFF, Arrays, Bools, Ints, State

Place = tuple[int, int]  # half-day, room
_FAR = 2**50  # above every objective


@dataclass(frozen=True)
class Outcome:
    state: State | None
    cost: int | None  # of the whole roster, but for buddies in places that are not watched
    bound: float
    proven: bool


class Model:
    """`free`: the people who may change; `state`: where all others are, and a hint for these.

    `keep`: the shifts and sessions to choose from (P × H × R, P × S), beside those of the state; without it all."""

    def __init__(
        self,
        a: Arrays,
        state: State,
        free: Iterable[int],
        watched: Iterable[Place] = (),
        keep: tuple[Bools, Bools] | None = None,
    ) -> None:
        self.a, self.state, self.free, self.watched = a, state, tuple(free), sorted(set(watched))
        self.allowed, self.can = a.allowed, a.can
        if keep is not None:
            self.allowed, self.can = a.allowed & keep[0], a.can & keep[1]
            p, h = np.nonzero(state.room != OFF)
            self.allowed[p, h, state.room[p, h]] |= a.allowed[p, h, state.room[p, h]]
            p = np.nonzero(state.session != OFF)[0]
            self.can[p, state.session[p]] |= a.can[p, state.session[p]]
        self.model = cp_model.CpModel()
        self.x: dict[tuple[int, int, int], Any] = {}
        self.own: dict[int, list[tuple[int, int, int]]] = defaultdict(list)
        self.y: dict[tuple[int, int], Any] = {}
        self.at: dict[Place, list[tuple[int, Any]]] = defaultdict(list)  # place → (person, variable)
        self.terms: list[Any] = []
        self.prices: list[int] = []
        self.constant = a.locks * KEPT  # what no choice changes
        self.hints: list[tuple[Any, int]] = []
        self.fixed = np.ones(len(a.least), dtype=np.bool_)
        self.fixed[list(self.free)] = False
        self.constant += int(own_cost(a, state)[self.fixed].sum())
        for person in self.free:
            self._person(person)
        self._sessions()
        self._needs()
        self._executives()
        self._buddies()
        self.cost = cp_model.LinearExpr.weighted_sum(self.terms, self.prices)
        self.model.minimize(self.cost)

    def _price(self, term: Any, price: int, hint: int | None = None) -> None:
        self.terms.append(term)
        self.prices.append(int(price))
        if hint is not None:
            self.hints.append((term, hint))

    def _person(self, p: int) -> None:
        a, model = self.a, self.model
        by_day: dict[int, list[Any]] = defaultdict(list)
        by_half_day: dict[int, list[Any]] = defaultdict(list)
        for h, r in np.argwhere(self.allowed[p]).tolist():
            var = self.x[p, h, r] = model.new_bool_var("")
            self.own[p].append((p, h, r))
            self.hints.append((var, int(self.state.room[p, h] == r)))
            by_day[int(a.day[h])].append(var)
            by_half_day[h].append(var)
            self.at[h, r].append((p, var))
            if a.wish[p, h]:
                self._price(var, a.wish[p, h])
        for h, variables in by_half_day.items():
            before = by_half_day.get(h - 1, []) if not a.may_follow[h] else []
            if len(variables) + len(before) > 1:
                model.add_at_most_one(variables + before)
        if not a.ready[p]:
            self._training(p, by_day)
        self._limits(p, by_half_day)

    def _training(self, p: int, by_day: dict[int, list[Any]]) -> None:
        a, model = self.a, self.model
        on_day: dict[int, list[Any]] = defaultdict(list)
        for s in np.nonzero(self.can[p])[0].tolist():
            var = self.y[p, s] = model.new_bool_var("")
            self.hints.append((var, int(self.state.session[p] == s)))
            on_day[int(a.session_day[s])].append(var)
        model.add_at_most_one([var for variables in on_day.values() for var in variables])
        trained: list[Any] = []
        for day in range(int(a.day.max()) + 1):
            if day in by_day:
                ready = cp_model.LinearExpr.sum(trained) if trained else 0
                if a.problem.a_day == 1:
                    model.add(cp_model.LinearExpr.sum(by_day[day]) <= ready)
                else:
                    for var in by_day[day]:
                        model.add(var <= ready)
            trained.extend(on_day.get(day, []))

    def _limits(self, p: int, by_half_day: dict[int, list[Any]]) -> None:
        a, model, prices = self.a, self.model, self.a.problem.prices
        every = [var for variables in by_half_day.values() for var in variables]
        sort: dict[tuple[str, int], list[Any]] = defaultdict(list)
        for h, variables in by_half_day.items():
            sort["week", int(a.week[h])].extend(variables)
            sort["half", int(a.half[h])].extend(variables)
            if a.friday[h]:
                sort["friday", 0].extend(variables)
        if len(every) > a.most[p]:
            model.add(cp_model.LinearExpr.sum(every) <= int(a.most[p]))
        worked = self.state.room[p] != OFF
        if a.least[p]:
            short = model.new_int_var(0, int(a.least[p]), "")
            model.add(cp_model.LinearExpr.sum(every) + short >= int(a.least[p]))
            self._price(short, prices.least, max(0, int(a.least[p]) - int(worked.sum())))
        for (name, number), variables in sort.items():
            if name == "week" and len(variables) > a.a_week[p]:
                model.add(cp_model.LinearExpr.sum(variables) <= int(a.a_week[p]))
            if name == "friday":
                self._even(
                    variables, prices.fridays, prices.friday, int(worked[a.friday].sum()), int(a.most[p])
                )
            if name == "half":
                there = int(worked[a.half == number].sum())
                self._even(variables, prices.each_half, prices.half, there, int(a.most[p]))

    def _even(self, variables: list[Any], free: int, price: int, there: int, most: int) -> None:
        if price and min(len(variables), most) > free:
            over = self.model.new_int_var(0, most - free, "")
            self.model.add(cp_model.LinearExpr.sum(variables) - over <= free)
            self._price(over, price, max(0, there - free))

    def _sessions(self) -> None:
        taken = np.bincount(
            self.state.session[self.fixed & (self.state.session != OFF)], minlength=len(self.a.session_day)
        )
        wanting: dict[int, list[Any]] = defaultdict(list)
        for (_, s), var in self.y.items():
            wanting[s].append(var)
        for s, variables in wanting.items():
            seats = max(0, int(self.a.session_seats[s] - taken[s]))
            if len(variables) > seats:
                self.model.add(cp_model.LinearExpr.sum(variables) <= seats)

    def _needs(self) -> None:
        a = self.a
        self.there = present(a, self.state, self.fixed)
        now = present(a, self.state, np.ones_like(self.fixed))
        seated = np.zeros(a.allowed.shape[1:], dtype=np.int64)
        for r in range(a.allowed.shape[2]):
            seated[:, r] = (self.state.room[self.fixed] == r).sum(axis=0)
        for h, r in np.argwhere((a.wanted + self.there).sum(axis=2) > 0).tolist():
            people = self.at.get((h, r), [])
            room = max(0, int(a.seats[r] - seated[h, r]))
            if len(people) > room:
                self.model.add(cp_model.LinearExpr.sum([var for _, var in people]) <= room)
            for level in range(len(a.levels)):
                able = [var for p, var in people if a.counts[a.kind[p], level]]
                self._need((h, r, level), able, int(now[h, r, level]))

    def _need(self, at: tuple[int, int, int], able: list[Any], have: int) -> None:
        a, model, total = self.a, self.model, cp_model.LinearExpr.sum(able) if able else 0
        wanted, gap = int(a.wanted[at]), int(a.wanted[at] - self.there[at])
        if not able:
            self.constant += int(max(0, gap) * a.under[at] + max(0, -gap) * a.over[at])
            return
        if gap > 0 and a.under[at]:
            short = model.new_int_var(0, gap, "")
            model.add(total + short >= gap)
            self._price(short, a.under[at], max(0, wanted - have))
        if a.over[at]:
            surplus = model.new_int_var(0, max(0, len(able) - gap), "")
            model.add(total - surplus <= gap)
            self._price(surplus, a.over[at], max(0, have - wanted))

    def _executives(self) -> None:
        a = self.a
        chiefs = self.state.room[a.executive & self.fixed]
        for r, week in np.argwhere(a.chief_price > 0).tolist():
            if (chiefs[:, a.week == week] == r).any():
                continue
            able = [
                var
                for (h, room), people in self.at.items()
                if room == r and a.week[h] == week
                for p, var in people
                if a.executive[p]
            ]
            if able:
                none = self.model.new_bool_var("")
                self.model.add_bool_or([*able, none])
                self._price(none, a.chief_price[r, week])
            else:
                self.constant += int(a.chief_price[r, week])

    def _buddies(self) -> None:
        """A first shift is one with none before. People who stay as they are count as they are."""
        a, prices, model = self.a, self.a.problem.prices, self.model
        if not prices.buddy:
            return
        firsts: dict[Place, list[Any]] = defaultdict(list)
        if self.watched:
            for p in self.free:
                if a.newcomer[p]:
                    self._firsts(p, firsts)
        worked = self.state.room != OFF
        settled = np.nonzero(self.fixed & a.newcomer & worked.any(axis=1))[0]
        began = worked[settled].argmax(axis=1)
        for h, r in self.watched:
            mine = firsts.get((h, r), [])
            ones = int(((began == h) & (self.state.room[settled, h] == r)).sum())
            there = int((self.state.room[self.fixed & a.buddy, h] == r).sum())
            buddies = [var for p, var in self.at.get((h, r), []) if a.buddy[p]]
            spare = prices.newcomers_each * there - ones
            if len(mine) > spare:
                alone = model.new_int_var(0, len(mine) + ones, "")
                signs = [1] * len(mine) + [-prices.newcomers_each] * len(buddies) + [-1]
                model.add(cp_model.LinearExpr.weighted_sum([*mine, *buddies, alone], signs) <= spare)
                self._price(alone, prices.buddy)

    def _firsts(self, p: int, firsts: dict[Place, list[Any]]) -> None:
        """A variable for each shift of a newcomer that is 1 if it is the first, in watched places."""
        earlier: list[Any] = []
        near = set(self.watched)
        for h, group in itertools.groupby(self.own[p], key=lambda key: key[1]):
            shifts = [(key[2], self.x[key]) for key in group]
            for r, var in shifts:
                if (h, r) in near:
                    now = self.model.new_bool_var("")
                    self.model.add_bool_or([now, ~var, *earlier])
                    firsts[h, r].append(now)
            earlier.extend(var for _, var in shifts)

    def solve(
        self,
        *,
        seconds: float,
        workers: int,
        seed: int,
        at_least: int | None = None,
        hint: bool = True,
        found: Callable[[State, int, float], None] | None = None,
        stop: Callable[[], bool] = lambda: False,
    ) -> Outcome:
        """The best within so many seconds. `at_least`: a bound known from elsewhere: who reaches it, is done."""
        if at_least is not None:
            self.model.proto.objective.domain.extend([at_least - self.constant, _FAR])
        if hint:
            for var, value in self.hints:
                self.model.add_hint(var, value)
        solver = cp_model.CpSolver()
        solver.parameters.max_time_in_seconds = max(0.05, seconds)
        solver.parameters.num_workers = workers
        solver.parameters.random_seed = seed % 2**31
        if (
            workers < 8
        ):  # CP-SAT's own choice leaves the linear program out; here it is nearly all there is to know
            solver.parameters.linearization_level = 2
        with asking(solver.stop_search, stop):
            status = solver.solve(self.model, _Heard(self, found))
        good = status in (cp_model.OPTIMAL, cp_model.FEASIBLE)
        return Outcome(
            self.read(solver.boolean_value) if good else None,
            round(solver.objective_value) + self.constant if good else None,
            solver.best_objective_bound + self.constant,
            status == cp_model.OPTIMAL,
        )

    def read(self, value: Callable[[Any], bool]) -> State:
        state = self.state.copy()
        state.room[list(self.free)] = OFF
        state.session[list(self.free)] = OFF
        for (p, h, r), var in self.x.items():
            if value(var):
                state.room[p, h] = r
        for (p, s), var in self.y.items():
            if value(var):
                state.session[p] = s
        return state


class _Heard(cp_model.CpSolverSolutionCallback):
    def __init__(self, model: Model, found: Callable[[State, int, float], None] | None) -> None:
        super().__init__()
        self.model, self.found = model, found

    def on_solution_callback(self) -> None:
        if self.found is not None:
            state = self.model.read(self.boolean_value)
            constant = self.model.constant
            self.found(state, round(self.objective_value) + constant, self.best_objective_bound + constant)


@contextmanager
def asking(end: Callable[[], object], stop: Callable[[], bool]) -> Iterator[None]:
    """Asks again and again whether to stop: a solver may find nothing for long."""
    done = threading.Event()

    def ask() -> None:
        while not done.wait(0.05):
            if stop():
                end()

    asking = threading.Thread(target=ask, daemon=True)
    asking.start()
    try:
        yield
    finally:
        done.set()
        asking.join()


def own_cost(a: Arrays, state: State) -> Ints:
    """What each person's shifts cost, whatever the others do: wishes, fewest shifts, Fridays, mornings."""
    worked = state.room != OFF
    short = np.maximum(a.least - worked.sum(axis=1), 0) * a.problem.prices.least
    free, dear = bound.evenness(a)
    uneven = np.maximum(worked @ bound.sorts(a) - free, 0) @ dear
    return np.asarray(np.where(worked, a.wish, 0).sum(axis=1) + short + uneven, dtype=np.int64)


def present(a: Arrays, state: State, who: Any) -> Ints:
    """H × R × L: how many of these people there are."""
    there = np.zeros_like(a.wanted)
    p, h = np.nonzero((state.room != OFF) & who[:, None])
    for level in range(len(a.levels)):
        own = a.counts[a.kind[p], level]
        np.add.at(there, (h[own], state.room[p[own], h[own]], level), 1)
    return there
