"""Brings what PostgreSQL allows to what config/zones.py says, and says where the two differ."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fnmatch import fnmatchcase
from itertools import groupby
from typing import Any

from django.db import connection, transaction

from firsthand.config import logins, zones
from firsthand.kernel import sql

WORDS = {"s": "SELECT", "i": "INSERT", "u": "UPDATE", "d": "DELETE"}
ROLES = {role.removeprefix("firsthand_"): role for role in (*logins.SERVING, logins.KEEPER)}
PUBLIC = "PUBLIC"


@dataclass(frozen=True, order=True)
class Right:
    owner: str
    kind: str
    object: str
    column: str
    role: str
    what: str

    def __str__(self) -> str:
        of = f" ({self.column})" if self.column else ""
        return f"{self.what}{of} ON {self.kind} {self.object}"


@dataclass(frozen=True)
class Thing:
    kind: str
    name: str
    owner: str
    inner: bool  # a partition, or a function that is only a trigger: nobody needs a right
    columns: list[str] | None
    table: str | None

    @property
    def plain(self) -> str:
        return self.name.partition("(")[0]


@dataclass(frozen=True)
class Difference:
    missing: list[Right]
    too_much: list[Right]
    unlisted: list[str]  # a table, view or function that config/zones.py does not name

    def __bool__(self) -> bool:
        return bool(self.missing or self.too_much or self.unlisted)


def difference() -> Difference:
    """For whoever is signed in: all may read what all may do."""
    things = [Thing(*row) for row in _rows("there")]
    has, wanted = set(_actual()), set(_wanted(things))
    return Difference(sorted(wanted - has), sorted(has - wanted), sorted(_unlisted(things)))


def apply() -> Difference:
    """As the owner, after the migrations. A table that is not listed is nobody's."""
    found = difference()
    changes = [(right, f"REVOKE {right} FROM {right.role}") for right in found.too_much]
    changes += [(right, f"GRANT {right} TO {right.role}") for right in found.missing]
    # What an administrator has put here is not ours to change: the doctor names it.
    ((_, *owners),) = _rows("owners")
    changes = [change for change in changes if change[0].owner in {*owners, logins.KEEPER}]
    changes.sort(key=lambda change: change[0].owner == logins.KEEPER)
    with connection.cursor() as cursor:
        for keepers, some in groupby(changes, lambda change: change[0].owner == logins.KEEPER):
            words = "; ".join(statement for _, statement in some)
            cursor.execute(f"SET ROLE {logins.KEEPER}; {words}; RESET ROLE" if keepers else words)
    return found


def let_in() -> None:
    """As the owner: the logins may enter the database. All else that `prepare` does begins with a sign-in as one of
    them. What `prepare` makes alone in another process is waited for.
    """
    if not _rows("shut_out"):
        return
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended('firsthand prepare', 0))")
        for database, role in _rows("shut_out"):
            names = (connection.ops.quote_name(one) for one in (database, role))
            cursor.execute("GRANT CONNECT ON DATABASE {} TO {}".format(*names))


def _rows(name: str) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(
            sql.named("firsthand.config", "grants")[name],
            {"roles": [*ROLES.values()], "serving": [*logins.SERVING]},
        )
        return list(cursor.fetchall())


def _actual() -> Iterator[Right]:
    for kind, thing, column, owner, who, what in _rows("may"):
        yield Right(owner, kind, thing, column or "", who, what)


def _wanted(things: list[Thing]) -> Iterator[Right]:
    ((database, owner, schema_owner),) = _rows("owners")
    for role in logins.SERVING:
        yield Right(owner, "DATABASE", database, "", role, "CONNECT")
    for role in ROLES.values():
        yield Right(schema_owner, "SCHEMA", "public", "", role, "USAGE")
    for thing in things:
        if not thing.inner:
            yield from _wanted_of(thing, owner)


def _wanted_of(thing: Thing, owner: str) -> Iterator[Right]:
    if thing.kind == "FUNCTION":
        roles = {**ROLES, "owner": owner}
        for zone in _listed(thing) or ():
            if roles[zone] != thing.owner:
                yield Right(thing.owner, thing.kind, thing.name, "", roles[zone], "EXECUTE")
    elif thing.kind == "SEQUENCE":
        for zone, rights in zones.TABLES.get(thing.table or "", {}).items():
            if any("i" in letters for letters, _ in zones.read(rights)):
                yield Right(thing.owner, thing.kind, thing.name, "", ROLES[zone], "USAGE")
    else:
        for zone, rights in zones.TABLES.get(thing.name, {}).items():
            for letters, hidden in zones.read(rights):
                columns = [name for name in thing.columns or () if name not in hidden]
                for letter in letters:
                    for column in columns if hidden else [""]:
                        yield Right(thing.owner, thing.kind, thing.name, column, ROLES[zone], WORDS[letter])


def _listed(thing: Thing) -> tuple[str, ...] | None:
    found = [who for pattern, who in zones.FUNCTIONS.items() if fnmatchcase(thing.plain, pattern)]
    return tuple(zone for who in found for zone in who) if found else None


def _unlisted(things: list[Thing]) -> Iterator[str]:
    for thing in things:
        known = thing.name in zones.TABLES if thing.kind == "TABLE" else _listed(thing) is not None
        if not thing.inner and thing.kind != "SEQUENCE" and not known:
            yield thing.name
