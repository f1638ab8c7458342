"""A child of the supervisor ends when the supervisor is gone, also killed: else it would keep the port."""

import os
import signal
import threading
import time

SUPERVISED = "FIRSTHAND_SUPERVISED"  # set by the supervisor for its children
LOOK = 0.5
GRACE = 8.0


def watch() -> None:
    """Look twice a second whether the parent is still the one that started us. Portable, and cheap."""
    if os.environ.get(SUPERVISED):
        threading.Thread(target=_watch, args=(os.getppid(),), name="orphan", daemon=True).start()


def _watch(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(LOOK)
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(GRACE)
    os.kill(os.getpid(), signal.SIGKILL)
