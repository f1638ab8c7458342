"""Is the purpose wall whole? Asked at each start, which refuses what it finds, and by `firsthand doctor`.

All of it stands in PostgreSQL's own catalogue, which every login may read.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import InterfaceError, OperationalError, ProgrammingError, connection, transaction

from firsthand.config import entrances, grants, guards, logins, policies, zones
from firsthand.kernel import direct, sql
from firsthand.protect import wall

AGAIN = 1.0  # seconds until the database is asked for again
PREPARE = "Run `firsthand prepare`."
ROLES = "`firsthand roles --sql` says how it is made."
MOVED = (
    "Somebody with the owner's login changed it. Find out who, tell the data-protection officer, "
    "then set it up anew from a backup or with the statements of the rooms' sql/*.sql."
)
ASK = (
    "In its pg_hba.conf put scram-sha-256 for trust (or ident) on each line for these roles, also by `all`; "
    "in a pooler look at auth_type. Then reload it, and ask who came in."
)

# What reads the token, and whether the logins call it: only then with the keeper's rights and a path of its own.
READERS = {"protect_token": True, "protect_shown": True, "protect_mac": False}
SAFE_PATH = "search_path=pg_catalog, pg_temp"


@dataclass(frozen=True)
class Fault:
    says: str
    do: str


def faults() -> list[Fault]:
    """Nothing when the wall is whole. Without tables there is nothing to protect yet."""
    if "protect_token" not in {row[0] for row in _rows("token")}:
        return [Fault("The purpose wall is not built yet.", PREPARE)]
    checks: list[Callable[[], Iterator[Fault]]] = [
        _roles,
        _direct,
        _tables,
        _token,
        _policies,
        _functions,
        _guards,
        _key,
        _grants,
        _entrances,
        _others,
    ]
    return [fault for check in checks for fault in check()]


def _rows(name: str, on: Any = None) -> list[tuple[Any, ...]]:
    given: dict[str, Any] = {
        "roles": [*logins.SERVING, logins.KEEPER],
        "serving": [*logins.SERVING],
        "keeper": logins.KEEPER,
        "tables": [*zones.PROTECTED],
        "readers": [*READERS],
    }
    with (on or connection).cursor() as cursor:
        cursor.execute(sql.named("firsthand.config", "walls")[name], given)
        return list(cursor.fetchall())


def _roles() -> Iterator[Fault]:
    rows = _rows("roles")
    for missing in {*logins.SERVING, logins.KEEPER} - {row[0] for row in rows}:
        yield Fault(f"There is no role {missing} in the database.", ROLES)
    for role, superuser, bypasses, makes, may_sign_in, member_of, owns in rows:
        alter = f"ALTER ROLE {role} {logins.PLAIN};"
        if superuser:
            yield Fault(f"{role} is a superuser: no wall holds it.", alter)
        if bypasses:
            yield Fault(f"{role} passes by row-level security (BYPASSRLS).", alter)
        if makes:
            yield Fault(f"{role} may make roles or databases, or copy the whole server.", alter)
        if owns:
            yield Fault(
                f"{role} owns what it serves: an owner can take the wall away.",
                "Let the role of DATABASE_URL own the database and every table: REASSIGN OWNED BY … TO …;",
            )
        for other in member_of:
            yield Fault(f"{role} is a member of {other} and has its rights.", f"REVOKE {other} FROM {role};")
        if role == logins.KEEPER and may_sign_in:
            yield Fault(f"Somebody can sign in as {role}, who reads the key.", f"ALTER ROLE {role} NOLOGIN;")


def _direct() -> Iterator[Fault]:
    """DATABASE_DIRECT_URL is a login of its own: jobs and wake-ups must not be the owner's."""
    user = str(direct.address().get("user", ""))
    if settings.DATABASE_DIRECT_URL and user != logins.ZONES["default"]:
        yield Fault(
            f"DATABASE_DIRECT_URL signs in as {user or 'nobody named'}.",
            f"Let it sign in as {logins.ZONES['default']}, as DATABASE_URL_FRONT does.",
        )


def _tables() -> Iterator[Fault]:
    for table, owned, enabled, forced, number, open_ones, others in _rows("tables"):
        alter = f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;"
        if enabled is None:
            yield Fault(f"The protected table {table} is not there.", PREPARE)
        elif not enabled:
            yield Fault(f"{table} is not behind the wall: row-level security is off.", alter)
        elif not forced:
            yield Fault(f"{table} is open to its owner: row-level security is not forced.", alter)
        if owned is False:
            yield Fault(
                f"{table} does not belong to the owner of the database.",
                "REASSIGN OWNED BY … TO …; where the second is the role of DATABASE_URL.",
            )
        if enabled is not None and not number:
            yield Fault(f"{table} has no policy: nobody sees a row.", MOVED)
        for policy in open_ones or ():
            yield Fault(f"The policy “{policy}” of {table} asks for no token.", MOVED)
        for role in others or ():
            yield Fault(f"A policy of {table} lets {role} in.", MOVED)


