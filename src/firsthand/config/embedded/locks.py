"""Who starts the server, and who still uses it. The kernel lets go of both when a process is killed.

No list of process numbers: a killed one would stand in it for ever, and its number would be somebody else's.
"""

import contextlib
import fcntl
import os
import threading
from collections.abc import Iterator
from pathlib import Path

_shares: dict[Path, int] = {}


@contextlib.contextmanager
def starting(home: Path) -> Iterator[None]:
    """One process at a time starts, stops or prepares the server of this home."""
    descriptor = _open(home / "start.lock")
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        fcntl.flock(descriptor, fcntl.LOCK_UN)  # a child forked meanwhile holds the descriptor too
        os.close(descriptor)


def share(home: Path) -> bool:
    """Count this process among the users of the server; whether it was not one before."""
    if home in _shares:
        return False
    _shares[home] = _shared(home)
    return True


def _shared(home: Path) -> int:
    descriptor = _open(home / "users.lock")
    fcntl.flock(descriptor, fcntl.LOCK_SH)
    return descriptor


def leave(home: Path) -> bool:
    """No longer a user of the server; whether this process was the last. Call it while `starting`."""
    descriptor = _shares.pop(home, None)
    if descriptor is None:
        return False
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    finally:
        os.close(descriptor)
    return True


def _open(path: Path) -> int:
    return os.open(path, os.O_RDWR | os.O_CREAT, 0o600)


class _ForChild(threading.local):
    shares: dict[Path, int] | None = None


_for_child = _ForChild()


def _before_fork() -> None:
    """A child would share its parent's lock, and the parent think itself the last user: give it its own."""
    _for_child.shares = {home: _shared(home) for home in _shares}


def _after_in_parent() -> None:
    for descriptor in (_for_child.shares or {}).values():
        os.close(descriptor)


def _after_in_child() -> None:
    for inherited in _shares.values():
        os.close(inherited)
    _shares.clear()
    _shares.update(_for_child.shares or {})


os.register_at_fork(before=_before_fork, after_in_parent=_after_in_parent, after_in_child=_after_in_child)
