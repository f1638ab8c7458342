"""The key that signs sessions, made once for each installation."""

import os
import secrets
from pathlib import Path


def secret_key(home: Path) -> str:
    """Read or make `home/secret`. `O_EXCL` decides when two processes start at once."""
    path = home / "secret"
    home.mkdir(parents=True, exist_ok=True, mode=0o711)
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text(encoding="ascii").strip()
    with os.fdopen(descriptor, "w") as file:
        file.write(key := secrets.token_urlsafe(48))
    return key
