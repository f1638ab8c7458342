"""Attacks as one login over one connection. Knows no Django: it may run in a process of its own."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from multiprocessing.queues import Queue
from typing import Any

from firsthand.config.attack import allowed
from firsthand.config.attack.findings import Leak
from firsthand.config.attack.marks import Mark, Marks
from firsthand.config.attack.sql import generator
from firsthand.config.attack.sql.aims import Targets, Token
from firsthand.config.attack.sql.generator import Attempt
from firsthand.config.attack.sql.wire import Answer, Wire

BREATH = 48  # statements that are under way at once; twice that, while their answers are read
LIMITS = {"options": "-c statement_timeout=4000 -c lock_timeout=300"}
ENOUGH = 40  # leaks of one login that are made as short as can be


@dataclass(frozen=True)
class Job:
    zone: str
    socket: str
    database: str
    number: int
    seed: int
    targets: Targets
    tokens: list[Token]
    marks: Marks
    first: bool = False  # one leak is enough

    def wire(self) -> Wire:
        return Wire(self.socket, f"firsthand_{self.zone}", self.database, **LIMITS)


@dataclass
class Done:
    """What one login tried."""

    zone: str
    made: int = 0
    seconds: float = 0.0
    codes: Counter[str] = field(default_factory=Counter)  # SQLSTATE → how often; "" = it was not refused
    leaks: dict[tuple[str, str], Leak] = field(default_factory=dict)


def attack(job: Job, tell: Callable[[int], None]) -> Done:
    done, wire, began = Done(job.zone), job.wire(), time.perf_counter()
    tried = generator.attempts(job.targets, job.tokens, job.seed)
    try:
        for attempt, answer in _answered(wire, islice(tried, job.number)):
            done.made += 1
            done.codes[answer.code] += 1
            if seen := seen_wrongly(job, attempt, answer):
                _note(job, done, attempt, seen)
                if job.first:
                    break
            if done.made % 500 == 0:
                tell(done.made)
    finally:
        wire.close()
    done.seconds = time.perf_counter() - began
    tell(done.made)
    return done


def attack_beside(which: int, job: Job, answers: Queue[Any]) -> None:
    """In a process of its own."""
    answers.put((which, attack(job, lambda made: answers.put((which, made)))))


def seen_wrongly(job: Job, attempt: Attempt, answer: Answer) -> str:
    """What was seen that must not be; "" if nothing."""
    rightly = job.zone in attempt.token.opens
    if attempt.rows and answer.rows and not (rightly and attempt.root in allowed.WALLED):
        return f"{answer.rows} rows of {attempt.root or attempt.relation}"
    if not job.marks.suspicious(answer.raw):
        return ""
    own, looked = (
        attempt.token.member if rightly else None,
        attempt.token.looked if job.zone == "front" else None,
    )
    wrong = sorted(
        (
            mark
            for mark in job.marks.found(answer.raw)
            if not allowed.may_see(job.zone, mark, own=own)
            and not (looked and mark.table == "protect_read" and mark.member == looked)
        ),
        key=_number,
    )
    return ", ".join(f"mark {mark}" for mark in wrong[:3])


def _number(mark: Mark) -> int:
    return mark.number


def _answered(wire: Wire, tried: Iterator[Attempt]) -> Iterator[tuple[Attempt, Answer]]:
    """Two breaths under way: the server works at one while we read the other."""
    under_way: list[list[Attempt]] = []
    while True:
        if breath := list(islice(tried, BREATH)):
            wire.send([attempt.sent for attempt in breath])
            under_way.append(breath)
        if not under_way:
            return
        if len(under_way) == 2 or not breath:
            first = under_way.pop(0)
            yield from zip(first, wire.receive(len(first)), strict=True)


def _note(job: Job, done: Done, attempt: Attempt, seen: str) -> None:
    """One for each way and table, made as short as it still leaks."""
    key = attempt.way, attempt.root or attempt.relation
    known = done.leaks.get(key)
    if known is None and len(done.leaks) < ENOUGH:
        shows, seen = _shortest(job, attempt, seen)
    elif known is not None and len(attempt.says) < len(known.shows):
        shows = attempt.says
    else:
        return
    done.leaks[key] = Leak("sql", f"firsthand_{job.zone}", f"{attempt.way}: {key[1]}", shows, seen)


def _shortest(job: Job, attempt: Attempt, seen: str) -> tuple[str, str]:
    """On a connection of its own: nothing that an earlier attempt left there helps."""
    wire = job.wire()
    try:
        for says in sorted(_shorter(attempt), key=len):
            one = Attempt(says, attempt.way, attempt.relation, attempt.root, attempt.token, attempt.rows)
            (answer,) = wire.ask([one.sent])
            if len(says) < len(attempt.says) and (still := seen_wrongly(job, one, answer)):
                return says, still
    finally:
        wire.close()
    return attempt.says, seen


def _shorter(attempt: Attempt) -> Iterator[str]:
    """The table as it is; then the same statement without what was set before it."""
    said, token = attempt.says.split(";"), attempt.token.says
    given = next((part for part in said if token and token in part), "")
    if attempt.root:
        for start in ("", f"{given};" if given else ""):
            yield f"{start}SELECT * FROM {attempt.relation}"
    if len(said) > 2 and given:
        yield f"{given};{';'.join(said[-3:])}"
    yield said[-1]
    if given:
        yield f"{given};{said[-1]}"
