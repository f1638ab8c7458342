"""What is past its clock goes: shown the night before, counted, and gone in small steps."""

from __future__ import annotations

import logging
from datetime import date, timedelta

from django.db import DatabaseError, connection, transaction
from django.db.models import F
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from psycopg import sql

from firsthand.journal import actions as journal
from firsthand.journal.actions import closing
from firsthand.kernel import direct, zones
from firsthand.kernel.refusal import Refusal
from firsthand.people.models import Person
from firsthand.protect import queries, registry, wall
from firsthand.protect.models import TERMS, Clock, Line, Run
from firsthand.protect.pure import clocks
from firsthand.protect.queries.retention import Held, assignments
from firsthand.protect.registry import Step

log = logging.getLogger(__name__)

AT_ONCE = 5_000
DELETE = sql.SQL("DELETE FROM {table} t USING past WHERE t.ctid = past.ctid")
BLANK = sql.SQL("UPDATE {table} t SET {blanks} FROM past WHERE t.ctid = past.ctid")
BATCH = sql.SQL("""
WITH past AS MATERIALIZED (
    SELECT ctid, {after} AS began FROM {table}
    WHERE {past} AND NOT {held} AND ({after}) >= {since}
    ORDER BY 2 LIMIT %(at_once)s
), gone AS ({goes} RETURNING past.began)
SELECT count(*), max(began) FROM gone
""")


class NoDryRun(Refusal):
    says = _(
        "Nothing was deleted: there was no dry run for today. Make one for tomorrow and look at it; what it "
        "shows goes then."
    )


class WaitsForYes(Refusal):
    says = _(
        "Nothing was deleted: far more would go than in the nights before. Look at the dry run. If it is "
        "right, say yes to it on the page."
    )


class FarMore(Refusal):
    says = _(
        "Nothing was deleted: far more is past its clock now than the dry run has shown. Look at the "
        "numbers. If they are right, say yes on the page."
    )


class OutOfBounds(Refusal):
    def __init__(self, lower: int, upper: int) -> None:
        says = _("Nothing was changed: this clock runs from %(lower)d to %(upper)d.")
        super().__init__(says % {"lower": lower, "upper": upper})


class Fixed(Refusal):
    says = _("Nothing was changed: the law fixes this clock.")


@zones.within(zones.PROTECTION)
@transaction.atomic
def set_clock(code: str, amount: int, *, by: Person) -> None:
    """How long something is kept from now on. A dry run that was made with the old clock is made anew."""
    term = TERMS[code]
    if term.fixed:
        raise Fixed
    here = queries.one_set(code)
    if not here.lower <= amount <= term.upper:
        raise OutOfBounds(here.lower, term.upper)
    before = here.amount
    if before == amount:
        return
    clock, _new = Clock.objects.update_or_create(
        code=code, defaults={"amount": amount, "changed_by": by, "changed_at": Now()}
    )
    Run.objects.filter(began_at=None, day__gt=timezone.localdate()).delete()
    journal.record("set", clock, by=by, before=before, after=amount)


@zones.within(zones.PROTECTION)
@transaction.atomic
def dry_run(day: date, *, by: Person | None) -> Run:
    """Count what would go in that night. Nothing is touched; a dry run of the same night is replaced."""
    Run.objects.filter(day=day, began_at=None).delete()
    if found := Run.objects.filter(day=day).first():
        return found
    terms, holding = queries.all_set(), queries.held(day)
    run = Run.objects.create(day=day)
    with wall.within({wall.RETENTION}, person=by, seconds=3600):
        lines = [_planned(step, run, queries.cutoff(step, day, terms), holding) for step in _present()]
    Line.objects.bulk_create(lines)
    if any(line.jumps for line in lines):
        Run.objects.filter(pk=run.pk).update(needs_yes=True)
    run.refresh_from_db()
    journal.record("planned", run, by=by, rows=sum(line.planned for line in lines), yes=run.needs_yes)
    return run


def _present() -> list[Step]:
    """The table of the cache is not in every database."""
    return [step for step in registry.steps() if queries.there(step.table)]


def _planned(step: Step, run: Run, cutoff: date, holding: Held) -> Line:
    free, kept = queries.count(step, cutoff, holding)
    return Line(
        run=run,
        table=step.table.name,
        clock=step.goes.clock,
        step=step.number,
        cutoff=cutoff,
        planned=free,
        held=kept,
        jumps=clocks.jumps(free, queries.usual(step, run.day)),
    )


@zones.within(zones.PROTECTION)
@transaction.atomic
def say_yes(run: Run, *, by: Person) -> None:
    """Somebody has looked at the numbers, and they are right."""
    if Run.objects.filter(pk=run.pk, ended_at=None, yes_at=None).update(yes_at=Now(), yes_by=by):
        journal.record("said yes", run, by=by)


