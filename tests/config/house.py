"""A whole house as `firsthand demo` starts it, in a home and on a port of its own."""

import contextlib
import fcntl
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import psutil

from firsthand.config.embedded import Server
from tests.config import homes


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def words(process: psutil.Process) -> list[str]:
    with contextlib.suppress(psutil.Error):
        return process.cmdline()
    return []


class House:
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.port = free_port()
        self.log = folder.parent / "house.log"
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def server(self) -> Server:
        return Server(self.folder / "demo")

    def start(self) -> float:
        """Until the first page; how many seconds it took."""
        began = time.monotonic()
        clean = {
            name: value for name, value in os.environ.items() if not name.startswith(("FIRSTHAND", "DJANGO"))
        }
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "firsthand", "demo", "--port", str(self.port)],
                env={**clean, "FIRSTHAND_HOME": str(self.folder)},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
            )
        homes.until(lambda: "Ready in" in self.said() or self.process.poll() is not None, 120)
        assert self.process.poll() is None, self.said()
        return time.monotonic() - began

    def said(self) -> str:
        return self.log.read_text()

    def page(self, path: str = "/demo/") -> int:
        """Its status; 0 when nobody answers. The page names people: it needs the database."""
        try:
            with urllib.request.urlopen(f"http://localhost:{self.port}{path}", timeout=20) as answer:
                return answer.status
        except urllib.error.HTTPError as error:
            return error.code
        except OSError:
            return 0

    def child(self, command: str) -> psutil.Process:
        """`serve` or `worker`; the worker begins when the first page is there."""

        def found() -> list[psutil.Process]:
            return [one for one in psutil.Process(self.process.pid).children() if command in words(one)]

        homes.until(found, 60)
        return found()[0]

    def stop(self) -> int:
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(timeout=40)

    @contextlib.contextmanager
    def no_database(self) -> Iterator[None]:
        """Killed, and kept from coming back."""
        held = os.open(self.server.places.home / "start.lock", os.O_RDWR)
        fcntl.flock(held, fcntl.LOCK_EX)
        homes.kill_postmaster(self.server)
        try:
            yield
        finally:
            os.close(held)


@contextlib.contextmanager
def standing() -> Iterator[House]:
    with homes.home() as folder:
        house = House(folder)
        try:
            house.start()
            yield house
        finally:
            if house.process and house.process.poll() is None:
                house.stop()
            server = house.server
            server.stop()
