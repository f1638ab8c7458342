"""A row in every table that has none: nothing can be seen in an empty one, and nothing proven.

As its model says: the first code, the row a link leads to, and a mark wherever somebody may type. A table about
people that holds codes and links only bears its mark as the number of its row.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import psycopg
from django.apps import apps
from psycopg import sql

from firsthand.config.attack.marks import Mark
from firsthand.config.attack.world import World
from firsthand.kernel.keeping import Whom
from firsthand.protect import registry

# What no rule gives: where one column must fit another, or a number stand between two.
VALUES = {
    "journal_closing.at": "now()",
    "journal_closing.clock": "'read_log'",
    "journal_closing.months": "12",
    "journal_closing.until": "now() - interval '2 years'",
    "plan_assignment.room_id": "(SELECT min(id) FROM plan_room)",
    "plan_assignment.shift_id": "(SELECT min(id) FROM plan_shift)",
    "plan_moved.gone_id": "(SELECT min(id) FROM people_person)",
    "plan_swap.asked_id": "(SELECT max(id) FROM people_person)",
    "plan_volume.minutes": "15",
    "protect_outboundcontact.basis": "'promise'",
    "protect_outboundcontact.kind": "'service'",
    "protect_outboundcontact.member_id": "{member}",
    "protect_outboundcontact.promise_id": "(SELECT min(id) FROM answer_promise)",
    "protect_outboundcontact.purpose": "'promise'",
    "protect_ownnumber.form": "'{word}-###'",
}
LATER = "now() + interval '1 hour'"
ENDS = ("ends_at", "until")
BLANK = {
    "bool": "true",
    "date": "current_date",
    "timestamptz": "now()",
    "uuid": "gen_random_uuid()",
    "xid8": "'1'",
}
WORDS = ("text", "varchar", "json", "jsonb", "bytea")
# Made by Django, never with a word about anybody, and a row made up there would mislead the pages.
LEFT_EMPTY = {"socialaccount_socialapp", "django_migrations", "auth_group", "auth_group_permissions"}

EMPTY = """
SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p')
    AND NOT relispartition ORDER BY relname
"""
COLUMNS = """
SELECT attname, typname, coalesce(nullif(atttypmod, -1) - 4, 999),
    attnotnull AND attidentity = '' AND attgenerated = '' AND NOT atthasdef, attidentity <> ''
FROM pg_attribute a JOIN pg_type t ON t.oid = atttypid
WHERE attrelid = %s::regclass AND attnum > 0 AND NOT attisdropped ORDER BY attnum
"""


@dataclass
class Row:
    """One that is being made up: its values, and the marks that stand in it."""

    world: World
    table: str
    member: int | None  # whose it is, if the table is about members
    values: dict[str, sql.Composable] = field(default_factory=dict)
    marks: list[Mark] = field(default_factory=list)

    def mark(self, column: str) -> Mark:
        self.marks.append(self.world.marks.new(self.table, column, self.member))
        return self.marks[-1]


def fill(world: World, plain: psycopg.Connection[Any]) -> None:
    """Again and again, while it helps: what a link leads to may stand in a table that comes later."""
    left = [table for (table,) in plain.execute(EMPTY).fetchall() if not _any(plain, table)]
    tried = [table for table in left if table not in LEFT_EMPTY]
    while made := [table for table in tried if _made(world, plain, table)]:
        tried = [table for table in tried if table not in made]
        left = [table for table in left if table not in made]
    world.nobodys = [table for table in left if table in LEFT_EMPTY or not _about_somebody(plain, table)]
    world.empty += [table for table in left if table not in world.nobodys]


def _any(plain: psycopg.Connection[Any], table: str) -> bool:
    there = plain.execute(sql.SQL("SELECT EXISTS (SELECT FROM {})").format(sql.Identifier(table))).fetchone()
    return bool(there and there[0])


def _made(world: World, plain: psycopg.Connection[Any], table: str) -> bool:
    row = Row(world, table, _whose(world, table))
    try:
        with plain.transaction():
            plain.execute("SET LOCAL session_replication_role = replica")
            _insert(plain, row)
    except psycopg.Error:
        for mark in row.marks:
            del world.marks.all[mark.number]
        return False
    return True


def _insert(plain: psycopg.Connection[Any], row: Row) -> None:
    known = _fields(row.table)
    counted = False
    for name, kind, longest, needed, identity in plain.execute(COLUMNS, [row.table]).fetchall():
        counted = counted or (name == "id" and identity)
        if needed or f"{row.table}.{name}" in VALUES:
            row.values[name] = _value(row, name, kind, longest, known.get(name))
    if counted and not row.marks and _personal(row.table):
        row.values["id"] = sql.Literal(int(row.mark("id").figures))
    names = sql.SQL(", ").join(map(sql.Identifier, row.values))
    values = sql.SQL(", ").join(row.values.values())
    plain.execute(
        sql.SQL("INSERT INTO {} ({}) VALUES ({})").format(sql.Identifier(row.table), names, values)
        if row.values
        else sql.SQL("INSERT INTO {} DEFAULT VALUES").format(sql.Identifier(row.table))
    )


def _value(row: Row, name: str, kind: str, longest: int, known: Any) -> sql.Composable:
    if given := VALUES.get(f"{row.table}.{name}"):
        word = row.mark(name).word if "{word}" in given else ""
        return sql.SQL(given.format(word=word, member=row.member or "NULL"))
    if known is not None and known.is_relation:
        first = known.target_field
        return sql.SQL("(SELECT min({}) FROM {})").format(
            sql.Identifier(first.column), sql.Identifier(first.model._meta.db_table)
        )
    if known is not None and known.flatchoices:
        return sql.Literal(next(code for code, _ in known.flatchoices if code))
    if kind in WORDS and longest >= 8:
        return sql.Literal(_words(row.mark(name).word, kind, known))
    if known is not None and known.has_default():
        return sql.Literal(known.get_default())
    later = name in ENDS and kind == "timestamptz"
    return sql.SQL(LATER if later else BLANK.get(kind, "'{}'" if kind.startswith("_") else "'1'"))


def _words(word: str, kind: str, known: Any) -> str | bytes:
    if kind == "bytea":
        return word.encode()
    if kind in ("json", "jsonb"):
        return f'{{"{word}": 1}}' if known and known.default is dict else f'["{word}"]'
    return word


def _fields(table: str) -> dict[str | None, Any]:
    models = apps.get_models(include_auto_created=True)
    return {
        one.column: one
        for model in models
        if model._meta.db_table == table
        for one in model._meta.local_fields
    }


def _registered(table: str) -> Any:
    return next((one for one in registry.tables() if one.name == table), None)


def _personal(table: str) -> bool:
    """As its room says. One that no room names could be about anybody."""
    known = _registered(table)
    return known is None or known.personal


def _whose(world: World, table: str) -> int | None:
    known = _registered(table)
    return world.members["others"].pk if known and Whom.MEMBER in known.finds else None


def _about_somebody(plain: psycopg.Connection[Any], table: str) -> bool:
    """By name, or in a column in which somebody may type."""
    known = _fields(table)
    free = [
        name
        for name, kind, longest, _, _ in plain.execute(COLUMNS, [table]).fetchall()
        if kind in WORDS and longest >= 8 and not (name in known and known[name].flatchoices)
    ]
    return bool(free) or _personal(table)
