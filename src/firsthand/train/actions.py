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


@transaction.atomic
def give(person: Person, topic: str, until: date, *, by: Person | None) -> Readiness:
    """Say that somebody may answer a topic up to and including a day."""
    _check([topic], until)
    _write([(person, topic)], until, by)
    return Readiness.objects.get(person=person, topic=topic)


@transaction.atomic
def give_all(people: Sequence[Person], chosen: Iterable[str], until: date, *, by: Person | None) -> None:
    """The same for several people and topics: a front week begins with three hundred at once.

    Who is ready for longer stays so: an advisor's year is not cut to the week.
    """
    chosen = sorted(set(chosen))
    _check(chosen, until)
    held = Readiness.objects.filter(person__in=people, topic__in=chosen, until__gte=until)
    longer = set(held.values_list("person", "topic"))
    _write([(one, topic) for one in people for topic in chosen if (one.pk, topic) not in longer], until, by)


@transaction.atomic
def take_away(person: Person, topic: str, *, by: Person | None) -> None:
    """Somebody may no longer answer a topic. Not there is as good as taken away."""
    gone, _kinds = Readiness.objects.filter(person=person, topic=topic).delete()
    if gone:
        journal.record("took readiness", person, by=by, **{topic: True})
        _announce([person])


def _check(chosen: Iterable[str], until: date) -> None:
    if not set(chosen) <= set(topics.groups(settings.COUNTRY)):
        raise NoSuchTopic
    if until < timezone.localdate():
        raise AlreadyOver


def _write(wanted: Sequence[tuple[Person, str]], until: date, by: Person | None) -> None:
    """In the order of the key, so that two organisers at once wait for each other, not in a circle."""
    Readiness.objects.bulk_create(
        [
            Readiness(person=person, topic=topic, until=until, given_by=by)
            for person, topic in sorted(wanted, key=lambda pair: (pair[0].pk, pair[1]))
        ],
        update_conflicts=True,
        unique_fields=["person", "topic"],
        update_fields=["until", "given_by", "given_at"],
    )
    given: dict[Person, list[str]] = {}
    for person, topic in wanted:
        given.setdefault(person, []).append(topic)
    for person, chosen in given.items():
        journal.record(
            "gave readiness", person, by=by, until=until.isoformat(), **dict.fromkeys(chosen, True)
        )
    _announce(list(given))


def _announce(people: Sequence[Person]) -> None:
    signals.readiness_changed.send(Readiness, person_ids=[person.pk for person in people])
    bus.touch("readiness", *(f"desk:{person.pk}" for person in people))
