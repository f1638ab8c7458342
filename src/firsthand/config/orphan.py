"""A child of the supervisor ends when the supervisor is gone, also killed: else it would keep the port."""

import os
import signal
import threading
import time

SUPERVISED = "FIRSTHAND_SUPERVISED"  # the process that started us; set by the supervisor for its children
LOOK = 0.5
GRACE = 8.0


def environment() -> dict[str, str]:
    """For a child of this process: whose end is its own."""
    return {**os.environ, SUPERVISED: str(os.getpid())}


def watch() -> None:
    """Look twice a second whether our parent is still the one that started us. Portable, and cheap.

    Its number is handed down and not asked for here: it may have been killed while we began.
    """
    if parent := os.environ.get(SUPERVISED):
        threading.Thread(target=_watch, args=(int(parent),), name="orphan", daemon=True).start()


def _watch(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(LOOK)
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(GRACE)
    os.kill(os.getpid(), signal.SIGKILL)
