"""Where the database is: DATABASE_URL, or our own PostgreSQL in FIRSTHAND_HOME."""

import os
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlparse

from firsthand.config import env


def home() -> Path:
    """Where everything this installation keeps lies. Root's own home cannot be entered by the server's user."""
    default = "/var/lib/firsthand" if os.geteuid() == 0 else "~/.local/share/firsthand"
    return Path(env.text("FIRSTHAND_HOME", default)).expanduser().resolve()


def databases() -> dict[str, dict[str, Any]]:
    options: dict[str, Any] = {"pool": {"min_size": 1, "max_size": env.number("FIRSTHAND_POOL", 20), "timeout": 10}}
    if url := env.text("DATABASE_URL"):
        return {"default": {**from_url(url, options), "DISABLE_SERVER_SIDE_CURSORS": True}}
    return {
        "default": {
            "ENGINE": "firsthand.config.embedded",
            "NAME": "firsthand",
            "HOME": str(home()),
            "DURABLE": not env.flag("FIRSTHAND_FORGETFUL"),
            "OPTIONS": options,
        }
    }


def from_url(url: str, options: dict[str, Any]) -> dict[str, Any]:
    parts = urlparse(url)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.lstrip("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or ""),
        "PORT": str(parts.port or ""),
        "OPTIONS": {**options, **dict(parse_qsl(parts.query))},
    }
