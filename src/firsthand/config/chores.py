"""What the house does by the clock. Each chore is an action of a room; which is done when stands here."""

import contextlib
import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import psycopg
from django.db import InterfaceError, OperationalError, connections

from firsthand.answer import actions as answer
from firsthand.journal import actions as journal
from firsthand.kernel import direct
from firsthand.live import actions as live
from firsthand.people import actions as people
from firsthand.plan.actions import counting
from firsthand.protect import actions as protect
from firsthand.protect import queries as protected
from firsthand.voice import actions as voice

log = logging.getLogger(__name__)

HOUR = 3600.0
TICK = 0.1
# A chore that fails every second is logged at first and then once in so many times.
REPEAT = 60
LOCK = "SELECT pg_try_advisory_lock(hashtextextended(%s, 0))"


@dataclass
class Chore:
    name: str
    every: float
    do: Callable[[], Any]
    due: float = 0.0
    failed: int = 0  # in a row

    def run(self, now: float) -> None:
        """A failure is logged and the others go on; a database out of reach is for the clock to say."""
        self.due = now + self.every
        try:
            self.do()
        except (OperationalError, InterfaceError):
            raise
        except Exception:
            if self.failed % REPEAT == 0:
                log.exception("a chore failed", extra={"chore": self.name, "before": self.failed})
            self.failed += 1
        else:
            self.failed = 0


def usual() -> list[Chore]:
    return [
        Chore("voice.sweep", 1, voice.sweep),
        Chore("answer.sweep", 1, answer.sweep),
        Chore("journal.seal", 1, journal.seal),
        Chore("protect.close_expired", 1, protect.close_expired),
        Chore("live.tidy", 10, live.tidy),
        Chore("journal.partitions", HOUR, journal.partitions),
        Chore("journal.anchor", HOUR, journal.anchor),
        Chore("people.forget_allowances", HOUR, people.forget_allowances),
        Chore("protect.renew_keys", HOUR, protect.renew_keys),
        Chore("protect.nightly", 10 * 60, tonight),
        Chore("plan.tidy", 60, counting.tidy),
        Chore("plan.nightly", 10 * 60, count_yesterday),
        Chore("sessions", HOUR, clear_sessions),
    ]


def tonight() -> None:
    """Let a job do the night's retention, once it is night and until it is done."""
    from procrastinate.exceptions import AlreadyEnqueued

    from firsthand.protect import tasks

    if protected.is_due():
        with contextlib.suppress(AlreadyEnqueued):
            tasks.nightly.defer()


def count_yesterday() -> None:
    """Let the planner count the house's own calls of yesterday and forecast anew."""
    from procrastinate.exceptions import AlreadyEnqueued

    from firsthand.plan.tasks import forecasting

    if counting.is_due():
        with contextlib.suppress(AlreadyEnqueued):
            forecasting.nightly.defer()


def clear_sessions() -> None:
    """Forget sessions that ended."""
    from importlib import import_module

    from django.conf import settings

    import_module(settings.SESSION_ENGINE).SessionStore.clear_expired()


class Turn:
    """Of several workers one has it, for as long as its connection lives."""

    def __init__(self, of: str = "firsthand chores") -> None:
        self.of = of
        self._held: psycopg.Connection[Any] | None = None

    def mine(self) -> bool:
        try:
            if self._held is None:
                self._held = direct.connect(application_name=self.of)
                row = self._held.execute(LOCK, [self.of]).fetchone()
                if not (row and row[0]):
                    self.leave()
            else:
                self._held.execute("SELECT 1")
        except psycopg.Error:
            self.leave()
            raise OperationalError from None
        return self._held is not None

    def leave(self) -> None:
        if self._held is not None:
            with contextlib.suppress(psycopg.Error):
                self._held.close()
        self._held = None


class Clock:
    """Does what is due until it is told to stop. Nothing that goes wrong ends it."""

    def __init__(self, chores: list[Chore], stop: threading.Event) -> None:
        self.chores = chores
        self.stop = stop
        self.turn = Turn()
        self.reachable = True

    def run(self) -> None:
        while not self.stop.wait(TICK):
            self.tick(time.monotonic())
        self.turn.leave()

    def tick(self, now: float) -> None:
        due = [chore for chore in self.chores if chore.due <= now]
        if not due:
            return
        try:
            if self.turn.mine():
                for chore in due:
                    chore.run(time.monotonic())
            else:
                self._wait(due, now)
            self._say(reachable=True)
        except (OperationalError, InterfaceError):
            self._say(reachable=False)
            self._wait(due, now)
        finally:
            connections.close_all()

    def _wait(self, due: list[Chore], now: float) -> None:
        """Try again in a second: the other worker, or the database, may be gone or back by then."""
        for chore in due:
            chore.due = now + 1

    def _say(self, *, reachable: bool) -> None:
        if reachable != self.reachable:
            log.warning(
                "the database is back" if reachable else "the database cannot be reached; trying again"
            )
        self.reachable = reachable
