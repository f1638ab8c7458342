"""The officer's page: what needs an answer now, and what is kept where and for how long."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import connection
from django.utils import timezone

from firsthand.kernel import sql
from firsthand.kernel.keeping import Says, Table
from firsthand.protect import registry, words
from firsthand.protect.models import Request, Run
from firsthand.protect.queries.chaining import Chain, last_check
from firsthand.protect.queries.clocks import Set, all_set
from firsthand.protect.queries.looking import sealed_reads
from firsthand.protect.queries.opened import reviews_waiting

A_WEEK = timedelta(days=7)


@dataclass(frozen=True)
class Keeps:
    """One table that holds personal data. `rows`: about how many; None = PostgreSQL does not know."""

    what: Says
    basis: Says
    purposes: Sequence[Says]
    lasts: Sequence[str]  # each length of time once, or why it stays
    rows: int | None


@dataclass(frozen=True)
class Waiting:
    """Who waits for the officer: whoever asked about their data, and whoever opened a file outside a contact."""

    requests_open: int
    requests_overdue: int
    next_due: date | None
    reviews_open: int
    reviews_due: int


@dataclass(frozen=True)
class Overview:
    waiting: Waiting
    sealed_reads: int  # in the last seven days
    night: Run | None  # the last that has ended
    went: int
    waits: bool  # the coming night needs somebody's yes
    chain: Chain | None  # None: the page asks for the check apart
    kept: Sequence[Keeps]


def overview() -> Overview:
    """A fixed number of questions to the database, however much is kept."""
    night = Run.objects.filter(ended_at__isnull=False).order_by("-day").first()
    today = timezone.localdate()
    return Overview(
        waiting=waiting(),
        sealed_reads=sealed_reads(timezone.now() - A_WEEK),
        night=night,
        went=sum(night.lines.values_list("went", flat=True)) if night else 0,
        waits=Run.objects.filter(ended_at=None, needs_yes=True, yes_at=None, day__gte=today).exists(),
        chain=last_check(),
        kept=kept(),
    )


def waiting() -> Waiting:
    due = list(Request.objects.open().order_by("due_on").values_list("due_on", flat=True))
    today = timezone.localdate()
    to_review, late = reviews_waiting()
    return Waiting(
        requests_open=len(due),
        requests_overdue=sum(day < today for day in due),
        next_due=due[0] if due else None,
        reviews_open=to_review,
        reviews_due=late,
    )


def kept() -> list[Keeps]:
    terms, rows = all_set(), _estimates()
    return [_keeps(table, terms, rows) for table in registry.personal()]


def _keeps(table: Table, terms: dict[str, Set], rows: dict[str, int]) -> Keeps:
    clocks = [(goes, terms[goes.clock]) for goes in table.goes]
    said = ((goes, one.term, words.lasts(one.term, one.amount)) for goes, one in clocks)
    return Keeps(
        table.what,
        table.basis,
        table.purposes,
        words.told_apart(said) or [words.stays(table, law=words.law)],
        rows.get(table.name),
    )


def _estimates() -> dict[str, int]:
    """PostgreSQL's own estimate: to count ten million rows for a page would take seconds."""
    with connection.cursor() as cursor:
        cursor.execute(sql.named("firsthand.protect", "overview")["estimates"])
        return dict(cursor.fetchall())
