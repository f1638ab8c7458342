"""What a member is told of a call in which somebody looked at the file: the day, and what it was about."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from firsthand.answer.models import Contact
from firsthand.answer.queries.desk import questions
from firsthand.protect.queries import Call


def calls_told(contacts: Collection[int]) -> Mapping[int, Call]:
    """In the language that is being spoken."""
    rows = list(Contact.objects.filter(pk__in=contacts).values_list("pk", "queued_at", "concern_id"))
    asked = questions({concern for _, _, concern in rows if concern})
    return {pk: Call(at, asked.get(concern, "")) for pk, at, concern in rows}
