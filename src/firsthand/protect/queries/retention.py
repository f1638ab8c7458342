"""What would go tonight, what is held back, and what has gone: counts, never content."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, timedelta
from typing import Any

from django.db import connection
from django.utils import timezone
from psycopg import sql

from firsthand.kernel import keeping, zones
from firsthand.kernel.keeping import Goes, Says
from firsthand.protect import registry
from firsthand.protect.models import TERMS, Hold, Line, Run, purposes
from firsthand.protect.pure import clocks
from firsthand.protect.queries.clocks import Set, all_set
from firsthand.protect.registry import Step

NIGHT = range(2, 6)  # o'clock
NIGHTS = 14  # so many nights before say what is usual
COUNT = sql.SQL(
    "SELECT count(*) FILTER (WHERE NOT {held}), count(*) FILTER (WHERE {held}) FROM {table} WHERE {past}"
)


@dataclass(frozen=True)
class Held:
    """What must not be touched now."""

    members: Sequence[int]
    cases: Sequence[int]
    contacts: Sequence[int] = ()  # of these members, and of these cases

    def parameters(self) -> dict[str, Any]:
        return {
            "held_members": list(self.members),
            "held_cases": list(self.cases),
            "held_contacts": list(self.contacts),
        }


@dataclass(frozen=True)
class Gone:
    """A line as the page shows it."""

    line: Line
    what: Says
    clock: Says


@dataclass(frozen=True)
class Retention:
    next: Run | None
    next_lines: Sequence[Gone]
    last: Run | None
    last_lines: Sequence[Gone]
    clocks: Sequence[Set]
    holds: Sequence[Hold]


@zones.within(zones.PROTECTION)
def is_due() -> bool:
    """It is night where the insurer is, and tonight's run or tomorrow's dry run is still to be done."""
    now = timezone.localtime()
    today = now.date()
    if now.hour not in NIGHT:
        return False
    unfinished = Run.objects.filter(day=today, ended_at=None).exclude(needs_yes=True, yes_at=None)
    return unfinished.exists() or not Run.objects.filter(day=today + timedelta(days=1)).exists()


def held(on: date) -> Held:
    """A hold on a member keeps everything of the member; one on a case keeps that case."""
    rows = list(Hold.objects.live(on).values_list("member_id", "case_id"))
    found = Held(
        [member for member, case in rows if case is None], [case for _, case in rows if case is not None]
    )
    return replace(found, contacts=_contacts(found)) if rows else found


def is_case_of(member_id: int, case: int) -> bool:
    """Whether a contact of this member is in it. A hold on another number would keep nothing."""
    return bool({*_contacts(Held([member_id], []))} & {*_contacts(Held([], [case]))})


def _contacts(holding: Held) -> list[int]:
    """What tables below the contacts call them by, who do not know whose a contact is."""
    contacts = next((one for one in keeping.gathered() if one.name == "contacts"), None)
    if contacts is None:
        return []
    with connection.cursor() as cursor:
        cursor.execute(contacts.held, holding.parameters())
        return [number for (number,) in cursor.fetchall()]


def is_held(step: Step) -> sql.Composable:
    """SQL: whether the row is under a hold."""
    tests = [
        sql.SQL("coalesce(({})::bigint = ANY(%({})s::bigint[]), false)").format(sql.SQL(whose), sql.SQL(name))
        for whose, name in (
            (step.table.member, "held_members"),
            (step.table.case, "held_cases"),
            (step.table.contact, "held_contacts"),
        )
        if whose
    ]
    return sql.SQL("({})").format(sql.SQL(" OR ").join(tests)) if tests else sql.SQL("false")


def assignments(blanks: Mapping[str, str]) -> sql.Composable:
    """SQL: what an UPDATE sets, column by column."""
    return sql.SQL(", ").join(
        sql.SQL("{} = {}").format(sql.Identifier(column), sql.SQL(value)) for column, value in blanks.items()
    )


def is_past(step: Step) -> sql.Composable:
    """SQL: whether the row is past its clock. One column against one constant, so that an index can serve."""
    moment = "%(day)s::date" if step.goes.day else "%(moment)s::timestamptz"
    return sql.SQL("({where}) AND ({after}) < {moment}").format(
        where=sql.SQL(step.goes.where), after=sql.SQL(step.goes.after), moment=sql.SQL(moment)
    )


def parameters(goes: Goes, cutoff: date, holding: Held) -> dict[str, Any]:
    # A month begins in UTC, as its partition does; a day where the insurer is.
    moment = clocks.midnight(cutoff, UTC if goes.months else timezone.get_default_timezone())
    return {"day": cutoff, "moment": moment, **holding.parameters()}


def cutoff(step: Step, day: date, terms: dict[str, Set]) -> date:
    """What began before it goes on that day. Where the row itself says its last day, that is the clock."""
    if step.goes.until:
        return day
    found = terms[step.goes.clock].cutoff(day)
    return clocks.whole_months(found, timezone.get_default_timezone()) if step.goes.months else found


def count(step: Step, before: date, holding: Held) -> tuple[int, int]:
    """How many rows are past their clock, and how many more are kept by a hold."""
    statement = COUNT.format(held=is_held(step), table=sql.Identifier(step.table.name), past=is_past(step))
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters(step.goes, before, holding))
        free, kept = cursor.fetchone()
    return free, kept


def usual(step: Step, before: date) -> list[int]:
    """What went in the nights before. Whole months go once a month, and what they refer to after them: there, in the
    nights in which one went.
    """
    ran = Line.objects.filter(run__day__lt=before, run__ended_at__isnull=False)
    if step.goes.months or TERMS[step.goes.clock].at_least:
        ran = ran.filter(went__gt=0)
    same = ran.filter(table=step.table.name, clock=step.goes.clock, step=step.number)
    return list(same.order_by("-run__day").values_list("went", flat=True)[:NIGHTS])


def step_of(line: Line) -> Step | None:
    """None: a room does not keep that any more."""
    for step in registry.steps():
        if (step.table.name, step.goes.clock, step.number) == (line.table, line.clock, line.step):
            return step
    return None


@zones.within(zones.PROTECTION)
def retention() -> Retention:
    """For the page: what goes next, what went last, how long what is kept, what is held."""
    today = timezone.localdate()
    coming = Run.objects.filter(day__gte=today, ended_at=None).order_by("-day").first()
    last = Run.objects.filter(ended_at__isnull=False).order_by("-day").first()
    return Retention(
        next=coming,
        next_lines=_lines(coming),
        last=last,
        last_lines=_lines(last),
        clocks=[one for one in all_set().values() if one.term.purpose in ("", *purposes.here())],
        holds=list(Hold.objects.live(today).select_related("member", "placed_by").order_by("until")),
    )


def _lines(run: Run | None) -> list[Gone]:
    """Those with something to say."""
    lines = run.lines.order_by("pk") if run else []
    names = {table.name: table.what for table in registry.tables()}
    return [
        Gone(
            line,
            names.get(line.table, line.table),
            TERMS[line.clock].says if line.clock in TERMS else line.clock,
        )
        for line in lines
        if line.planned or line.held or line.went
    ]
