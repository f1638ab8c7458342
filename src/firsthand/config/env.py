"""Settings come from the environment; a secret may stand in a file named by X_FILE."""

import os
from collections.abc import Collection
from pathlib import Path
from zoneinfo import ZoneInfo

from django.core.exceptions import ImproperlyConfigured


def text(name: str, default: str = "") -> str:
    if path := os.environ.get(f"{name}_FILE"):
        try:
            return Path(path).read_text(encoding="utf-8").strip()
        except OSError as error:
            raise ImproperlyConfigured(f"{name}_FILE: {path} cannot be read: {error.strerror}.") from None
    return os.environ.get(name, default)


def flag(name: str, default: bool = False) -> bool:
    return text(name, "1" if default else "0").lower() in {"1", "true", "yes", "on"}


def number(name: str, default: int, least: int = 0) -> int:
    try:
        found = int(text(name) or default)
    except ValueError:
        found = least - 1
    if found < least:
        raise ImproperlyConfigured(f"{name} must be a whole number from {least}, for example {default}.")
    return found


def choice(name: str, default: str, choices: Collection[str]) -> str:
    found = text(name) or default
    if found not in choices:
        raise ImproperlyConfigured(f"{name} is one of {', '.join(choices)}, for example {default}.")
    return found


def zone(name: str, default: str) -> str:
    found = text(name) or default
    try:
        ZoneInfo(found)
    except (ValueError, OSError, KeyError):
        raise ImproperlyConfigured(f"{name}: “{found}” is no time zone; {default} is one.") from None
    return found


def words(name: str, default: str = "") -> list[str]:
    return [word.strip() for word in text(name, default).split(",") if word.strip()]
