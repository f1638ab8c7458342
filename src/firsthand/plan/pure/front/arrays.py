"""A problem as arrays, for the compiled parts. H half-days, R rooms, L levels, P people, S sessions, C classes.

People who count for the same levels (and alike as executives) form a class: for one of a class a place is worth
as much as for any other. Levels have one row more than the problem names: the last stands for executives a week.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from firsthand.plan.pure.front.problem import Problem, Roster, Shift

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]

OFF = -1
KEPT = 1_000_000  # what leaving a locked place would cost


@dataclass(frozen=True)
class Arrays:
    problem: Problem
    levels: tuple[str, ...]
    day: Ints  # H
    week: Ints  # H
    half: Ints  # H
    friday: Bools  # H
    may_follow: Bools  # H: after work on the half-day before
    week_starts: Bools  # H
    allowed: Bools  # P × H × R
    wish: Ints  # P × H, with locks as −KEPT
    least: Ints  # P
    most: Ints  # P
    a_week: Ints  # P
    ready: Bools  # P
    executive: Bools  # P
    buddy: Bools  # P
    newcomer: Bools  # P
    kind: Ints  # P: class
    counts: Bools  # C × L
    chief: Bools  # C
    wanted: Ints  # H × R × L
    under: Ints  # H × R × L
    over: Ints  # H × R × L
    seats: Ints  # R
    session_day: Ints  # S
    session_seats: Ints  # S
    can: Bools  # P × S
    chief_price: Ints  # R × weeks: for a week without an executive
    locks: int  # that keep somebody in a place where he or she may be


@dataclass
class State:
    """A roster as arrays: the room of each person on each half-day, and the session (OFF: none)."""

    room: npt.NDArray[np.int64]  # P × H
    session: npt.NDArray[np.int64]  # P

    def copy(self) -> State:
        return State(self.room.copy(), self.session.copy())


def build(problem: Problem) -> Arrays:
    half_days, rooms = problem.half_days, len(problem.rooms)
    levels = tuple(
        sorted({need.level for need in problem.needs} | {x for p in problem.people for x in p.levels})
    )
    width = len(problem.halves)
    day = np.arange(half_days) // width
    week = np.array([problem.weeks[d] for d in day], dtype=np.int64)
    wanted = np.zeros((half_days, rooms, len(levels)), dtype=np.int64)
    under, over = np.zeros_like(wanted), np.zeros_like(wanted)
    for need in problem.needs:
        at = need.half_day, need.room, levels.index(need.level)
        wanted[at], under[at], over[at] = need.wanted, need.under, need.over
    classes = sorted({(tuple(sorted(p.levels)), p.executive) for p in problem.people})
    allowed, wish = _open(problem, wanted.sum(axis=2) > 0)
    chief_price = np.zeros((rooms, int(week.max(initial=0)) + 1), dtype=np.int64)
    for need in problem.needs:
        if need.wanted:
            chief_price[need.room, week[need.half_day]] = problem.prices.executive
    people = problem.people
    return Arrays(
        problem=problem,
        levels=levels,
        day=day.astype(np.int64),
        week=week,
        half=(np.arange(half_days) % width).astype(np.int64),
        friday=np.array([d in problem.fridays for d in day], dtype=np.bool_),
        may_follow=np.array([problem.may_follow(h) for h in range(half_days)], dtype=np.bool_),
        week_starts=np.array([h == 0 or week[h] != week[h - 1] for h in range(half_days)], dtype=np.bool_),
        allowed=allowed,
        wish=wish,
        least=np.array([p.least for p in people], dtype=np.int64),
        most=np.array([p.most for p in people], dtype=np.int64),
        a_week=np.array([p.a_week for p in people], dtype=np.int64),
        ready=np.array([not p.trains for p in people], dtype=np.bool_),
        executive=np.array([p.executive for p in people], dtype=np.bool_),
        buddy=np.array([p.buddy for p in people], dtype=np.bool_),
        newcomer=np.array([p.newcomer for p in people], dtype=np.bool_),
        kind=np.array(
            [classes.index((tuple(sorted(p.levels)), p.executive)) for p in people], dtype=np.int64
        ),
        counts=np.array([[level in own for level in levels] for own, _ in classes], dtype=np.bool_),
        chief=np.array([chief for _, chief in classes], dtype=np.bool_),
        wanted=wanted,
        under=under,
        over=over,
        seats=np.array([room.seats for room in problem.rooms], dtype=np.int64),
        session_day=np.array([s.day for s in problem.sessions], dtype=np.int64),
        session_seats=np.array([s.seats for s in problem.sessions], dtype=np.int64),
        can=_can(problem),
        chief_price=chief_price,
        locks=int((wish < -KEPT // 2).sum()),
    )


def _open(problem: Problem, needed: Bools) -> tuple[Bools, Ints]:
    """Where each person may be, and what that costs him or her. Locks leave one place, or none."""
    allowed = np.zeros((len(problem.people), problem.half_days, len(problem.rooms)), dtype=np.bool_)
    wish = np.zeros((len(problem.people), problem.half_days), dtype=np.int64)
    for number, person in enumerate(problem.people):
        speaks = [problem.speaks(number, room) for room in range(len(problem.rooms))]
        allowed[number] = needed & np.array(speaks, dtype=np.bool_)[None, :]
        allowed[number, sorted(person.blocked)] = False
        for half_day, cost in person.wishes.items():
            wish[number, half_day] = cost
    for lock in problem.locks:
        was = lock.room is not None and problem.speaks(lock.person, lock.room)
        was = was and lock.half_day not in problem.people[lock.person].blocked
        allowed[lock.person, lock.half_day] = False
        if lock.room is not None and was:
            allowed[lock.person, lock.half_day, lock.room] = True
            wish[lock.person, lock.half_day] -= KEPT
    return allowed, wish


def _can(problem: Problem) -> Bools:
    can = np.zeros((len(problem.people), len(problem.sessions)), dtype=np.bool_)
    for number, person in enumerate(problem.people):
        if person.trains:
            can[number] = [problem.can_train(number, session) for session in range(len(problem.sessions))]
    return can


def empty(a: Arrays) -> State:
    people, half_days = a.wish.shape
    return State(np.full((people, half_days), OFF), np.full(people, OFF))


def state_of(a: Arrays, roster: Roster) -> State:
    state = empty(a)
    for shift in roster.shifts:
        state.room[shift.person, shift.half_day] = shift.room
    for person, session in roster.training:
        state.session[person] = session
    return state


def roster_of(state: State) -> Roster:
    """Sessions of people without a shift are left out: nobody is trained for nothing."""
    people, half_days = np.nonzero(state.room != OFF)
    pairs = zip(people.tolist(), half_days.tolist(), strict=True)
    shifts = frozenset(Shift(p, h, int(state.room[p, h])) for p, h in pairs)
    busy = {shift.person for shift in shifts}
    sessions = enumerate(state.session.tolist())
    return Roster(shifts, frozenset((p, s) for p, s in sessions if s != OFF and p in busy))
