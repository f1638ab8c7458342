"""The key that signs sessions, made once for each installation."""

import contextlib
import os
import secrets
import tempfile
from pathlib import Path


def secret_key(home: Path) -> str:
    """Read or make `home/secret`. A link decides when two processes start at once: none reads half a key."""
    path = home / "secret"
    if not path.exists():
        with tempfile.NamedTemporaryFile("w", dir=home, prefix=".secret-", encoding="ascii") as new:  # 0600
            new.write(secrets.token_urlsafe(48))
            new.flush()
            os.fsync(new.fileno())
            with contextlib.suppress(FileExistsError):
                os.link(new.name, path)
    return path.read_text(encoding="ascii").strip()
