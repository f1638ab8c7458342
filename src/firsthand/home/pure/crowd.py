"""How a busy morning behaves: when the next callers come, how patient they are, what a helper does when."""

from __future__ import annotations

import math
from collections.abc import Collection
from dataclasses import dataclass
from random import Random

# Calls a minute at the quietest and the fullest; a wave of ten minutes, so that a wall is worth looking at.
QUIET, FULL, WAVE = 3.0, 8.0, 600
LANGUAGES, SPOKEN = ["de", "fr", "it", "en"], [66, 20, 9, 5]


@dataclass(frozen=True)
class Pace:
    """Everything that is drawn for one contact, in seconds since the state in which it matters began."""

    patience: float
    answers: float
    declines: bool
    names: float
    holds: float | None
    resumes: float
    writes: float
    talks: float
    caller_ends: bool
    wraps: float
    solved: bool


def rate(now: float) -> float:
    """Calls a minute at this moment."""
    return QUIET + (FULL - QUIET) * (1 + math.sin(2 * math.pi * now / WAVE)) / 2


def arrivals(rng: Random, a_minute: float, seconds: float) -> int:
    """How many call within these seconds (Poisson)."""
    left, calls = a_minute * seconds / 60, 0
    while (left := left - rng.expovariate(1.0)) > 0:
        calls += 1
    return calls


def caller(rng: Random, topics: Collection[str]) -> tuple[str, str]:
    """The language and the topic chosen on the page; some choose none."""
    topic = rng.choice([*topics]) if rng.random() < 0.7 else ""
    return rng.choices(LANGUAGES, SPOKEN)[0], topic


def pace(rng: Random) -> Pace:
    talks = rng.uniform(40, 180)
    holds = talks * rng.uniform(0.35, 0.5) if rng.random() < 0.18 else None
    return Pace(
        patience=min(30 + rng.expovariate(1 / 120), 900.0),
        answers=rng.uniform(2, 6),
        declines=rng.random() < 0.02,
        names=talks * rng.uniform(0.15, 0.3),
        holds=holds,
        resumes=(holds or 0) + rng.uniform(5, 15),
        writes=talks * rng.uniform(0.7, 0.9),
        talks=talks,
        caller_ends=rng.random() < 0.6,
        wraps=rng.uniform(8, 40),
        solved=rng.random() < 0.8,
    )


def due(its: Pace, state: str, seconds: float, done: Collection[str]) -> str:
    """What is to be done now with a contact that has been in this state for so long; empty: nothing yet."""
    for verb, at in _plan(its, state):
        if verb not in done and seconds >= at:
            return verb
    return ""


def _plan(its: Pace, state: str) -> list[tuple[str, float]]:
    if state in {"waiting", "callback"}:
        return [("give_up", its.patience)]
    if state == "offered":
        return [("decline" if its.declines else "take", its.answers)]
    if state == "wrap_up":
        return [("close", its.wraps)]
    if state != "connected":
        return []
    hold = [("hold", its.holds), ("resume", its.resumes)] if its.holds is not None else []
    talk = [("name", its.names), *hold, ("write", its.writes)]
    return [
        *sorted(talk, key=lambda step: step[1]),
        ("caller_hangs_up" if its.caller_ends else "hang_up", its.talks),
    ]
