"""From half-way people to a roster: settle those who are whole, relax again for the rest, at last CP-SAT for a few.

Only shifts and sessions that a roster of the target's cost can have are left in (`worth.reduced`), so that most
relaxations stay at the target. Where one rises above it, the last choice is taken back.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

import numpy as np

from firsthand.plan.pure.front import exact, linear
from firsthand.plan.pure.front.arrays import OFF, Arrays, Bools, Floats, Ints, State

_WHOLE = 1e-4
_NEARLY = 0.05
_BACK = 4  # choices taken back before it is CP-SAT's turn
_LEFT = 30
_FEW = 150  # people whom CP-SAT places at once


@dataclass(frozen=True)
class Point:
    """Everybody who is whole has shifts and a session; `half`: who is not, and has none here."""

    state: State
    half: Bools  # P

    @property
    def promise(self) -> int:
        """Least first: nobody left to place; else enough people for a way out, and few enough to be quick."""
        people = int(self.half.sum())
        return abs(people - _LEFT) if people else -1


def points(
    a: Arrays,
    keep: tuple[Bools, Bools],
    target: float,
    *,
    near: linear.Relaxed | None = None,
    seconds: Callable[[], float],
    stop: Callable[[], bool],
) -> Iterator[Point]:
    """Ever fewer half-way people, at no more than `target`. `near`: settles at once who is all but whole there."""
    shift, session = a.allowed & keep[0], a.can & keep[1]
    if near is not None:
        settled = ~_half(near, _NEARLY)
        shift[settled] &= near.shift[settled] > 0.5
        session[settled] &= near.session[settled] > 0.5
    tried, chosen, back = (
        session,
        None,
        0,
    )  # chosen: a person, and the one session left to him or her in `tried`
    while seconds() > 0 and not stop():
        answer = linear.relax(a, (shift, tried), seconds=seconds(), stop=stop)
        if answer is None or (chosen is None and answer.cost > target + _WHOLE):
            return
        if answer.cost > target + _WHOLE:
            if back == _BACK:
                return
            session[chosen], chosen, back = False, None, back + 1
            tried = session
            continue
        half = _half(answer, _WHOLE)
        yield Point(_state(answer, half), half)
        session = tried
        shift[~half], session[~half] = answer.shift[~half] > 0.5, answer.session[~half] > 0.5
        chosen = _most_decided(answer, session)
        if chosen is None:
            return
        tried = session.copy()
        tried[chosen[0]] = False
        tried[chosen] = True


def _most_decided(answer: linear.Relaxed, session: Bools) -> tuple[int, int] | None:
    open_ = np.where(_between(answer.session, _WHOLE), answer.session, 0.0)
    open_[session.sum(axis=1) == 1] = 0.0  # settled already, though he or she may not need it
    if not open_.any():
        return None
    person, number = np.unravel_index(open_.argmax(), open_.shape)
    return int(person), int(number)


def complete(
    a: Arrays,
    point: Point,
    keep: tuple[Bools, Bools],
    watched: Iterable[exact.Place],
    target: float,
    *,
    seconds: float,
    seed: int,
    workers: int,
    stop: Callable[[], bool],
) -> State | None:
    """The half-way people placed beside all others; None if they are too many, or time was too short."""
    people = np.nonzero(point.half)[0]
    if not len(people):
        return point.state
    if len(people) > _FEW:
        return None
    model = exact.Model(a, point.state, people, watched, keep)
    return model.solve(
        seconds=seconds, workers=workers, seed=seed, at_least=math.ceil(target), hint=False, stop=stop
    ).state


def _between(values: Floats, by: float) -> Bools:
    return np.asarray((values > by) & (values < 1 - by))


def _half(answer: linear.Relaxed, by: float) -> Bools:
    return np.asarray(_between(answer.shift, by).any(axis=(1, 2)) | _between(answer.session, by).any(axis=1))


def _state(answer: linear.Relaxed, half: Bools) -> State:
    room, session = _most(answer.shift), _most(answer.session)
    room[half] = OFF
    session[half | (room == OFF).all(axis=1)] = OFF
    return State(room, session)


def _most(values: Floats) -> Ints:
    """Along the last axis the number of the one that is chosen."""
    with_none = np.concatenate([np.full((*values.shape[:-1], 1), 0.5), values], axis=-1)
    return np.asarray(with_none.argmax(axis=-1) - 1)