@zones.within(zones.PROTECTION)
def carry_out(day: date, *, by: Person | None) -> Run:
    """What the dry run of that day has shown goes now. One that was stopped goes on where it was."""
    with direct.alone("retention"):
        run = _may_run(day, by=by)
        for line in run.lines.filter(done=False).order_by("pk"):
            _go(line, run, by=by)
        if not run.lines.filter(done=False).exists():
            _end(run, by=by)
        run.refresh_from_db()
        return run


def _may_run(day: date, *, by: Person | None) -> Run:
    run = Run.objects.filter(day=day).first()
    if run is None:
        raise NoDryRun
    if run.waits:
        raise WaitsForYes
    if run.began_at is None:
        if run.yes_at is None and _has_grown(run, by=by):
            Run.objects.filter(pk=run.pk).update(needs_yes=True)
            raise FarMore
        Run.objects.filter(pk=run.pk).update(began_at=Now())
    return run


def _has_grown(run: Run, *, by: Person | None) -> bool:
    with transaction.atomic(), wall.within({wall.RETENTION}, person=by, seconds=3600):
        for line in run.lines.all():
            step = queries.step_of(line)
            if step and clocks.exceeds(
                queries.count(step, line.cutoff, queries.held(run.day))[0], line.planned
            ):
                return True
    return False


def _go(line: Line, run: Run, *, by: Person | None) -> None:
    """One table and one clock, in batches that each take a moment; a fault leaves the others going."""
    step = queries.step_of(line)
    since = None
    try:
        if step and step.goes.months:
            _months(step, line, run, by=by)
            step = None
        while step:
            gone, since = _batch(step, line, run, since, by=by)
            if gone < AT_ONCE:
                break
    except (DatabaseError, closing.ChainIsBroken, closing.NotChainedYet) as error:
        log.exception(
            "retention stopped", extra={"table": line.table, "clock": line.clock, "error": type(error)}
        )
        return
    Line.objects.filter(pk=line.pk).update(done=True)


def _months(step: Step, line: Line, run: Run, *, by: Person | None) -> None:
    """Whole months of a table that only grows. Its chain is checked first, apart: that may take a minute."""
    cutoff, term = _still(step, line, run)
    holding = queries.held(timezone.localdate())
    if not queries.count(step, cutoff, holding)[0]:
        return
    closing.check(step.table.name, by=by)
    given = queries.parameters(step.goes, cutoff, holding)
    months = closing.Months(
        step.table.name, given["moment"], step.goes.clock, term.amount, queries.is_held(step), given
    )
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL lock_timeout = '2s'")
        gone = closing.close(months, by=by)
        Line.objects.filter(pk=line.pk).update(went=F("went") + gone)


def _still(step: Step, line: Line, run: Run) -> tuple[date, queries.Set]:
    """What may go now. A clock made longer since the dry run holds; one made shorter waits for one of its own."""
    terms = queries.all_set()
    return min(line.cutoff, queries.cutoff(step, run.day, terms)), terms[step.goes.clock]


@transaction.atomic
def _batch(step: Step, line: Line, run: Run, since: object, *, by: Person | None) -> tuple[int, object]:
    """The oldest rows past their clock, and the count of them, in one transaction."""
    cutoff, _term = _still(step, line, run)
    start = sql.SQL("'-infinity'" if since is None else "%(since)s")
    goes = BLANK if step.goes.blanks else DELETE
    table = sql.Identifier(step.table.name)
    statement = BATCH.format(
        table=table,
        after=sql.SQL(step.goes.after),
        past=queries.is_past(step),
        held=queries.is_held(step),
        since=start,
        goes=goes.format(table=table, blanks=assignments(step.goes.blanks)),
    )
    holding = queries.held(timezone.localdate())
    given = {**queries.parameters(step.goes, cutoff, holding), "at_once": AT_ONCE, "since": since}
    with wall.within({wall.RETENTION}, person=by), connection.cursor() as cursor:
        cursor.execute("SET LOCAL lock_timeout = '2s'")
        if step.goes.act:
            gone, last = step.goes.act(cutoff, holding.members, AT_ONCE, by=by), None
        else:
            cursor.execute(statement, given)
            gone, last = cursor.fetchone()
    Line.objects.filter(pk=line.pk).update(went=F("went") + gone)
    return gone, last


@transaction.atomic
def _end(run: Run, *, by: Person | None) -> None:
    if Run.objects.filter(pk=run.pk, ended_at=None).update(ended_at=Now()):
        rows = sum(run.lines.values_list("went", flat=True))
        journal.record("ran", run, by=by, rows=rows)


@zones.within(zones.PROTECTION)
def nightly(*, by: Person | None = None) -> None:
    """Tonight's run if its dry run is there and nothing waits for a yes; then the dry run of tomorrow."""
    today = timezone.localdate()
    try:
        carry_out(today, by=by)
    except Refusal as no:
        log.warning("retention did not run", extra={"why": type(no).__name__})
    dry_run(today + timedelta(days=1), by=by)
