"""Keys made once for each installation: one signs sessions, one the tokens of the purpose wall."""

import contextlib
import os
import secrets
import tempfile
from pathlib import Path


def secret_key(home: Path, name: str = "secret") -> str:
    """Read or make `home/name`. A link decides when two processes start at once: none reads half a key."""
    path = home / name
    if not path.exists():
        with tempfile.NamedTemporaryFile("w", dir=home, prefix=f".{name}-", encoding="ascii") as new:  # 0600
            new.write(secrets.token_urlsafe(48))
            new.flush()
            os.fsync(new.fileno())
            with contextlib.suppress(FileExistsError):
                os.link(new.name, path)
    return path.read_text(encoding="ascii").strip()
