"""Puts the marks where they belong, as the administrator, with triggers and checks looking away where they must."""

from __future__ import annotations

from typing import Any

import psycopg
from django.conf import settings
from psycopg import sql

from firsthand.config.attack import made_up, place
from firsthand.config.attack.marks import Mark
from firsthand.config.attack.world import World
from firsthand.kernel.keeping import Column, Data, Whom
from firsthand.protect import keys, queries, registry

# Categories that hold words and numbers; the others hold codes, moments and links.
WORDS = {Data.NAME, Data.NUMBER, Data.GOVERNMENT, Data.ADDRESS, Data.PHONE, Data.MAIL, Data.WORDS}
# Columns with a form of their own.
FORMS = {
    "members_member.number": "{upper}",
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
# Words of another category.
ALSO = {"members_cover.product", "protect_consent.wording"}
NOT_PLANTED = {"members_household.canton", "protect_confidence.sealed", "protect_request.phone"}


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
                    if Whom.MEMBER in column.whom and _holds_words(f"{table.name}.{name}", column):
                        mark = world.marks.new(table.name, name, subject.member)
                        parameters = {**subject.parameters(), **days}
                        if not _put(plain, mark, table.finds[Whom.MEMBER], parameters):
                            world.empty.append(f"{table.name}.{name}")
        _passwords(world, plain)
    with place.connect() as plain:
        made_up.fill(world, plain)
        _literals(world, plain)
        plain.execute("ANALYZE")


def _holds_words(full: str, column: Column) -> bool:
    return full in ALSO or (column.data in WORDS and full not in NOT_PLANTED)


def _put(plain: psycopg.Connection[Any], mark: Mark, where: str, parameters: dict[str, Any]) -> bool:
    """Whether it stands there now."""
    form = FORMS.get(f"{mark.table}.{mark.column}")
    change = sql.SQL("UPDATE {} SET {} = %(mark)s WHERE {}").format(
        sql.Identifier(mark.table), sql.Identifier(mark.column), sql.SQL(where)
    )
    for one in [form] if form else FREE:
        said = one.format(word=mark.word, upper=mark.word.upper(), figures=mark.figures)
        try:
            with plain.transaction():
                done = plain.execute(change, {**parameters, "mark": said})
        except (psycopg.DataError, psycopg.IntegrityError):
            continue
        return bool(done.rowcount)
    return False


def _passwords(world: World, plain: psycopg.Connection[Any]) -> None:
    mark = world.marks.new("people_person", "password")
    plain.execute(
        "UPDATE people_person SET password = %s WHERE id = %s",
        [f"md5$salt${mark.word}", world.people["stranger"].pk],
    )


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
