"""What the pages of data protection are told: when a call was and what about, what is owed, which cases there are."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from django.db.models import Exists, OuterRef
from django.utils import timezone

from firsthand.answer.models import Case, Contact
from firsthand.answer.queries.desk import questions
from firsthand.answer.queries.promises import owed_to
from firsthand.kernel import zones
from firsthand.people.models import Person
from firsthand.protect.queries import Call, CaseOf, Promised


def calls_told(contacts: Collection[int]) -> Mapping[int, Call]:
    """In the language that is being spoken."""
    rows = list(Contact.objects.filter(pk__in=contacts).values_list("pk", "queued_at", "concern_id"))
    asked = questions({concern for _, _, concern in rows if concern})
    return {pk: Call(at, asked.get(concern, "")) for pk, at, concern in rows}


@zones.within(zones.CASEWORK)
def promises_told(person: Person, member_id: int) -> Sequence[Promised]:
    """To whoever has this member's file open to keep one: those whose words they may read anyway."""
    return [Promised(words, due_on) for words, due_on in owed_to(person, member_id)]


def cases_told(member_id: int) -> Sequence[CaseOf]:
    """Those that a contact of the member is in, the newest first; in the language of the page."""
    contacts = Contact.objects.filter(case=OuterRef("pk"), member=member_id)
    rows = Case.objects.filter(Exists(contacts)).order_by("-opened_at", "-pk")
    found = list(rows.values_list("pk", "opened_at", "concern_id"))
    asked = questions({concern for _, _, concern in found if concern})
    return [CaseOf(pk, timezone.localdate(at), asked.get(concern, "")) for pk, at, concern in found]
