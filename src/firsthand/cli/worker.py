"""The clock of the house, and its jobs."""

import argparse
import asyncio
import signal
import threading

import django
from django.conf import settings

from firsthand.config import orphan


def run(given: argparse.Namespace) -> int:
    orphan.watch()
    django.setup()
    from firsthand.config import chores, jobs, walls

    walls.guard()
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    clock = chores.Clock([*chores.usual(), *demo(given.busy)], stop)
    thread = threading.Thread(target=clock.run, name="chores")
    thread.start()
    asyncio.run(jobs.run(stop))
    thread.join(timeout=5)
    return 0


def demo(busy: bool) -> list:  # type: ignore[type-arg]  # of chores, which need Django
    """Synthetic callers, or the end of those that an earlier start has left."""
    from firsthand.config.chores import HOUR, Chore
    from firsthand.home import demo

    if not settings.DEMO:
        return []
    today = Chore("demo.ensure_today", HOUR, demo.ensure_today)
    if busy:
        from firsthand.home.demo.busy import Busy

        return [Chore("demo.busy", 1, Busy().step), today]
    from firsthand.home.demo.busy import finish

    return [Chore("demo.finish", 24 * HOUR, finish), today]
