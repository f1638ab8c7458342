"""What a planner knows beside the counts: what is not to be learnt from, what will make people call, and by how much
the forecast is wrong. Each with a reason, and who.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal

from django.db import transaction
from django.db.models.functions import Now
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

from firsthand.journal import actions as journal
from firsthand.kernel.refusal import Refusal
from firsthand.live import bus
from firsthand.people.models import Person
from firsthand.plan.models import Correction, Event, Mark, Queue
from firsthand.plan.queries import volumes
from firsthand.protect.actions import screening

YEAR = timedelta(weeks=52)  # the same weekday
LONGEST = timedelta(days=400)


class EndsBeforeStart(Refusal):
    says = _("The end lies before the start. Nothing was saved: turn them round.")


class NothingToCopy(Refusal):
    says = _("Last year has no events of which this year's are not there already. Add them one by one.")


class OverAlready(Refusal):
    says = _("A correction changes what is expected, and this stretch is over. Nothing was saved.")


class WithdrawnAlready(Refusal):
    says = _("This correction was withdrawn already. Nothing changed.")


@transaction.atomic
def mark(
    kind: str, queue: Queue | None, starts_at: datetime, ends_at: datetime, *, reason: str, by: Person
) -> Mark:
    """Nothing is learnt from these intervals; they stay as they are. Said twice, once."""
    _in_order(starts_at, ends_at)
    volumes.in_turn()
    same = {"kind": Mark.Kind(kind), "queue": queue, "starts_at": starts_at, "ends_at": ends_at}
    if there := Mark.objects.filter(**same).first():
        return there
    made = Mark.objects.create(**same, reason=_clean(reason, by), by=by)
    journal.record("marked", made, by=by, kind=made.kind, queue=queue.pk if queue else None)
    bus.touch("plan:volumes")
    return made


@transaction.atomic
def unmark(mark: Mark, *, by: Person) -> None:
    journal.record("unmarked", mark, by=by, kind=mark.kind)
    mark.delete()
    bus.touch("plan:volumes")


@transaction.atomic
def add_event(
    kind: str,
    name: str,
    queue: Queue | None,
    first: date,
    last: date,
    *,
    factor: Decimal | None = None,
    by: Person | None,
) -> Event:
    """Something that makes people call. Without a factor its size is learnt from the same kind in the past.
    Said twice, once."""
    if last < first:
        raise EndsBeforeStart
    volumes.in_turn()
    same = {"kind": Event.Kind(kind), "name": _clean(name, by), "queue": queue, "first": first, "last": last}
    if there := Event.objects.filter(**same, factor=factor).first():
        return there
    made = Event.objects.create(**same, factor=factor, by=by)
    journal.record("event_added", made, by=by, kind=made.kind)
    bus.touch("plan:events")
    return made


@transaction.atomic
def remove_event(event: Event, *, by: Person) -> None:
    journal.record("event_removed", event, by=by)  # which kind stands in the entry of its beginning
    event.delete()
    bus.touch("plan:events")


@transaction.atomic
def copy_events(year: int, *, by: Person) -> Sequence[Event]:
    """Last year's events into `year`, on the same weekday; those that are there already are left out."""
    volumes.in_turn()
    there = set(Event.objects.filter(first__year=year).values_list("kind", "name", "queue"))
    before = Event.objects.filter(first__year=year - 1)
    wanted = [one for one in before if (one.kind, one.name, one.queue_id) not in there]
    if not wanted:
        raise NothingToCopy
    return [
        add_event(
            *(one.kind, one.name, one.queue, one.first + YEAR, one.last + YEAR),
            factor=one.factor,
            by=by,
        )
        for one in wanted
    ]


@transaction.atomic
def correct(
    queue: Queue | None, starts_at: datetime, ends_at: datetime, factor: Decimal, *, reason: str, by: Person
) -> Correction:
    """By hand, kept apart from the forecast: what it was worth is measured when the calls have come.

    Said twice, once: a fifth more sent again from an old page is not two fifths more.
    """
    _in_order(starts_at, ends_at)
    if ends_at <= timezone.now():
        raise OverAlready
    volumes.in_turn()
    said = {"factor": factor, "reason": _clean(reason, by)}
    same = {"queue": queue, "starts_at": starts_at, "ends_at": ends_at, **said}
    if there := Correction.objects.filter(**same, withdrawn_at=None).first():
        return there
    made = Correction.objects.create(**same, by=by)
    journal.record("corrected", made, by=by, percent=int(factor * 100))
    bus.touch("plan:forecast")
    return made


@transaction.atomic
def withdraw(correction: Correction, *, by: Person) -> None:
    """It no longer counts; that it was there stays."""
    if not Correction.objects.filter(pk=correction.pk, withdrawn_at=None).update(withdrawn_at=Now()):
        raise WithdrawnAlready
    journal.record("correction_withdrawn", correction, by=by)
    bus.touch("plan:forecast")


def _in_order(starts_at: datetime, ends_at: datetime) -> None:
    if ends_at <= starts_at or ends_at - starts_at > LONGEST:
        raise EndsBeforeStart


def _clean(words: str, by: Person | None) -> str:
    """A planner's words stay for years: identifiers and what somebody confided do not."""
    language = (translation.get_language() or "de").split("-", maxsplit=1)[0]
    return screening.reason(words.strip(), language=language, by=by)
