"""Keeps the house standing: the database, the pages, the worker. What dies is started again."""

import argparse
import contextlib
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from firsthand.cli.database import Keeper
from firsthand.cli.halt import Halt
from firsthand.config import orphan

TICK = 0.1
LONGEST_PAUSE = 30.0
STOOD = 60.0  # seconds after which an end is no longer the fault of the start
HOPELESS = 5  # ends in a row before the first page was served
AFTER = 30.0  # seconds that the others leave to the first page, so that it does not share the cores with them
GRACE = 9.0  # seconds for a child to end by itself; container platforms give ten


@dataclass
class Child:
    name: str
    arguments: list[str]
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    due: float = 0.0
    ends: int = field(default=0)  # in a row

    def start(self) -> None:
        """In a session of its own: Ctrl-C is for the supervisor, which stops things in their order."""
        self.process = subprocess.Popen(
            [sys.executable, "-m", "firsthand", *self.arguments],
            env=orphan.environment(),
            stdin=subprocess.DEVNULL,
            start_new_session=True,
        )
        self.started = time.monotonic()

    def look(self) -> str:
        """Start it when it is due; what to say when it has ended."""
        now = time.monotonic()
        if self.process is None:
            if now >= self.due:
                self.start()
            return ""
        code = self.process.poll()
        if code is None:
            return ""
        self.process = None
        self.ends = 1 if now - self.started > STOOD else self.ends + 1
        pause = min(LONGEST_PAUSE, 0.25 * 2 ** (self.ends - 1))
        self.due = now + pause
        return f"The {self.name} ended ({_why(code)}); it starts again in {pause:.1f} s."

    def ask_to_end(self) -> None:
        if self.process is not None:
            self.process.terminate()

    def end(self, deadline: float) -> None:
        if self.process is None:
            return
        try:
            self.process.wait(max(0.1, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(
                    self.process.pid, signal.SIGKILL
                )  # and its own children: the session is theirs alone
            self.process.wait()
        self.process = None


def _why(code: int) -> str:
    return f"killed by {signal.Signals(-code).name}" if code < 0 else f"exit code {code}"


def children(given: argparse.Namespace, *, busy: bool) -> list[Child]:
    serve = ["serve", "--host", given.host, "--port", str(given.port), *(["--tls"] if given.tls else [])]
    return [
        Child("web server", serve),
        Child("worker", ["worker", *(["--busy"] if busy else [])]),
        Child("planner", ["planner"]),
    ]


class Supervisor:
    def __init__(self, children: list[Child], answers: Callable[[], bool]) -> None:
        self.children = children
        self.answers = answers
        self.stopping = threading.Event()
        self.served = False
        self.keeper = Keeper(self.stopping)

    def begin(self) -> None:
        """The pages; the others follow when the first page is served."""
        later = time.monotonic() + AFTER
        for child in self.children[1:]:
            child.due = later
        self.children[0].start()

    def run(self, ready: Callable[[], None]) -> int:
        """Until a signal asks to stop; a second one does not wait."""
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(number, self._asked)
        self.keeper.start()
        if self.children[0].process is None:
            self.begin()
        try:
            while not self.stopping.is_set():
                self._look()
                if not self.served and self.children[0].process and self.answers():
                    self.served = True
                    for child in self.children[1:]:
                        child.due = min(child.due, time.monotonic())
                    ready()
                _collect([child.process.pid for child in self.children if child.process])
                self.stopping.wait(TICK)
        finally:
            self.stop()
        return 0

    def _asked(self, number: int, _frame: object) -> None:
        for child in self.children if self.stopping.is_set() else []:
            if child.process:
                os.killpg(child.process.pid, signal.SIGKILL)
        self.stopping.set()

    def _look(self) -> None:
        for child in self.children:
            if said := child.look():
                print(f"firsthand: {said}", file=sys.stderr, flush=True)
            if child.ends >= HOPELESS and not self.served:
                raise Halt(f"The {child.name} does not start; why stands above.")

    def stop(self) -> None:
        """Pages and worker, then the database when nobody uses it any more."""
        self.stopping.set()
        deadline = time.monotonic() + GRACE
        for child in self.children:
            child.ask_to_end()
        for child in self.children:
            child.end(deadline)
        self.keeper.end()


def _collect(ours: list[int]) -> None:
    """As the first process of a container we inherit the children of others; the dead must be taken away."""
    if os.getpid() != 1:
        return
    with contextlib.suppress(ChildProcessError):
        while (
            found := os.waitid(os.P_ALL, 0, os.WEXITED | os.WNOHANG | os.WNOWAIT)
        ) and found.si_pid not in ours:
            os.waitpid(found.si_pid, os.WNOHANG)
