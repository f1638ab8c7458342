"""Whom to look at again: people with something to mend, and others who could take their places."""

from __future__ import annotations

import random

import numpy as np

from firsthand.plan.pure.front import exact, score
from firsthand.plan.pure.front.arrays import OFF, Arrays, Bools, Ints, State


def choose(a: Arrays, state: State, chance: random.Random, size: int) -> Ints:
    """So many people around a room."""
    found = score.weigh(a, state)
    room = chance.randrange(a.allowed.shape[2])
    wanted: set[int] = set()
    if len(found.unled) and chance.random() < 0.5:
        room, week = chance.choice(found.unled.tolist())
        wanted = set(_some(a.executive & a.allowed[:, a.week == week, room].any(axis=1), chance, 8))
    elif len(found.alone) and chance.random() < 0.7:
        h, room = chance.choice(found.alone.tolist())
        wanted = set(_some((state.room[:, h] == room) & a.newcomer, chance, 8))
        wanted |= set(_some(a.buddy & a.allowed[:, h, room], chance, 8))
    here = np.nonzero(a.allowed[:, :, room].any(axis=1))[0].tolist()
    dear = np.where(state.room != OFF, np.maximum(a.wish, 0), 0).sum(axis=1)
    trouble = (found.over.sum(axis=1) * 3 + found.short * 10 + np.maximum(dear - 1, 0))[here]
    if trouble.sum() > 0:
        wanted |= set(chance.choices(here, trouble.tolist(), k=size // 4))
    others = [p for p in here if p not in wanted]
    chance.shuffle(others)
    group = sorted(wanted | set(others[: max(0, size - len(wanted))]))
    return np.array(group, dtype=np.int64)


def _some(people: Bools, chance: random.Random, most: int) -> list[int]:
    numbers = np.nonzero(people)[0].tolist()
    return chance.sample(numbers, min(most, len(numbers)))


def crowded(a: Arrays) -> list[exact.Place]:
    """Places that could hold more newcomers than one buddy looks after."""
    needed = np.argwhere(a.wanted.max(axis=2, initial=0) > 0)
    return [(int(h), int(r)) for h, r in needed] if a.newcomer.any() and a.problem.prices.buddy else []
