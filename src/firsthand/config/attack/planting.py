"""Puts the marks where they belong, as the administrator, with triggers and checks looking away where they must."""

from __future__ import annotations

from typing import Any

import psycopg
from django.conf import settings
from psycopg import sql

from firsthand.config.attack import place
from firsthand.config.attack.marks import Mark
from firsthand.config.attack.world import World
from firsthand.kernel.keeping import Data, Whom
from firsthand.protect import keys, queries, registry

# Categories that hold words and numbers; the others hold codes, moments and links.
WORDS = {Data.NAME, Data.NUMBER, Data.GOVERNMENT, Data.ADDRESS, Data.PHONE, Data.MAIL, Data.WORDS}
# Columns with a form of their own.
FORMS = {
    "members_member.ahv": "756{figures}",
    "members_member.phone": "+41{figures}",
    "answer_contact.caller_phone": "+41{figures}",
    "answer_contact.callback_phone": "+41{figures}",
    "protect_note.reasons": '[{{"category": "health", "why": "{word}"}}]',
    "answer_contact.needed": '[{{"field": "note", "category": "health", "print": "", "why": "{word}"}}]',
    "members_member.email": "{word}@example.org",
}
# In this order: some columns are short, some want a sentence.
FREE = ("{word} was said", "{word} x", "{word}")
NOT_PLANTED = {"members_household.canton", "protect_confidence.sealed", "protect_request.phone"}
BLANK = {
    "bool": "true",
    "date": "current_date",
    "timestamptz": "now()",
    "uuid": "gen_random_uuid()",
    "xid8": "'1'",
}
# Made by Django, never with a word about anybody, and a row made up there would mislead the pages.
LEFT_EMPTY = {"socialaccount_socialapp", "django_migrations", "auth_group", "auth_group_permissions"}


def plant(world: World) -> None:
    found = {name: queries.of_member(member) for name, member in world.members.items()}
    days = queries.days()
    with place.connect() as plain, plain.transaction():
        plain.execute("SET LOCAL session_replication_role = replica")
        for subject in found.values():
            for table in registry.personal():
                if Whom.MEMBER not in table.finds:
                    continue
                for name, column in table.columns.items():
                    full = f"{table.name}.{name}"
                    if column.data in WORDS and Whom.MEMBER in column.whom and full not in NOT_PLANTED:
                        mark = world.marks.new(table.name, name, subject.member)
                        parameters = {**subject.parameters(), **days}
                        _put(plain, mark, FORMS.get(full), table.finds[Whom.MEMBER], parameters)
        _passwords(world, plain)
    with place.connect() as plain:
        _fill_empty(world, plain)
        _literals(world, plain)
        plain.execute("ANALYZE")


def _put(
    plain: psycopg.Connection[Any], mark: Mark, form: str | None, where: str, parameters: dict[str, Any]
) -> None:
    for one in [form] if form else FREE:
        try:
            with plain.transaction():
                plain.execute(
                    sql.SQL("UPDATE {} SET {} = %(mark)s WHERE {}").format(
                        sql.Identifier(mark.table),
                        sql.Identifier(mark.column),
                        sql.SQL(where),
                    ),
                    {**parameters, "mark": one.format(word=mark.word, figures=mark.figures)},
                )
            return
        except (psycopg.DataError, psycopg.IntegrityError):
            continue


def _passwords(world: World, plain: psycopg.Connection[Any]) -> None:
    mark = world.marks.new("people_person", "password")
    plain.execute(
        "UPDATE people_person SET password = %s WHERE id = %s",
        [f"md5$salt${mark.word}", world.people["stranger"].pk],
    )


def _fill_empty(world: World, plain: psycopg.Connection[Any]) -> None:
    """A row in every table that has none: nothing can be seen in an empty one, and nothing proven."""
    for (table,) in plain.execute(
        "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p')"
        " AND NOT relispartition ORDER BY relname"
    ).fetchall():
        there = plain.execute(
            sql.SQL("SELECT EXISTS (SELECT FROM {})").format(sql.Identifier(table))
        ).fetchone()
        if table in LEFT_EMPTY or (there and there[0]):
            continue
        try:
            with plain.transaction():
                plain.execute("SET LOCAL session_replication_role = replica")
                _made_up(world, plain, table)
        except psycopg.Error:
            world.empty.append(table)


def _made_up(world: World, plain: psycopg.Connection[Any], table: str) -> None:
    columns = plain.execute(
        "SELECT attname, typname, coalesce(nullif(atttypmod, -1) - 4, 999) FROM pg_attribute a"
        " JOIN pg_type t ON t.oid = atttypid WHERE attrelid = %s::regclass AND attnum > 0 AND NOT attisdropped"
        " AND attnotnull AND attidentity = '' AND attgenerated = '' AND NOT atthasdef",
        [table],
    ).fetchall()
    values = []
    for name, kind, longest in columns:
        if kind in ("text", "varchar") and longest >= 8:
            values.append(f"'{world.marks.new(table, name).word}'")
        elif kind in ("json", "jsonb"):
            values.append(f"'[\"{world.marks.new(table, name).word}\"]'")
        else:
            values.append(BLANK.get(kind, "'{}'" if kind.startswith("_") else "'1'"))
    names = sql.SQL(", ").join(sql.Identifier(name) for name, _, _ in columns)
    statement = sql.SQL("INSERT INTO {} ({}) VALUES ({})")
    plain.execute(statement.format(sql.Identifier(table), names, sql.SQL(", ".join(values))))


def _literals(world: World, plain: psycopg.Connection[Any]) -> None:
    """What cannot be chosen and must not be seen: ciphers and keys, as PostgreSQL shows bytes."""
    for member, sealed, wrapped in plain.execute(
        "SELECT member_id, sealed, wrapped_key FROM protect_confidence WHERE erased_at IS NULL"
    ).fetchall():
        world.marks.also(sealed.hex()[:32].encode(), "protect_confidence", "sealed", member)
        world.marks.also(wrapped.hex()[:32].encode(), "protect_confidence", "wrapped_key", member)
    for digest, inner, outer in plain.execute(
        "SELECT print, inner_pad, outer_pad FROM protect_wall_key"
    ).fetchall():
        world.marks.also(digest[:32].encode(), "protect_wall_key", "print")
        world.marks.also(inner.hex()[:32].encode(), "protect_wall_key", "inner_pad")
        world.marks.also(outer.hex()[:32].encode(), "protect_wall_key", "outer_pad")
    world.marks.also(settings.WALL_KEY.encode(), "protect_wall_key", "the key itself")
    world.marks.also(settings.SECRET_KEY.encode(), "django_session", "the house's secret")
    for key in keys.ring().keys:
        world.marks.also(key.secret.hex().encode(), "protect_confidence", "the key of keys")
