"""Tests ask the database as the login that serves the pages: `default` is the front, with its grants.

The administrator connects and becomes that login (SET SESSION AUTHORIZATION), which then is who it would be
by its own name. So a test whose work is rolled back can also enter another zone: there the same connection
becomes the other login, and sees what the test has made. What must be tested with the real login connects by
itself: `psycopg.connect(**logins.plain("outreach"))`.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
from django.db import DEFAULT_DB_ALIAS, connection, connections
from psycopg.pq import TransactionStatus

from firsthand.config import logins
from firsthand.config.embedded.rules import ADMINISTRATOR
from firsthand.kernel import zones

Wrapper = connections.create_connection(DEFAULT_DB_ALIAS).__class__
connect = Wrapper.get_new_connection
change = zones.change


def get_new_connection(self: Any, conn_params: dict[str, Any]) -> Any:
    plain = connect(self, {**conn_params, "user": ADMINISTRATOR})
    plain.execute("SET track_activities = off")  # as each login has it
    plain.execute(f"SET SESSION AUTHORIZATION {conn_params['user']}")
    plain.commit()
    return plain


@contextmanager
def change_in_test(zone: str) -> Iterator[None]:
    front = connections[DEFAULT_DB_ALIAS]
    if not any(block._from_testcase for block in front.atomic_blocks):
        with change(zone):
            yield
        return
    there = connections[zone]
    connections[zone] = front
    try:
        with change(zone), become(logins.ZONES.get(zone, logins.OWNER)):
            yield
    finally:
        connections[zone] = there


@contextmanager
def become(role: str) -> Iterator[None]:
    """On the connection of this thread."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT session_user")
        (before,) = cursor.fetchone()
        cursor.execute(f"SET SESSION AUTHORIZATION {role}")
    try:
        yield
    finally:
        # One that failed is rolled back by a savepoint around this block, and the change with it.
        if connection.connection.info.transaction_status != TransactionStatus.INERROR:
            with connection.cursor() as cursor:
                cursor.execute(f"SET SESSION AUTHORIZATION {before}")


def administrator() -> psycopg.Connection[Any]:
    """Sees what is behind the wall, and may empty every table. For what a test looks at afterwards."""
    return psycopg.connect(**plain("default", user=ADMINISTRATOR), autocommit=True)


def plain(alias: str, **more: Any) -> dict[str, Any]:
    """How to connect as this zone's own login, without Django."""
    params = connections[alias].get_connection_params()
    drop = {"cursor_factory", "context", "prepare_threshold"}
    return {**{name: value for name, value in params.items() if name not in drop}, **more}


def everything() -> Any:
    """What is asked in this block sees what is behind the wall."""
    return become(ADMINISTRATOR)


def install() -> None:
    Wrapper.get_new_connection = get_new_connection
    zones.change = change_in_test


def settle() -> None:
    """After the owner has made the test database: the other logins use it too, and may do what they may."""
    from firsthand.config import grants
    from firsthand.protect import wall

    for alias in connections:
        connections[alias].close()
        connections[alias].settings_dict["NAME"] = connections["owner"].settings_dict["NAME"]
    with zones.of("owner"):
        grants.apply()
        wall.install()
        connection.close()
