"""How long somebody who waits will wait: an honest range in whole minutes, or nothing at all."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

# Below so many answers in the last half hour a median says nothing about the next one.
LEAST = 5
# Four in five of many waits fall into the range: the normal quantile of 90 %.
SPREAD = 1.2816
# A promise of hours is none.
LONGEST = 90


@dataclass(frozen=True)
class Pace:
    """What the last half hour showed, for one language. Times are seconds."""

    seats: int  # that are there for this language: free or in a contact
    answers: Sequence[float] = ()  # when somebody was answered
    lengths: Sequence[float] = ()  # how long a contact kept its seat


@dataclass(frozen=True)
class Minutes:
    low: int
    high: int


def estimate(ahead: int, pace: Pace) -> Minutes | None:
    """Two bases that err on different sides: how fast people were answered (too slow where few called), and
    how soon a seat falls free (too fast where seats leave). The range reaches from one to the other.
    """
    steps = _steps(pace)
    if not steps or pace.seats <= 0:
        return None
    turn = ahead + 1
    # The nth of many independent moments has a spread of the root of n; and the step itself is only as well
    # known as there were answers to learn it from (a median tells about half as much as a mean would).
    known = min(max(len(pace.answers), LEAST), max(len(pace.lengths), LEAST))
    spread = SPREAD * math.sqrt(turn + 2 * turn**2 / known)
    low = min(steps) * max(0.0, turn - spread)
    high = max(steps) * (turn + spread)
    if low / 60 > LONGEST:
        return None
    return Minutes(math.floor(low / 60), max(1, min(LONGEST, math.ceil(high / 60))))


def _steps(pace: Pace) -> list[float]:
    """Seconds between one caller's turn and the next."""
    steps = []
    if len(pace.answers) > LEAST:
        gaps = [later - earlier for earlier, later in pairwise(sorted(pace.answers))]
        # The mean of memoryless gaps, from their median, which one long pause cannot move.
        steps.append(median(gaps) / math.log(2))
    if len(pace.lengths) >= LEAST and pace.seats > 0:
        steps.append(median(pace.lengths) / pace.seats)
    return [step for step in steps if step > 0]
