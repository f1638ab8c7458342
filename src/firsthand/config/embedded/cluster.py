"""Makes the cluster and the database in it, once. A half-made one is never taken for a whole one."""

import re
import shutil
from typing import Any

import psycopg

from firsthand.config import logins
from firsthand.config.embedded import programs
from firsthand.config.embedded.owner import Owner
from firsthand.config.embedded.places import MAJOR, Places
from firsthand.config.embedded.rules import ADMINISTRATOR, write
from firsthand.config.embedded.trouble import CannotStart


def make(places: Places, owner: Owner, *, forgetful: bool) -> None:
    new = places.home / f".{places.data.name}.new"
    shutil.rmtree(new, ignore_errors=True)
    new.mkdir(mode=0o700)
    owner.give(new)
    options = [
        "--username",
        ADMINISTRATOR,
        "--encoding",
        "UTF8",
        "--locale",
        "C",
        "--text-search-config",
        "german",
    ]
    options += [
        "--locale-provider",
        "builtin",
        "--builtin-locale",
        "C.UTF-8",
    ]  # the same order on every machine
    options += ["--auth-local", "peer", "--auth-host", "reject", "--no-instructions"]
    if forgetful:
        (places.home / "forgetful").touch()
        options.append("--no-sync")
    failed, said = programs.run(places, owner, "initdb", "--pgdata", new, *options)
    if failed:
        raise CannotStart(f"The database could not be made in {places.home}: {_reason(said)}")
    new.rename(places.data)


def _reason(said: str) -> str:
    """What went wrong, out of many lines that say what went well."""
    found = re.findall(r"(?:error|FATAL|PANIC):\s*(.+)", said)
    return str(found[0] if found else said[-400:]).rstrip(".") + "."


def make_database(places: Places, owner: Owner) -> None:
    """The roles and the database, also where an earlier version made fewer. In tests the owner may make more
    databases; its server then runs by that version's rules, so it is told to read the new ones."""
    with psycopg.connect(**login(places, owner, "postgres", ADMINISTRATOR), autocommit=True) as connection:
        known = {name for (name,) in connection.execute("SELECT rolname FROM pg_roles")}
        for statement in (missing := logins.statements(MAJOR, known)):
            connection.execute(statement)
        if missing:
            write(places, owner)
            connection.execute("SELECT pg_reload_conf()")
        if places.forgetful and missing:
            connection.execute(f"ALTER ROLE {logins.OWNER} CREATEDB")
        wanted = [logins.DATABASE]
        if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", wanted).fetchone():
            connection.execute(f"CREATE DATABASE {logins.DATABASE} OWNER {logins.OWNER}")


def login(
    places: Places, owner: Owner, database: str = logins.DATABASE, role: str = logins.OWNER
) -> dict[str, Any]:
    """How to connect. `requirepeer`: a server that another user put there is not talked to."""
    return {"host": str(places.socket), "dbname": database, "user": role, "requirepeer": owner.name}
