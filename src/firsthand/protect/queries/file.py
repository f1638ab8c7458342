"""The member's file, for the one person whose contact it is, or who broke the glass."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.http import Http404
from django.utils import timezone

from firsthand.members.models import Cover, Member
from firsthand.people.models import Person
from firsthand.protect import wall
from firsthand.protect.models import BreakGlass, Grant, Note, What
from firsthand.protect.models.purposes import of_branches
from firsthand.protect.pure import fields
from firsthand.protect.pure.fields import Part
from firsthand.protect.queries.reading import reading
from firsthand.protect.queries.requests import disputed, restricted

NOTES = 20
# The columns that a part of the file is read from.
OF_MEMBER: dict[Part, tuple[str, ...]] = {
    Part.BIRTH: ("born_on",),
    Part.ADDRESS: ("household__street", "household__postcode", "household__town"),
    Part.CANTON: ("household__canton",),
    Part.PHONE: ("phone",),
}


# `repr=False`: a log or a traceback that prints the whole thing says nothing about the member.
@dataclass(frozen=True, repr=False)
class Relative:
    """Somebody insured with the member: a name and a year, no more."""

    name: str
    born_in: int


@dataclass(frozen=True, repr=False)
class Product:
    """One cover; None = the concern does not need to know."""

    product: str
    branch: str
    currency: str
    premium: Decimal | None = None
    franchise: Decimal | None = None


@dataclass(frozen=True, repr=False)
class MemberFile:
    """What may be shown: no e-mail, no AHV number, nobody else's file. Empty: the concern needs it not."""

    name: str
    number: str
    # What the concern needs; None = it is not named yet, and no earlier note is shown.
    branches: frozenset[str] | None
    parts: frozenset[Part]
    covers: tuple[Product, ...]
    born_on: date | None = None
    street: str = ""
    place: str = ""
    canton: str = ""
    phone: str = ""
    household: tuple[Relative, ...] = ()
    notes: tuple[Note, ...] = ()
    restricted: bool = False  # kept and not used: the member has asked for it, and no earlier note is shown


@transaction.atomic
def file_for(
    person: Person,
    contact_id: int,
    *,
    branches: Collection[str] | None = None,
    topic: str = "",
    callback: bool = False,
) -> MemberFile | None:
    """The open file of this contact: None if there is none, 404 if it is open to somebody else.

    `topic` and `branches` are what the concern needs (`contact.concern`): of the rest nothing is read from
    the database. Before the concern is named there are the products, to grasp the question, and no note.
    The row of the read log comes first: without it there is no file.
    """
    found = Grant.objects.open().filter(contact_id=contact_id).values_list("person_id", "member_id").first()
    if found is None:
        return None
    person_id, member_id = found
    if person_id != person.pk:
        raise Http404
    purposes = of_branches(branches or ())
    reading(What.FILE, member_id, by=person, contact=contact_id, why=topic, purposes=purposes)
    with wall.within(purposes, person=person, contact=contact_id):
        parts = fields.needed(topic, callback=callback)
        return _file(member_id, parts, None if branches is None else frozenset(branches))


@transaction.atomic
def file_opened(person: Person, opened: BreakGlass) -> MemberFile | None:
    """The file behind broken glass; None once its time is over or it was closed. Each look is a read."""
    grant = Grant.objects.open().filter(break_glass=opened, person=person)
    if not grant.exists():
        return None
    purposes = of_branches([opened.branch])
    reading(What.FILE, opened.member_id, by=person, break_glass=opened.pk, why=opened.kind, purposes=purposes)
    with wall.within(purposes, person=person):
        return _file(opened.member_id, fields.OUTSIDE[opened.kind], frozenset({opened.branch}))


def _file(member_id: int, parts: frozenset[Part], branches: frozenset[str] | None) -> MemberFile:
    columns = [
        "given_name",
        "family_name",
        "number",
        *(name for part in parts for name in OF_MEMBER.get(part, ())),
    ]
    row = Member.objects.filter(pk=member_id).values(*columns).get()
    left_alone = restricted(member_id)
    return MemberFile(
        name=f"{row['given_name']} {row['family_name']}",
        number=row["number"],
        branches=branches,
        parts=parts,
        covers=_covers(member_id, parts, branches),
        born_on=row.get("born_on"),
        street=row.get("household__street", ""),
        place=f"{row['household__postcode']} {row['household__town']}" if Part.ADDRESS in parts else "",
        canton=row.get("household__canton", ""),
        phone=row.get("phone", ""),
        household=_household(member_id) if Part.HOUSEHOLD in parts else (),
        notes=() if left_alone else _notes(member_id, branches or frozenset()),
        restricted=left_alone,
    )


def _covers(member_id: int, parts: frozenset[Part], branches: frozenset[str] | None) -> tuple[Product, ...]:
    covers = Cover.objects.filter(member=member_id).on(timezone.localdate())
    if branches is not None:
        covers = covers.filter(branch__in=branches)
    money = [part.value for part in (Part.PREMIUM, Part.FRANCHISE) if part in parts]
    rows: Any = covers.order_by("branch", "product").values("product", "branch", "currency", *money)
    return tuple(Product(**row) for row in rows)


def _household(member_id: int) -> tuple[Relative, ...]:
    """The eldest first."""
    others = Member.objects.filter(household__members=member_id).exclude(pk=member_id).order_by("born_on")
    rows = others.values_list("given_name", "family_name", "born_on__year")
    return tuple(Relative(f"{given} {family}", year) for given, family, year in rows)


def _notes(member_id: int, branches: frozenset[str]) -> tuple[Note, ...]:
    """What the member says is wrong stands beside the note wherever it is shown: `note.disputed`."""
    found = Note.objects.filter(member=member_id, purpose__in=of_branches(branches))
    notes = tuple(found.select_related("written_by").order_by("-written_at")[:NOTES])
    said = disputed([note.pk for note in notes]) if notes else {}
    for note in notes:
        note.disputed = said.get(note.pk, "")
    return notes
