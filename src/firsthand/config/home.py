"""Where everything this installation keeps lies."""

import os
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

from firsthand.config import env


def base() -> Path:
    """FIRSTHAND_HOME. Root's own home cannot be entered by the user the database runs as."""
    default = "/var/lib/firsthand" if os.geteuid() == 0 else "~/.local/share/firsthand"
    return Path(env.text("FIRSTHAND_HOME", default)).expanduser().resolve()


def home() -> Path:
    """The demo keeps its own, so that it never mixes with an installation that holds real people."""
    return base() / "demo" if env.flag("FIRSTHAND_DEMO") else base()


def make(path: Path) -> Path:
    """Closed to everybody else; root's lets the user the database runs as pass through."""
    try:
        path.mkdir(parents=True, exist_ok=True, mode=0o711 if os.geteuid() == 0 else 0o700)
    except OSError as error:
        raise ImproperlyConfigured(f"{path} cannot be made: {error.strerror}. {OTHER}") from None
    if not os.access(path, os.W_OK | os.X_OK):
        raise ImproperlyConfigured(f"You may not write into {path}. {OTHER}")
    return path


OTHER = "Choose another folder: FIRSTHAND_HOME=…"
