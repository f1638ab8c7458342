"""Where compiled code is kept, and what somebody sees while it is compiled for the first time."""

import contextlib
import os
import sys
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path

SECONDS = 4.0  # a start takes one or two; one that takes longer compiles


def keep() -> None:
    """numba keeps what it compiled beside the source. Where that cannot be written (a read-only image, a package
    of the system), it goes into the home of the house; where that cannot be written either, nothing is kept.

    Never a folder of `/tmp` by a known name: whoever made it first could put their own code there.
    """
    if "NUMBA_CACHE_DIR" in os.environ or os.access(Path(__file__).parents[1], os.W_OK):
        return
    from django.core.exceptions import ImproperlyConfigured

    from firsthand.config import home

    try:
        folder = str(home.make(home.make(home.base()) / "compiled"))
    except ImproperlyConfigured:
        folder = tempfile.mkdtemp(prefix="firsthand-compiled-")
    os.environ["NUMBA_CACHE_DIR"] = folder


@contextlib.contextmanager
def said() -> Iterator[None]:
    """On stderr, if it takes long: why nothing happens yet."""
    # It cannot know which of the two it is.
    sentence = "Starting takes long: the machine is busy, or the simulation is compiled (the first time, 20 seconds)."
    timer = threading.Timer(SECONDS, lambda: print(sentence, file=sys.stderr, flush=True))
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
