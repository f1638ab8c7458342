"""The rooms of a front week, and its training days."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import IntegrityError, models, transaction
from django.db.models import Exists, OuterRef, ProtectedError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from firsthand.journal import actions as journal
from firsthand.kernel.refusal import Refusal
from firsthand.people.models import Person
from firsthand.plan import nudges, queries
from firsthand.plan.models import Assignment, FrontWeek, Room, Training
from firsthand.plan.queries import places as seated


class SameName(Refusal):
    says = _("This front week has a room of that name already. Nothing was saved: choose another name.")


class InUse(Refusal):
    says = _(
        "The published roster puts people there. Nothing was changed. Take them out of the roster first."
    )


class MoreSitThere(Refusal):
    """The published roster seats more people in the room than it would have seats."""

    def __init__(self, people: int) -> None:
        said = ngettext(
            "In the published roster %(n)d person sits there on one half-day. Nothing was saved: put somebody "
            "elsewhere first.",
            "In the published roster %(n)d people sit there on one half-day. Nothing was saved: put some of them "
            "elsewhere first.",
            people,
        )
        super().__init__(said % {"n": people})


class OutsideTheWeek(Refusal):
    says = _(
        "Training comes before the last day of the front week. Nothing was saved: choose an earlier day."
    )


@transaction.atomic
def put_room(week: FrontWeek, *, by: Person, room: Room | None = None, **values: Any) -> Room:
    """A new room, or other values for one that is there. People who sit there keep their seat and their language."""
    queries.locked(week)
    row = room or Room(week=week)
    spoken = row.language
    for name, value in values.items():
        setattr(row, name, value)
    holds = queries.published(week)
    if room is not None and holds is not None:
        if row.language != spoken and holds.assignments.filter(room=row).exists():
            raise InUse
        if people := seated.crowded(holds, row):
            raise MoreSitThere(people)
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as error:
        if "room_once_a_week" not in str(error):
            raise
        raise SameName from error
    journal.record("room", week, by=by, room=row.pk, seats=row.seats, language=row.language)
    nudges.week(week.pk)
    return row


@transaction.atomic
def put_training(week: FrontWeek, *, by: Person, training: Training | None = None, **values: Any) -> Training:
    """A new training day or refresher, or other values. Its hours are the week's."""
    queries.locked(week)
    row = training or Training(week=week)
    for name, value in values.items():
        setattr(row, name, value)
    if row.day > week.ends_on:
        raise OutsideTheWeek
    row.starts_at, row.ends_at = queries.hours(queries.rules_of(week), row.day, row.part)
    if training and _published(training=training):
        raise InUse
    row.save()
    _follow(row)
    day: date = row.day
    journal.record("training", week, by=by, training=row.pk, day=day.isoformat(), seats=row.seats)
    nudges.week(week.pk)
    return row


@transaction.atomic
def drop_room(room: Room, *, by: Person) -> None:
    queries.locked(room.week)
    _drop(room, "room gone", by=by, room=room)


@transaction.atomic
def drop_training(training: Training, *, by: Person) -> None:
    queries.locked(training.week)
    _drop(training, "training gone", by=by, training=training)


def _drop(row: Room | Training, verb: str, *, by: Person, **where: models.Model) -> None:
    """Drafts lose whoever was put there; what is published is refused."""
    if _published(**where):
        raise InUse
    week, pk = row.week, row.pk
    Assignment.objects.filter(**where).delete()
    try:
        row.delete()
    except ProtectedError as error:  # somebody was put there in this moment
        raise InUse from error
    journal.record(verb, week, by=by, pk=pk)
    nudges.week(week.pk)


def _published(**where: models.Model) -> bool:
    return Assignment.objects.filter(**where).exclude(roster__published_at=None).exists()


def _follow(training: Training) -> None:
    """Drafts hold the hours, too. Whoever answers at that time by the draft goes on answering."""
    placed = Assignment.objects.filter(training=training)
    elsewhere = Assignment.objects.filter(
        roster=OuterRef("roster"),
        person=OuterRef("person"),
        starts_at__lt=training.ends_at,
        ends_at__gt=training.starts_at,
    ).exclude(training=training)
    placed.filter(Exists(elsewhere)).delete()
    placed.update(starts_at=training.starts_at, ends_at=training.ends_at)
