"""What the pages of data protection are told of contacts: when a call was and what it was about, what is owed."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from firsthand.answer.models import Contact
from firsthand.answer.queries.desk import questions
from firsthand.answer.queries.promises import owed_to
from firsthand.kernel import zones
from firsthand.people.models import Person
from firsthand.protect.queries import Call, Promised


def calls_told(contacts: Collection[int]) -> Mapping[int, Call]:
    """In the language that is being spoken."""
    rows = list(Contact.objects.filter(pk__in=contacts).values_list("pk", "queued_at", "concern_id"))
    asked = questions({concern for _, _, concern in rows if concern})
    return {pk: Call(at, asked.get(concern, "")) for pk, at, concern in rows}


@zones.within(zones.CASEWORK)
def promises_told(person: Person, member_id: int) -> Sequence[Promised]:
    """To whoever has this member's file open to keep one: those whose words they may read anyway."""
    return [Promised(words, due_on) for words, due_on in owed_to(person, member_id)]
