"""PostgreSQL itself, past a pooler: what LISTENs, runs jobs or holds a lock needs a connection of its own."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
from django.conf import settings
from django.db import connection, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from psycopg.conninfo import conninfo_to_dict

# Django's own, which a plain connection has no use for.
DJANGO = {"cursor_factory", "context", "prepare_threshold"}


def address(**more: Any) -> dict[str, Any]:
    """What `psycopg.connect` needs, DATABASE_DIRECT_URL or the database of the pages."""
    if settings.DATABASE_DIRECT_URL:
        return {**conninfo_to_dict(settings.DATABASE_DIRECT_URL), **more}
    return {**_plain(connection), **more}


def _plain(of: BaseDatabaseWrapper) -> dict[str, Any]:
    return {name: value for name, value in of.get_connection_params().items() if name not in DJANGO}


def connect(**more: Any) -> psycopg.Connection[Any]:
    return psycopg.connect(**{"connect_timeout": 5, **address(**more)}, autocommit=True)


@contextmanager
def alone(name: str) -> Iterator[None]:
    """One process at a time, on whatever machine. The lock ends with the connection, also a killed one."""
    with connect(application_name=f"firsthand {name}") as held:
        held.execute("SELECT pg_advisory_lock(hashtextextended(%s, 0))", [f"firsthand {name}"])
        yield


def why(error: Exception) -> str:
    """What the server said, in one line. A pool says only that it waited in vain, and not for which login: then each
    is tried once more without it."""
    if "couldn't get a connection" in str(error):
        for one in connections.all():
            try:
                psycopg.connect(**{"connect_timeout": 5, **_plain(one)}).close()
            except psycopg.OperationalError as said:
                return f"As {one.settings_dict['USER']}: {_last_line(said)}"
    return _last_line(error)


def _last_line(error: Exception) -> str:
    """psycopg says the same again for every address that it tried."""
    lines = [line.strip(" -") for line in str(error).splitlines() if line.strip()]
    return next((line for line in reversed(lines) if "Multiple connection" not in line), "")
