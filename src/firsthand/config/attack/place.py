"""The throw-away database that is attacked: its own home, its own server, copies of it within milliseconds."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import connections
from psycopg import sql

from firsthand.config.attack.marker import MARKER
from firsthand.config.embedded.base import running
from firsthand.config.embedded.rules import ADMINISTRATOR


def check() -> None:
    """An installation's own database is never attacked: a planted word, an UPDATE that worked, would stay."""
    ours = settings.DATABASES["default"]["ENGINE"] == "firsthand.config.embedded"
    if not ours or not (Path(settings.HOME) / MARKER).exists():
        raise ImproperlyConfigured(
            "This is an installation's own database. `firsthand attack` makes one of its own and attacks no other."
        )


def connect(database: str | None = None, user: str = ADMINISTRATOR) -> psycopg.Connection[Any]:
    """Past Django and past the wall: whoever plants and looks afterwards."""
    check()
    server, _ = running(settings.DATABASES["default"]["HOME"])
    return server.connect(database or current(), user)


def socket() -> str:
    server, _ = running(settings.DATABASES["default"]["HOME"])
    return str(server.places.socket / ".s.PGSQL.5432")


def current() -> str:
    return str(connections["default"].settings_dict["NAME"])


def use(database: str) -> None:
    """Django's logins go there from now on."""
    check()
    for alias in connections:
        one = connections[alias]
        one.close()
        one.close_pool()  # type: ignore[attr-defined]
        one.settings_dict["NAME"] = database


def copy(source: str, target: str) -> None:
    """Nobody may be connected to the source."""
    with connect("postgres") as plain:
        plain.execute(_named("DROP DATABASE IF EXISTS {} WITH (FORCE)", target))
        plain.execute(
            sql.SQL("CREATE DATABASE {} TEMPLATE {} STRATEGY file_copy OWNER firsthand").format(
                sql.Identifier(target), sql.Identifier(source)
            )
        )
        # A copy has the database's own rights anew.
        plain.execute(_named("REVOKE ALL ON DATABASE {} FROM PUBLIC", target))
        for role in ("front", "casework", "outreach", "learn", "protection"):
            plain.execute(_named(f"GRANT CONNECT ON DATABASE {{}} TO firsthand_{role}", target))


def drop(database: str) -> None:
    with connect("postgres") as plain:
        plain.execute(_named("DROP DATABASE IF EXISTS {} WITH (FORCE)", database))


@contextmanager
def copied(source: str, target: str) -> Iterator[str]:
    """A copy to break, and Django in it; afterwards Django is where it was."""
    before = current()
    use(before)
    copy(source, target)
    use(target)
    try:
        yield target
    finally:
        use(before)
        drop(target)


def _named(statement: str, name: str) -> sql.Composed:
    return sql.SQL(statement).format(sql.Identifier(name))
