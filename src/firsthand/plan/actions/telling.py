"""Letters that go out by themselves: the half-days stand, they have changed, a colleague asks to exchange one.

Each says only that there is something to look at. So one that has not gone out yet also says all that came after it.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone

from firsthand.journal import actions as journal
from firsthand.people.models import Person
from firsthand.plan import posting, queries
from firsthand.plan.models import FrontWeek, Mailing, Post, Roster, Swap
from firsthand.plan.queries import differing

CALM = 180  # seconds: an organiser who changes much in a row writes one letter


@transaction.atomic
def published(roster: Roster, *, by: Person) -> None:
    """Whoever is new in it learns that it stands; of the one before, only those whose half-days differ are told."""
    found = differing.from_the_one_before(roster)
    _write(roster.week, Post.ROSTER, found.new, by=by)
    changed(roster, found.other, by=by)


@transaction.atomic
def changed(roster: Roster, people: Iterable[int], *, by: Person | None) -> None:
    """Of the roster that holds. Of a draft, and of one that is history, nobody is told."""
    if queries.published(roster.week) != roster:
        return
    wanted = set(people)
    waiting = queries.mailings(roster.week, Post.ROSTER).filter(
        person__in=wanted, state=Mailing.State.WAITING
    )
    # Locked, so that no job sends it before this change holds; the job that meets the lock leaves them out.
    coming = set(waiting.select_for_update().order_by("person").values_list("person", flat=True))
    if coming:
        posting.defer(roster.week, Post.ROSTER)
    _write(roster.week, Post.CHANGED, wanted - coming, by=by, seconds=CALM)


@transaction.atomic
def asked(swap: Swap, *, by: Person) -> None:
    _write(swap.gives.roster.week, Post.EXCHANGE, [swap.asked_id], by=by)


def _write(
    week: FrontWeek, kind: Post, people: Iterable[int], *, by: Person | None, seconds: int = 0
) -> None:
    """One row for each, whatever became of the letter before. Of a week that is over nobody is told."""
    if week.ends_on < timezone.localdate():
        return
    # In the order of people, so that two transactions lock the rows in the same order.
    told = Person.objects.working().filter(pk__in=set(people)).order_by("pk").values_list("pk", flat=True)
    rows = [Mailing(week=week, person_id=pk, kind=kind, by=by) for pk in told]
    if not rows:
        return
    Mailing.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["week", "person", "kind"],
        update_fields=["state", "by", "at"],
    )
    journal.record("letters", week, by=by, kind=kind.value, people=len(rows))
    posting.defer(week, kind, seconds=seconds)
