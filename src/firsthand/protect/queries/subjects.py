"""Everything that is kept about one person: asked of every table that a room has declared."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from psycopg import sql

from firsthand.kernel import keeping, zones
from firsthand.kernel.keeping import Erased, Fate, Says, Subject, Table, Whom
from firsthand.members.models import Member
from firsthand.members.pure import phones
from firsthand.people.models import Person
from firsthand.protect import registry, wall
from firsthand.protect.models import Request
from firsthand.protect.queries import clocks

JSONB = 3802  # the number of the type in every PostgreSQL
THERE = "SELECT to_regclass(%s) IS NOT NULL"


@dataclass(frozen=True, repr=False)
class Kept:
    """Rows of one table about one person: by the names of the columns."""

    table: Table
    rows: list[dict[str, Any]]


@dataclass(frozen=True)
class Left:
    """How many rows of one table stay, and by which law."""

    table: Table
    rows: int
    law: Says


@zones.within(zones.PROTECTION)
def of_member(member: Member) -> Subject:
    needles = (
        member.name,
        f"{member.family_name} {member.given_name}",
        member.number,
        *(one for one in (member.ahv, member.phone, member.email) if one),
        *([phones.spoken(member.phone, settings.COUNTRY)] if member.phone else []),
    )
    known = tuple(needle for needle in needles if len(needle.strip()) > 3) if not member.erased_at else ()
    return _gathered(Subject(Whom.MEMBER, member=member.pk, phone=member.phone, needles=known))


@zones.within(zones.PROTECTION)
def of_phone(phone: str) -> Subject:
    number = phones.e164(phone, settings.COUNTRY)
    needles = (number, phones.spoken(number, settings.COUNTRY)) if number else ()
    return _gathered(Subject(Whom.CALLER, phone=number, needles=needles))


@zones.within(zones.PROTECTION)
def of_person(person: Person) -> Subject:
    return _gathered(Subject(Whom.STAFF, person=person.pk))


def of_request(request: Request) -> Subject:
    if request.member:
        return of_member(request.member)
    return of_person(request.person) if request.person else of_phone(request.phone)


def _gathered(subject: Subject) -> Subject:
    """Top rooms first: what they gather is what lower ones are asked for."""
    for one in reversed(list(keeping.gathered())):
        rows: list[Any] = []
        if select := one.select.get(subject.whom):
            # Numbers only; the rows themselves are read within the token of whoever asks for them.
            with wall.within({wall.RETENTION}, person=None), connection.cursor() as cursor:
                cursor.execute(select, subject.parameters())
                rows = [row for (row,) in cursor.fetchall()]
        subject = replace(subject, gathered={**subject.gathered, one.name: rows})
    return subject


@zones.within(zones.PROTECTION)
def found(subject: Subject) -> list[Kept]:
    """Every table with rows about this person: their columns, and what a row makes no sense without."""
    everything = []
    parameters = {**subject.parameters(), **clocks.days()}
    for table in registry.tables():
        where = table.finds.get(subject.whom)
        if where and there(table):
            columns = list(table.columns_for(subject.whom))
            select = sql.SQL("SELECT {} FROM {} WHERE {} ORDER BY {}").format(
                sql.SQL(", ").join(map(sql.Identifier, columns)),
                sql.Identifier(table.name),
                sql.SQL(where),
                sql.SQL(table.order or "1"),
            )
            with connection.cursor() as cursor:
                cursor.execute(select, parameters)
                rows = [_row(columns, row, cursor.description) for row in cursor.fetchall()]
            if rows:
                everything.append(Kept(table, rows))
    return everything


@zones.within(zones.PROTECTION)
def left(subject: Subject, *, by: Person) -> list[Left]:
    """What an erasure leaves because a law keeps it: the answer has to name it."""
    parameters = {**subject.parameters(), **clocks.days()}
    with transaction.atomic(), wall.within({wall.REQUEST, wall.RETENTION}, person=by, member=subject.member):
        counted = [
            Left(table, _many(table, table.finds[subject.whom], one, parameters), one.law)
            for table in registry.tables()
            if table.finds.get(subject.whom) and there(table)
            for one in table.erased.get(subject.whom, ())
            if one.fate is Fate.KEEP
        ]
    return [one for one in counted if one.rows]


def _many(table: Table, where: str, fate: Erased, parameters: dict[str, Any]) -> int:
    parts = (sql.Identifier(table.name), sql.SQL(where), sql.SQL(fate.where))
    with connection.cursor() as cursor:
        cursor.execute(sql.SQL("SELECT count(*) FROM {} WHERE ({}) AND ({})").format(*parts), parameters)
        return int(cursor.fetchone()[0])


def _row(columns: list[str], row: Sequence[Any], kinds: Sequence[Any]) -> dict[str, Any]:
    """Django's cursor leaves JSON as the text it is stored as."""
    return {
        name: json.loads(value) if kind.type_code == JSONB and isinstance(value, str) else value
        for name, value, kind in zip(columns, row, kinds, strict=True)
    }


def there(table: Table) -> bool:
    """The table of the cache is made on its own, and not in every database."""
    with connection.cursor() as cursor:
        cursor.execute(THERE, [table.name])
        return bool(cursor.fetchone()[0])
