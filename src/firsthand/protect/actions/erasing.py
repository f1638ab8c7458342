"""A person is erased: what can go goes, what the law keeps is named, nobody else's is touched."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from psycopg import sql

from firsthand.journal import actions as journal
from firsthand.kernel import zones
from firsthand.kernel.keeping import Erased, Fate, Says, Subject, Table, Whom
from firsthand.kernel.refusal import Refusal
from firsthand.members.models import Member
from firsthand.people.models import Person
from firsthand.protect import queries, registry, wall
from firsthand.protect.actions.confidences import erase as destroy_keys
from firsthand.protect.models import Confidence, Grant, Hold
from firsthand.protect.queries.retention import assignments

# One member's; and what stands with a contact in which nobody was verified, which is no member's.
WALL = {wall.REQUEST, wall.RETENTION}
COUNT = sql.SQL("SELECT count(*) FROM {} WHERE ({}) AND ({})")
DELETE = sql.SQL("DELETE FROM {} WHERE ({}) AND ({})")
BLANK = sql.SQL("UPDATE {} SET {} WHERE ({}) AND ({})")


class OnTheLine(Refusal):
    says = _("Somebody is talking with this member now. Nothing was erased; do it when the contact is over.")


class UnderHold(Refusal):
    says = _(
        "A legal hold is on this member. Nothing was erased; lift the hold first, or refuse the request "
        "because of it."
    )


class WorksHere(Refusal):
    says = _(
        "This colleague still works here. Nothing was erased; an organiser first notes that they have left."
    )


@dataclass(frozen=True)
class Fared:
    """What became of the rows of one table: how many, and why if they were kept."""

    table: Table
    fate: Fate
    rows: int
    law: Says = ""


@zones.within(zones.PROTECTION)
def erase_subject(subject: Subject, *, dry_run: bool = False, by: Person) -> list[Fared]:
    """Everything of this person in every table, in one transaction. A dry run does it and takes it back, so
    that it says exactly what would happen."""
    with transaction.atomic(), wall.within(WALL, person=by, member=subject.member, seconds=600):
        _may_be_erased(subject)
        parameters = {**subject.parameters(), **queries.days()}
        fared = [
            one
            for table in registry.tables()
            if table.finds.get(subject.whom) and queries.there(table)
            for one in _erase(table, subject, parameters, by=by)
        ]
        if dry_run:
            transaction.set_rollback(True)
    return fared


def _may_be_erased(subject: Subject) -> None:
    if subject.member is not None:
        Member.objects.select_for_update().get(pk=subject.member)
        if Grant.objects.open().filter(member=subject.member).exists():
            raise OnTheLine
        if Hold.objects.live(timezone.localdate()).filter(member=subject.member).exists():
            raise UnderHold
    if subject.whom is Whom.STAFF and Person.objects.working().filter(pk=subject.person).exists():
        raise WorksHere


def _erase(table: Table, subject: Subject, parameters: dict[str, Any], *, by: Person) -> list[Fared]:
    """Counted before anything of the table is touched: a row that was blanked is no longer found."""
    where = table.finds[subject.whom]
    fates = table.erased.get(subject.whom, ())
    counts = [_run(COUNT, table, where, one, parameters)[0] for one in fates]
    fared = []
    for one, rows in zip(fates, counts, strict=True):
        if rows and one.fate is not Fate.KEEP:
            _do(table, where, one, subject, parameters, by=by)
        if rows:
            fared.append(Fared(table, one.fate, rows, one.law))
    return fared


def _do(
    table: Table, where: str, one: Erased, subject: Subject, parameters: dict[str, Any], *, by: Person
) -> None:
    if one.ask:
        one.ask(subject, by=by)
    else:
        _run(DELETE if one.fate is Fate.DELETE else BLANK, table, where, one, parameters)


def _run(
    statement: sql.SQL, table: Table, where: str, one: Erased, parameters: dict[str, Any]
) -> Sequence[Any]:
    parts: list[sql.Composable] = [sql.Identifier(table.name)]
    if statement is BLANK:
        parts.append(assignments(one.blanks))
    with connection.cursor() as cursor:
        cursor.execute(statement.format(*parts, sql.SQL(where), sql.SQL(one.where)), parameters)
        return cursor.fetchone() if cursor.description else ()


def erase_confidences(ids: Collection[UUID], *, by: Person | None) -> int:
    """Their keys are destroyed. Call it within the wall."""
    return destroy_keys(list(Confidence.objects.living().filter(pk__in=ids)), why="request", by=by)


def let_confidences_go(cutoff: date, held: Collection[int], at_once: int, *, by: Person | None) -> int:
    """What is past its clock, the oldest first. Call it within the wall."""
    due = Confidence.objects.due(cutoff).filter(settled_at__isnull=False).exclude(member__in=held)
    rows = list(due.select_for_update(skip_locked=True, of=("self",)).order_by("keep_until")[:at_once])
    return destroy_keys(rows, why="clock", by=by)


@transaction.atomic
def note_erasure(thing: Member | Person, fared: Sequence[Fared], *, by: Person) -> None:
    """That somebody was erased, with counts."""
    rows = sum(one.rows for one in fared if one.fate is not Fate.KEEP)
    kept = sum(one.rows for one in fared if one.fate is Fate.KEEP)
    journal.record("erased", thing, by=by, rows=rows, kept=kept)
