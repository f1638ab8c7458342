"""Keys made once for each installation: one signs sessions, one the tokens of the purpose wall."""

import secrets
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

from firsthand.kernel.files import write_once

SHORTEST = 32


def secret_key(home: Path, name: str, given: str = "") -> str:
    """`given` from the environment, else read or make `home/name`."""
    if given:
        return _long_enough(given, f"The {name} in the environment")
    path = home / name
    if not path.exists():
        write_once(path, secrets.token_urlsafe(48))
    return _long_enough(path.read_text(encoding="ascii", errors="replace").strip(), str(path))


def _long_enough(secret: str, where: str) -> str:
    """A file that was cut off, or a word for a key, would let anybody sign what only this house may sign."""
    if len(secret) < SHORTEST:
        raise ImproperlyConfigured(
            f"{where} is no key: it has fewer than {SHORTEST} letters. Bring it back from a backup, or make one with: "
            "openssl rand -base64 48 (then everybody signs in anew, and `firsthand prepare` tells the database)."
        )
    return secret
