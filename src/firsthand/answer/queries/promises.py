from __future__ import annotations

from django.shortcuts import get_object_or_404

from firsthand.answer.models import Promise
from firsthand.people.models import Person, Role


def open_promises() -> list[Promise]:
    """What is still owed to callers, the most urgent first. Who was promised it is not shown in a list."""
    promises = Promise.objects.filter(kept_at=None).select_related("made_by", "contact")
    return list(promises.order_by("due_on", "pk")[:200])


def promise_for(person: Person, pk: int) -> Promise:
    """Any promise may be kept by anybody who answers callers, or organises; for others there is none."""
    may = person.answers or person.has_role(Role.ORGANISER)
    return get_object_or_404(Promise.objects.all() if may else Promise.objects.none(), pk=pk)
