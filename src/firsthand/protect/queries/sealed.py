"""What is sealed of a member, as closed lines: the category, the day, why and until when; never a word of it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import connection, transaction
from django.utils import timezone
from django.utils.functional import Promise

from firsthand.people.models import Person
from firsthand.protect import wall, words
from firsthand.protect.models import Confidence, Grant, Purpose
from firsthand.protect.models.purposes import of_branches
from firsthand.protect.pure.categories import CONFIDED, MEDICAL, Category
from firsthand.protect.queries import needs
from firsthand.protect.queries.requests import restricted

LINES = 20


@dataclass(frozen=True, repr=False)
class SealedLine:
    id: UUID
    category: Promise | str
    purpose: Promise | str
    sealed_at: datetime
    keep_until: date
    may_open: bool  # this concern needs the category; then a reason opens it


@transaction.atomic
def sealed_lines(
    person: Person, contact_id: int, *, branches: Collection[str], concern: str = "", topic: str = ""
) -> tuple[SealedLine, ...]:
    """Of the member whose file is open to this person in this contact. Nothing of a branch that the concern
    does not need, nothing that was sealed in this very contact: whoever sealed it has just heard it, and nothing
    of somebody who asked that what is kept is not used.
    """
    grant = Grant.objects.open().filter(person=person, contact_id=contact_id).first()
    if grant is None or restricted(grant.member_id):
        return ()
    purposes = of_branches(branches)
    matrix = needs.needs()
    with wall.within(purposes, person=person, contact=contact_id):
        rows = Confidence.objects.kept(timezone.localdate()).filter(
            member=grant.member_id, purpose__in=purposes, settled_at__isnull=False
        )
        return tuple(
            SealedLine(
                id=row.pk,
                category=words.of(row.category),
                purpose=Purpose(row.purpose).label,
                sealed_at=row.sealed_at,
                keep_until=row.keep_until,
                may_open=matrix.of(concern, topic, Category(row.category)).needed,
            )
            for row in rows.defer("sealed", "wrapped_key").order_by("-sealed_at")[:LINES]
        )


@dataclass(frozen=True)
class Advice:
    """The line beside the note: what belongs there, and what else this concern needs."""

    belongs: Promise | str
    needed: tuple[Promise | str, ...]


def advice(concern: str, topic: str) -> Advice:
    needed = needs.needed(concern, topic, sorted(CONFIDED | MEDICAL)) if concern or topic else []
    return Advice(words.advice(topic, concern), tuple(words.of(one) for one in needed))


def hold_keys() -> None:
    """Until the end of this transaction no key is destroyed. First this, then the rows, as whoever destroys a key does;
    then the keys are read: a row that was wrapped anew meanwhile is wrapped by one of them.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT protect_hold_keys()")
