"""Files of the house that are written once."""

import os
import tempfile
from pathlib import Path


def write_once(path: Path, words: str, *, mode: int = 0o600) -> bool:
    """Whether this process wrote it; one that is there stands. A link gives it its name when it is whole: of two
    processes that begin at once none reads half of it, and one that is killed leaves none.
    """
    with tempfile.NamedTemporaryFile("w", dir=path.parent, prefix=".new-", encoding="ascii") as file:
        file.write(words)
        file.flush()
        os.fchmod(file.fileno(), mode)
        os.fsync(file.fileno())
        try:
            os.link(file.name, path)
        except FileExistsError:
            return False
    return True