def _token() -> Iterator[Fault]:
    built = sql.script("firsthand.protect", "wall")
    found = {name: more for name, *more in _rows("token")}
    for name, entrance in READERS.items():
        says = f"The function that checks the tokens ({name})"
        owner, definer, config, words = found.get(name, ("", False, "", ""))
        if owner != logins.KEEPER or definer != entrance or config != (SAFE_PATH if entrance else ""):
            yield Fault(f"{says} was set up otherwise.", MOVED)
        elif words.strip() not in built:
            yield Fault(f"{says} has other words than ours.", MOVED)


def _policies() -> Iterator[Fault]:
    for says in policies.wrong(_rows("policies")):
        yield Fault(says, MOVED)
    for says in policies.renamed(_rows("shown")):
        yield Fault(says, MOVED)


def _functions() -> Iterator[Fault]:
    """Many act with the owner's rights; those that read the token are asked about above."""
    for name, words in _rows("functions"):
        if words.strip() and words.strip() not in guards.scripts() and name not in READERS:
            yield Fault(f"The function {name} has other words than ours.", MOVED)


def _guards() -> Iterator[Fault]:
    for says in guards.broken(_rows("guards")):
        yield Fault(says, MOVED)
    for table, name in _rows("bare"):
        yield Fault(f"The trigger {name} of {table} is not there.", MOVED)


def _key() -> Iterator[Fault]:
    for (role,) in _rows("key"):
        yield Fault(
            f"{role} can read or change the key of the wall.",
            f"REVOKE ALL ON protect_wall_key FROM PUBLIC, {role}; then make a new key (docs/guide/wall.md).",
        )
    try:
        with transaction.atomic(), wall.within({"start"}, person=None):
            believed = bool(_rows("believed")[0][0])
    except ProgrammingError:  # the grants say why
        return
    if not believed:
        yield Fault(
            "The database does not believe this machine's key of the wall: nobody would see a note.",
            "Give all machines the same FIRSTHAND_WALL_KEY, then run `firsthand prepare`.",
        )


def _grants() -> Iterator[Fault]:
    found = grants.difference()
    for right in found.too_much:
        of = "everybody" if right.role == grants.PUBLIC else right.role
        yield Fault(f"{of} may {right}, against config/zones.py.", PREPARE)
    for right in found.missing:
        yield Fault(f"{right.role} lacks {right}.", PREPARE)
    for thing in found.unlisted:
        yield Fault(f"{thing} stands in no zone.", "Name it in config/zones.py.")


def _entrances() -> Iterator[Fault]:
    """Of our own server we can ask who may enter; at another one we try."""
    from firsthand.config.embedded import base, rules

    here = settings.DATABASES["default"]
    if here["ENGINE"] != "firsthand.config.embedded":
        yield from _trusted()
        return
    server, _ = base.running(here["HOME"], here.get("FORGETFUL", False))
    with server.connect("postgres", rules.ADMINISTRATOR) as administrator:
        for line, method in _rows("hba", on=administrator):
            yield Fault(
                f"Line {line} of the database's pg_hba.conf lets people in by “{method}”.",
                "Take it out (also hba_file in mine.conf), and start again: Firsthand writes that file.",
            )


def _trusted() -> Iterator[Fault]:
    found = [str(one) for one in entrances.tried() if one.lets is entrances.Lets.ANYBODY]
    if found:
        yield Fault(f"The database lets anybody in, without a password, as {', '.join(found)}.", ASK)


def _others() -> Iterator[Fault]:
    """Django writes values into its statements, and PostgreSQL shows them to others of the same login."""
    if _rows("activities") != [("off",)]:
        each = " ".join(f"ALTER ROLE {role} SET track_activities = off;" for role in logins.SERVING)
        yield Fault(
            "What one session sends, others of the same login can read (pg_stat_activity).",
            f"As administrator: {each}",
        )


def sentence(found: list[Fault]) -> str:
    """For the terminal: the first ones, and what to do."""
    lines = [f"{fault.says} {fault.do}" for fault in found[:5]]
    more = [f"And {len(found) - 5} more: firsthand doctor"] if len(found) > 5 else []
    return "\n  ".join(["Firsthand does not start, because the purpose wall is not whole.", *lines, *more])


def guard(server: int = 0) -> None:
    """In a process that serves, before its first page; `server` is who would start the next one. A database
    out of reach is waited for beside it: what comes back may be another one.
    """
    if not _asked(server):
        threading.Thread(target=_ask_until_answered, args=(server,), name="wall", daemon=True).start()


def _asked(server: int) -> bool:
    try:
        found = faults()
    except (OperationalError, InterfaceError):
        return False
    finally:
        connection.close()
    if found:
        print(f"firsthand: {sentence(found)}", file=sys.stderr, flush=True)
        if server:
            os.kill(server, signal.SIGTERM)
        os._exit(2)  # as every command that could not begin
    return True


def _ask_until_answered(server: int) -> None:
    while not _asked(server):
        time.sleep(AGAIN)
