"""PostgreSQL itself, past a pooler: what LISTENs, runs jobs or holds a lock needs a connection of its own."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
from django.conf import settings
from django.db import connection
from psycopg.conninfo import conninfo_to_dict

# Django's own, which a plain connection has no use for.
DJANGO = {"cursor_factory", "context", "prepare_threshold"}


def address(**more: Any) -> dict[str, Any]:
    """What `psycopg.connect` needs, DATABASE_DIRECT_URL or the database of the pages."""
    if settings.DATABASE_DIRECT_URL:
        return {**conninfo_to_dict(settings.DATABASE_DIRECT_URL), **more}
    ours = connection.get_connection_params()
    return {**{name: value for name, value in ours.items() if name not in DJANGO}, **more}


def connect(**more: Any) -> psycopg.Connection[Any]:
    return psycopg.connect(**{"connect_timeout": 5, **address(**more)}, autocommit=True)


@contextmanager
def alone(name: str) -> Iterator[None]:
    """One process at a time, on whatever machine. The lock ends with the connection, also a killed one."""
    with connect(application_name=f"firsthand {name}") as held:
        held.execute("SELECT pg_advisory_lock(hashtextextended(%s, 0))", [f"firsthand {name}"])
        yield
