"""Homes of their own for the launcher's tests, and processes that use them."""

import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil

from firsthand.config.embedded import Server
from firsthand.config.embedded.leftovers import busy

ROOT = os.geteuid() == 0
STRANGER = "daemon"  # an ordinary user that every Linux has


@contextmanager
def home(name: str = "home") -> Iterator[Path]:
    """A folder that any user may reach; its server is stopped and it is removed afterwards."""
    outer = Path(tempfile.mkdtemp(prefix="fh-"))
    outer.chmod(0o777)
    folder = outer / name
    try:
        yield folder
    finally:
        server = Server(folder)
        if server.places.data.exists() and (ROOT or server.places.data.stat().st_uid == os.geteuid()):
            server.release()
            server.stop()
        if server.places.socket.parent != folder:
            shutil.rmtree(server.places.socket, ignore_errors=True)
        shutil.rmtree(outer, ignore_errors=True)


def postmaster(server: Server) -> int:
    return int(server.places.pidfile.read_text().splitlines()[0])


def kill_postmaster(server: Server) -> None:
    os.kill(postmaster(server), signal.SIGKILL)
    until(lambda: not busy(server.places))


def runs(number: int) -> bool:
    """Not one that ended and whom nobody took away: not every machine has a first process that does."""
    try:
        return psutil.Process(number).status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def until(true, seconds: float = 20) -> None:
    deadline = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < deadline, "it did not come about"
        time.sleep(0.02)


HOLD = """
import sys
from firsthand.config.embedded import CannotStart, Server
server = Server(sys.argv[1], forgetful=len(sys.argv) > 2)
try:
    server.ensure()
except CannotStart as error:
    sys.exit(str(error))
with server.connect() as connection:
    print(connection.execute("SELECT current_user").fetchone()[0], flush=True)
sys.stdin.read()
"""


def user(folder: Path, *more: str) -> subprocess.Popen[str]:
    """A process that uses the database until its standard input closes. It says `firsthand` when it is in."""
    return subprocess.Popen(
        [sys.executable, "-c", HOLD, str(folder), *more],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd="/",
    )


def finish(process: subprocess.Popen[str]) -> tuple[str, str]:
    return process.communicate(timeout=60)


def become(who: str | int, work: Callable[[], object]) -> str:
    """What `work` answers, or the exception it raises, in a child that is this user. Needs root.

    Forked, not executed: the interpreter may lie where that user cannot go.
    """
    number = pwd.getpwnam(who).pw_uid if isinstance(who, str) else who
    reading, writing = os.pipe()
    if (child := os.fork()) == 0:
        try:
            os.setgroups([])
            os.setgid(number)
            os.setuid(number)
            answer = str(work())
        except BaseException as error:
            answer = f"{type(error).__name__}: {error}"
        os.write(writing, answer.encode())
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading) as answers:
        said = answers.read()
    os.waitpid(child, 0)
    return said
