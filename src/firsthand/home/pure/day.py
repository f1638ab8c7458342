"""A working day on the phones, replayed in memory: who called when, who answered, how long it took.

One seat has one call at a time and the seat that has been idle longest is next, as in the house itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from random import Random

# Calls a half-hour from eight to six, as an insurer's November looks: mornings, and after lunch.
HALF_HOURS = [9, 12, 14, 14, 13, 12, 10, 7, 5, 7, 11, 12, 11, 10, 9, 8, 6, 5, 3, 2]
OPENS_AT = 8
LANGUAGES, SPOKEN = ["de", "fr", "it", "en"], [66, 20, 9, 5]
SAYS_TOPIC = 0.7
SOLVED = 0.79


@dataclass(frozen=True)
class Chair:
    """Somebody who answers: languages and topics as the seat will have them."""

    person: int
    languages: tuple[str, ...]
    topics: frozenset[str]


@dataclass(frozen=True)
class Answered:
    person: int
    offered_at: datetime
    connected_at: datetime
    talk_at: datetime
    hung_up_at: datetime
    solved: bool


@dataclass(frozen=True)
class Past:
    """One contact as it went. Not answered: the caller gave up at `ended_at`."""

    language: str
    topic: str  # as the caller chose on the page; empty: did not say
    concern: str  # the topic it was really about
    queued_at: datetime
    ended_at: datetime
    answered: Answered | None = None


def draw(
    rng: Random, midnight: datetime, count: int, chairs: Sequence[Chair], topics: Sequence[str]
) -> list[Past]:
    """`topics` in the order in which they are asked for: the first most often."""
    free = {chair.person: midnight for chair in chairs}
    weights = [1 / (1 + rank) for rank in range(len(topics))]
    arrivals = _arrivals(rng, midnight, count)
    return [_contact(rng, at, chairs, free, rng.choices(topics, weights)[0]) for at in arrivals]


def _arrivals(rng: Random, midnight: datetime, count: int) -> Iterator[datetime]:
    halves = rng.choices(range(len(HALF_HOURS)), HALF_HOURS, k=count)
    seconds = sorted(OPENS_AT * 3600 + half * 1800 + rng.uniform(0, 1800) for half in halves)
    yield from (midnight + timedelta(seconds=second) for second in seconds)


def _contact(
    rng: Random, at: datetime, chairs: Sequence[Chair], free: dict[int, datetime], concern: str
) -> Past:
    language = rng.choices(LANGUAGES, SPOKEN)[0]
    topic = concern if rng.random() < SAYS_TOPIC else ""
    patience = 3 + rng.expovariate(1 / 150)
    # Sometimes everybody fit is away from the desk for a moment.
    busy = rng.expovariate(1 / 55) if rng.random() < 0.22 else rng.uniform(0.1, 0.6)
    fit = [one for one in chairs if language in one.languages and (not topic or topic in one.topics)]
    chair = min(fit, key=lambda one: free[one.person], default=None)
    offered = max(at + timedelta(seconds=busy), free[chair.person]) if chair else None
    past = Past(language, topic, concern, at, at + timedelta(seconds=patience))
    if chair is None or offered is None or offered > past.ended_at:
        return past
    return _answered(rng, past, offered, chair, free)


def _answered(rng: Random, past: Past, offered: datetime, chair: Chair, free: dict[int, datetime]) -> Past:
    connected = offered + timedelta(seconds=rng.uniform(2, 9))
    talk = connected + timedelta(seconds=rng.uniform(0.3, 1.4))
    hung_up = talk + timedelta(seconds=min(rng.lognormvariate(5.55, 0.55), 1500))
    ended = hung_up + timedelta(seconds=rng.uniform(20, 110))
    free[chair.person] = ended + timedelta(seconds=rng.uniform(0.1, 30))
    went = Answered(chair.person, offered, connected, talk, hung_up, solved=rng.random() < SOLVED)
    return replace(past, ended_at=ended, answered=went)
