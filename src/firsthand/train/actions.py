"""Who may answer what, until when."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.conf import settings
from django.db import transaction
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from firsthand.journal import actions as journal
from firsthand.kernel.refusal import Refusal
from firsthand.know.pure import topics
from firsthand.live import bus
from firsthand.people.models import Person
from firsthand.train.models import Readiness


class NoSuchTopic(Refusal):
    says = _("There is no such topic. Nothing was changed.")


class AlreadyOver(Refusal):
    says = _("That day is over. Choose today or a later day. Nothing was changed.")


def give(person: Person, topic: str, until: date, *, by: Person | None) -> Readiness:
    """Say that somebody may answer a topic up to and including a day."""
    return give_all(person, [topic], until, by=by)[0]


@transaction.atomic
def give_all(person: Person, chosen: Iterable[str], until: date, *, by: Person | None) -> list[Readiness]:
    chosen = list(chosen)
    if not set(chosen) <= set(topics.groups(settings.COUNTRY)):
        raise NoSuchTopic
    if until < timezone.localdate():
        raise AlreadyOver
    given = []
    for topic in chosen:
        values = {"until": until, "given_by": by, "given_at": Now()}
        ready, _new = Readiness.objects.update_or_create(person=person, topic=topic, defaults=values)
        journal.record("gave", ready, by=by, person=person.pk, topic=topic, until=until.isoformat())
        given.append(ready)
    bus.touch("readiness", f"desk:{person.pk}")
    return given


@transaction.atomic
def take_away(person: Person, topic: str, *, by: Person | None) -> None:
    """Somebody may no longer answer a topic. Not there is as good as taken away."""
    for ready in Readiness.objects.select_for_update().filter(person=person, topic=topic):
        journal.record("took away", ready, by=by, person=person.pk, topic=topic)
        ready.delete()
        bus.touch("readiness", f"desk:{person.pk}")
