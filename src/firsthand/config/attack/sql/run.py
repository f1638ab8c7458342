"""Spreads the attempts over the logins: each has a connection, and a process when there are many."""

from __future__ import annotations

import multiprocessing
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from multiprocessing.queues import Queue
from queue import Empty
from typing import Any

from firsthand.config import logins
from firsthand.config.attack import place
from firsthand.config.attack.findings import Say, quiet
from firsthand.config.attack.sql import targets, tokens, worker
from firsthand.config.attack.sql.aims import Token
from firsthand.config.attack.sql.worker import Done, Job
from firsthand.config.attack.world import World

FEW = 10_000  # below that a process is not worth its start


def run(
    world: World, number: int, seed: int, *, zones: Sequence[str] = (), first: bool = False, say: Say = quiet
) -> list[Done]:
    """So many attempts, each in a transaction that is rolled back. `first`: one leak is enough."""
    names = [role.removeprefix("firsthand_") for role in logins.SERVING]
    chosen = [zone for zone in names if not zones or zone in zones]
    share = -(-number // len(chosen))
    jobs = [job(zone, world, share, seed, first) for zone in chosen]
    return _here(jobs) if number <= FEW else _beside(jobs, number, say)


def job(zone: str, world: World, number: int, seed: int, first: bool = False) -> Job:
    aims, given = targets.of(zone, world), given_tokens(zone, world)
    return Job(zone, place.socket(), place.current(), number, seed, aims, given, world.marks, first)


def given_tokens(zone: str, world: World) -> list[Token]:
    made = tokens.tokens(world)
    return made if zone == "protection" else [*made, tokens.of_protection(world)]


def _here(jobs: Sequence[Job]) -> list[Done]:
    with ThreadPoolExecutor(len(jobs)) as threads:
        return list(threads.map(lambda one: worker.attack(one, lambda _: None), jobs))


def _beside(jobs: Sequence[Job], number: int, say: Say) -> list[Done]:
    context = multiprocessing.get_context("spawn")
    answers: Queue[Any] = context.Queue()
    made: dict[int, int] = {}
    done: list[Done] = []
    processes = [
        context.Process(target=worker.attack_beside, args=(n, one, answers), daemon=True)
        for n, one in enumerate(jobs)
    ]
    for process in processes:
        process.start()
    try:
        while len(done) < len(jobs):
            try:
                which, said = answers.get(timeout=10)
            except Empty:
                if any(process.exitcode for process in processes):
                    raise RuntimeError("a process that attacks has ended with an error") from None
                continue
            if isinstance(said, Done):
                done.append(said)
            else:
                made[which] = said
                if sum(made.values()) // 20_000 != (sum(made.values()) - 500) // 20_000:
                    say(f"sql: {sum(made.values()):,} of {number:,}")
    finally:
        for process in processes:
            process.join(timeout=5)
    return done
