"""Who may answer what, until when."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from firsthand.journal import actions as journal
from firsthand.kernel.refusal import Refusal
from firsthand.know.pure import topics
from firsthand.live import bus
from firsthand.people.models import Person
from firsthand.train import signals
from firsthand.train.models import Readiness


class NoSuchTopic(Refusal):
    says = _("There is no such topic. Nothing was changed.")


class AlreadyOver(Refusal):
    says = _("That day is over. Choose today or a later day. Nothing was changed.")


def give(person: Person, topic: str, until: date, *, by: Person | None) -> Readiness:
    """Say that somebody may answer a topic up to and including a day."""
    give_all([person], [topic], until, by=by)
    return Readiness.objects.get(person=person, topic=topic)


@transaction.atomic
def give_all(people: Sequence[Person], chosen: Iterable[str], until: date, *, by: Person | None) -> None:
    """The same for several people and topics: a front week begins with three hundred at once."""
    chosen = sorted(set(chosen))
    if not set(chosen) <= set(topics.groups(settings.COUNTRY)):
        raise NoSuchTopic
    if until < timezone.localdate():
        raise AlreadyOver
    Readiness.objects.bulk_create(
        [
            Readiness(person=person, topic=topic, until=until, given_by=by)
            for person in sorted(people, key=lambda person: person.pk)
            for topic in chosen
        ],
        update_conflicts=True,
        unique_fields=["person", "topic"],
        update_fields=["until", "given_by", "given_at"],
    )
    for person in people:
        journal.record(
            "gave readiness", person, by=by, until=until.isoformat(), **dict.fromkeys(chosen, True)
        )
    _announce(people)


@transaction.atomic
def take_away(person: Person, topic: str, *, by: Person | None) -> None:
    """Somebody may no longer answer a topic. Not there is as good as taken away."""
    gone, _kinds = Readiness.objects.filter(person=person, topic=topic).delete()
    if gone:
        journal.record("took readiness", person, by=by, **{topic: True})
        _announce([person])


def _announce(people: Sequence[Person]) -> None:
    signals.readiness_changed.send(Readiness, person_ids=[person.pk for person in people])
    bus.touch("readiness", *(f"desk:{person.pk}" for person in people))
