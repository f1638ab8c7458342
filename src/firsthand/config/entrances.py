"""Does the server ask who signs in? Of our own one pg_hba.conf says so (walls.py); another one shows that file to its
superuser only.

So each login is tried without any proof. No password is sent, not even a wrong one: wherever the server looks
passwords up, no account is locked, and nothing of ours is written into its log.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import psycopg
from django.conf import settings
from psycopg.conninfo import conninfo_to_dict

from firsthand.config.database import DJANGO, NAMES

# libpq gives up as soon as the server asks for anything, and shows no certificate and no ticket of its own accord.
NO_PROOF = {
    "require_auth": "none",
    "sslcertmode": "disable",
    "gssencmode": "disable",
    "connect_timeout": 3,
    "application_name": "firsthand",
}
DIRECT = "DATABASE_DIRECT_URL"  # as the front, past a pooler
LIBPQ = 160000  # since then it knows `require_auth`
TELLS = 160000  # since then PostgreSQL says by what it knows somebody (`system_user`)


class Lets(StrEnum):
    NOBODY = "nobody"  # it asks, or is out of reach: who needs it says so
    ANYBODY = "anybody"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Entrance:
    setting: str
    role: str
    lets: Lets

    def __str__(self) -> str:
        return f"{self.role} ({DIRECT})" if self.setting == DIRECT else self.role


def tried() -> Iterator[Entrance]:
    """Each login, at the address where it signs in."""
    if settings.DATABASES["default"]["ENGINE"] == "firsthand.config.embedded":
        return
    for alias, name in NAMES.items():
        if alias in settings.DATABASES:
            one = settings.DATABASES[alias]
            yield Entrance(name, one["USER"], _lets(_address(one)))
    if settings.DATABASE_DIRECT_URL:
        direct = conninfo_to_dict(settings.DATABASE_DIRECT_URL)
        yield Entrance(DIRECT, str(direct.get("user", "")), _lets(direct))


def _address(one: dict[str, Any]) -> dict[str, Any]:
    named = {libpq: one[django] for libpq, django in DJANGO.items() if one.get(django)}
    return named | {name: value for name, value in one["OPTIONS"].items() if name != "pool"}


def _lets(address: dict[str, Any]) -> Lets:
    if psycopg.pq.version() < LIBPQ:
        return Lets.UNKNOWN
    password = address.pop("password", None)
    try:
        with psycopg.connect(**{**address, **NO_PROOF}, autocommit=True) as inside:
            return _by(inside, bool(password))
    except psycopg.OperationalError:
        return Lets.NOBODY


def _by(inside: psycopg.Connection[Any], password: bool) -> Lets:
    """On a socket it may know the user of this machine (peer), which is proof enough."""
    if not inside.info.host.startswith(("/", "@")):
        return Lets.ANYBODY
    if inside.info.server_version >= TELLS:
        (known_by,) = inside.execute("SELECT system_user").fetchone() or (None,)
        return Lets.NOBODY if known_by else Lets.ANYBODY
    return Lets.ANYBODY if password else Lets.UNKNOWN  # the one that was given is not asked for
