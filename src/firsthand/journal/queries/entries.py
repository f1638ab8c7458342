from __future__ import annotations

from django.db.models import QuerySet

from firsthand.journal.models import Entry


def looked_at(kind: str, object_id: object) -> QuerySet[Entry]:
    """Every entry about one thing, newest first: who did something to it."""
    return Entry.objects.filter(kind=kind, object_id=str(object_id)).order_by("-at", "-id")


def with_verb(*verbs: str) -> QuerySet[Entry]:
    """Every entry of these verbs, newest first."""
    return Entry.objects.filter(verb__in=verbs).order_by("-at", "-id")
