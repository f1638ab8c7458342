"""The jobs of planning: forecasts, needs, rosters. A process that gives way to every other."""

import argparse
import asyncio
import contextlib
import os
import signal
import threading

import django
from django.db import OperationalError

from firsthand.config import orphan

LEAST = 10  # of 19: the pages, the clock and the database come first
LOOK = 1.0  # seconds


def run(given: argparse.Namespace) -> int:
    orphan.watch()
    os.nice(LEAST)
    django.setup()
    from firsthand.config import chores, jobs, walls
    from firsthand.plan import working
    from firsthand.plan.pure import simulation
    from firsthand.plan.pure.front import solve

    walls.guard()
    # Now and not at somebody's first reckoning: on a new machine it takes 30 s, and a roster of ten seconds would be
    # none. Until then SIGTERM ends it at once.
    simulation.ready()
    solve.ready()
    stop, turn = threading.Event(), chores.Turn("firsthand planner")
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    while not stop.is_set():
        if not _mine(turn):
            stop.wait(LOOK)
            continue
        # Nobody else plans: what is still called "working" belonged to a process that is gone.
        working.bury()
        ended = threading.Event()
        watcher = threading.Thread(target=_until, args=(stop, turn, ended), name="turn")
        watcher.start()
        asyncio.run(jobs.run(ended, queue=jobs.PLAN, at_once=1))
        watcher.join()
    turn.leave()
    return 0


def _mine(turn: object) -> bool:
    with contextlib.suppress(OperationalError):
        return bool(turn.mine())  # type: ignore[attr-defined]  # chores.Turn needs Django to be imported
    return False


def _until(stop: threading.Event, turn: object, ended: threading.Event) -> None:
    """Ends the jobs when the house ends, or when another process may have got the turn."""
    while not stop.wait(LOOK) and _mine(turn):
        pass
    ended.set()
