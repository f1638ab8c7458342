"""Does the database answer, as whom are we there, does a wake-up arrive?"""

from collections.abc import Iterator
from typing import Any

import psycopg
from django.conf import settings
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.utils import OperationalError

from firsthand.config.health.finding import Finding, mend, well
from firsthand.kernel import direct

OLDEST = 15
CHANNEL = "firsthand_doctor"


def _row(statement: str) -> tuple[Any, ...]:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return tuple(cursor.fetchone() or ())


def reachable() -> bool:
    """Whether the others can ask it; an answer that is ill is one."""
    try:
        return bool(_row("SELECT 1"))
    except OperationalError:
        return False


def answers() -> Iterator[Finding]:
    embedded = settings.DATABASES["default"]["ENGINE"] == "firsthand.config.embedded"
    whose = "our own" if embedded else "DATABASE_URL"
    try:
        number, fsync = _row("SELECT current_setting('server_version_num')::int, current_setting('fsync')")
    except OperationalError as error:
        yield mend(
            "database", f"The database ({whose}) does not answer. {direct.why(error)}", _start(embedded)
        )
        return
    major, minor = divmod(number, 10000)
    if major < OLDEST:
        yield mend("database", f"PostgreSQL {major} is too old.", f"Bring it to {OLDEST} or newer.")
    elif fsync != "on":
        yield mend(
            "database",
            "The database forgets what was saved when the power fails (fsync is off).",
            "It was made with FIRSTHAND_FORGETFUL, for tests. Choose another FIRSTHAND_HOME for real work."
            if embedded
            else "Set fsync = on in its postgresql.conf.",
        )
    else:
        yield well("database", f"PostgreSQL {major}.{minor} answers ({whose}).")


def _start(embedded: bool) -> str:
    return (
        "See what the server says in its log."
        if embedded
        else "Are DATABASE_URL_FRONT and the others right, and does that server run?"
    )


def direct_address() -> Iterator[Finding]:
    """A pooler takes LISTEN and never delivers: pages would not live. So one is sent and waited for."""
    try:
        with direct.connect() as listening:
            listening.execute(f"LISTEN {CHANNEL}")
            _row(f"SELECT pg_notify('{CHANNEL}', '')")
            arrived = any(True for _ in listening.notifies(timeout=2, stop_after=1))
    except psycopg.Error as error:
        arrived = False
        says = f"The direct address of the database does not answer ({type(error).__name__})."
    else:
        says = "A wake-up from the database does not arrive; pages would stand still."
    if arrived:
        yield well("live pages", "A wake-up from the database arrives.")
    else:
        yield mend(
            "live pages",
            says,
            "Set DATABASE_DIRECT_URL to PostgreSQL itself, past any pooler such as PgBouncer.",
        )


def migrations() -> Iterator[Finding]:
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if plan:
        yield mend(
            "migrations", f"{len(plan)} changes of the database are still to be made.", "firsthand prepare"
        )
    else:
        yield well("migrations", "The database is as this version needs it.")
