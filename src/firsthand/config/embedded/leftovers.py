"""What a killed server leaves behind, and which PostgreSQL would stumble over for ever."""

import contextlib
import os

import psutil

from firsthand.config.embedded.places import Places


def clear(places: Places) -> None:
    """Remove the pid file, and the lock of the socket, that name a process which cannot be our server.

    PostgreSQL itself checks the number, and the shared memory of the old server. It is wrong in two cases:
    after the restart of a container (or of the machine) the number is another process of the same user; and
    where nobody collects dead processes, the old server stays in the list as a zombie.
    """
    for file in (places.pidfile, places.lock):
        try:
            lines = file.read_text(encoding="utf-8").splitlines()
            number, written = int(lines[0]), int(lines[2])
        except (OSError, ValueError, IndexError):
            continue
        if _cannot_be(number, written) and not busy(places):
            file.unlink(missing_ok=True)


def _cannot_be(number: int, written: int) -> bool:
    with contextlib.suppress(ChildProcessError, OSError):
        os.waitpid(number, os.WNOHANG)  # our own dead child is gone with this
    try:
        process = psutil.Process(number)
        return bool(process.status() == psutil.STATUS_ZOMBIE or process.create_time() > written + 2)
    except psutil.NoSuchProcess:
        return False  # PostgreSQL sees this itself, and looks at the shared memory as well
    except psutil.Error:
        return False


def busy(places: Places) -> bool:
    """Whether a process still works in the data folder: children of a killed server need a moment."""
    for process in psutil.process_iter():
        with contextlib.suppress(psutil.Error, OSError):
            if process.cwd() == str(places.data):
                return True
    return False


def status(places: Places) -> str:
    """What the server last wrote about itself: starting, ready, stopping; empty when it is not there."""
    try:
        return places.pidfile.read_text(encoding="utf-8").splitlines()[7].strip()
    except (OSError, IndexError):
        return ""
