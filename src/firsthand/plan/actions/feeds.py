"""A link by which somebody's own calendar reads their half-days. Made by them, taken back by them."""

from __future__ import annotations

import secrets

from django.db import transaction
from django.db.models.functions import Now

from firsthand.journal import actions as journal
from firsthand.people.models import Person
from firsthand.plan.models import Feed
from firsthand.plan.queries import feeds as queries


@transaction.atomic
def make(person: Person, *, by: Person) -> str:
    """The link's secret, shown once: only its digest is kept. An earlier link ends with it."""
    token = secrets.token_urlsafe(32)
    Feed.objects.update_or_create(person=person, defaults={"digest": queries.digest(token), "made_at": Now()})
    journal.record("feed made", person, by=by)
    return token


@transaction.atomic
def take_back(person: Person, *, by: Person) -> None:
    if Feed.objects.filter(person=person).delete()[0]:
        journal.record("feed taken back", person, by=by)
