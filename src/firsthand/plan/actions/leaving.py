"""Somebody does not come after all: what they would have worked is open again, for everybody to see."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone

from firsthand.people.models import Person
from firsthand.plan import queries
from firsthand.plan.actions import moving
from firsthand.plan.models import Assignment, CallUp, FrontWeek, Moved


@transaction.atomic
def open_again(week: FrontWeek, person: Person, *, by: Person | None) -> None:
    """Half-days and training that have not begun. The roster that holds notes it, drafts lose them silently,
    and what is history stays."""
    rows = Assignment.objects.filter(roster__week=week, person=person, starts_at__gt=timezone.now())
    rows.filter(roster__published_at=None).delete()
    holds = queries.published(week)
    if holds is not None and (gone := list(rows.filter(roster=holds))):
        moving.rearrange(holds, gone, [], by=by, why=Moved.Why.ABSENT)


@transaction.atomic
def left(people: Iterable[int], *, by: Person | None = None) -> None:
    """Of these, who works here no longer: in every week that is not over."""
    gone = CallUp.objects.filter(
        person__in=people, person__is_active=False, week__ends_on__gte=timezone.localdate()
    )
    for callup in gone.select_related("week", "person").order_by("week", "pk"):
        queries.locked(callup.week)
        open_again(callup.week, callup.person, by=by)
