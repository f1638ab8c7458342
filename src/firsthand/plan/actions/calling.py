"""Call people up for a front week, excuse them, say how much they can give."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from firsthand.journal import actions as journal
from firsthand.kernel.refusal import Refusal
from firsthand.people.models import Person
from firsthand.plan import nudges, queries
from firsthand.plan.actions import leaving
from firsthand.plan.models import Assignment, CallUp, FrontWeek


class Works(Refusal):
    says = _(
        "They work in the published roster. Nothing was changed. Excuse them instead: then the roster shows "
        "what is open."
    )


class LeastOverMost(Refusal):
    says = _("At least is more than at most. Nothing was saved: turn them round.")


@transaction.atomic
def call_up(week: FrontWeek, people: Iterable[Person], *, by: Person) -> int:
    """Call these up; how many were new. Who volunteered or was called up already stays as they are."""
    queries.locked(week)
    new = _enter(week, list(people), CallUp.Kind.DIVISION)
    if new:
        journal.record("called up", week, by=by, people=new)
        nudges.week(week.pk)
    return new


@transaction.atomic
def excuse(callup: CallUp, *, by: Person) -> None:
    """They need not come; why is nobody's to write down. What they would have worked is open again."""
    queries.locked(callup.week)
    _answer(callup, CallUp.Answer.EXCUSED, "excused", by=by)
    leaving.open_again(callup.week, callup.person, by=by)


@transaction.atomic
def ask_again(callup: CallUp, *, by: Person) -> None:
    """Excused by mistake, or declined and willing after all: their answer is open again."""
    _answer(callup, CallUp.Answer.NONE, "asked again", by=by)


@transaction.atomic
def agree(callup: CallUp, *, by: Person, **values: Any) -> None:
    """What was agreed with somebody: part time, half-days at least and at most, whether a refresher is enough."""
    callup = CallUp.objects.select_for_update().get(pk=callup.pk)
    for name, value in values.items():
        setattr(callup, name, value)
    rules = queries.rules_of(callup.week)
    least = rules.least_shifts if callup.least_shifts is None else callup.least_shifts
    most = rules.most_shifts if callup.most_shifts is None else callup.most_shifts
    # A rule of the week gives way to what was agreed; two figures of one agreement must fit.
    if least > most and callup.least_shifts is not None:
        raise LeastOverMost
    callup.save(update_fields=[*values])
    journal.record("agreed", callup, by=by)
    nudges.callup(callup)


@transaction.atomic
def take_back(callup: CallUp, *, by: Person) -> None:
    """Called up by mistake: as if it had not been. Drafts lose them, too."""
    queries.locked(callup.week)
    placed = Assignment.objects.filter(roster__week=callup.week_id, person=callup.person_id)
    if placed.exclude(roster__published_at=None).exists():
        raise Works
    placed.delete()
    journal.record("call-up taken back", callup.week, by=by, person=callup.person_id)
    nudges.callup(callup)
    callup.delete()


def _enter(week: FrontWeek, people: list[Person], kind: str) -> int:
    """Under the week's lock; that nobody is in it twice the database sees to besides."""
    there = set(CallUp.objects.filter(week=week).values_list("person", flat=True))
    returned = queries.was_there(week)
    CallUp.objects.bulk_create(
        [
            CallUp(week=week, person=one, kind=kind, returner=one.pk in returned)
            for one in people
            if one.pk not in there
        ],
        ignore_conflicts=True,
    )
    return CallUp.objects.filter(week=week).count() - len(there)


def _answer(callup: CallUp, answer: str, verb: str, *, by: Person) -> None:
    CallUp.objects.filter(pk=callup.pk).update(answer=answer, answered_at=Now() if answer != "none" else None)
    journal.record(verb, callup, by=by)
    nudges.callup(callup)
