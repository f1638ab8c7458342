"""The member's file, for the one person whose contact it is."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.http import Http404
from django.utils import timezone

from firsthand.journal import actions as journal
from firsthand.members import queries as members
from firsthand.members.models import Cover, Member
from firsthand.people.models import Person
from firsthand.protect import wall
from firsthand.protect.models import Grant, Note
from firsthand.protect.models.purposes import of_branches


# `repr=False`: a log or a traceback that prints the whole thing says nothing about the member.
@dataclass(frozen=True, repr=False)
class Relative:
    """Somebody insured with the member: a name and a year, no more."""

    name: str
    born_in: int


@dataclass(frozen=True, repr=False)
class MemberFile:
    """What the desk may show while the contact lasts: no e-mail, no AHV number, nobody else's file."""

    name: str
    number: str
    born_on: date
    street: str
    place: str
    canton: str
    phone: str
    language: str
    household: tuple[Relative, ...]
    covers: tuple[Cover, ...]
    notes: tuple[Note, ...]
    # What the concern needs; None = it is not named yet, and no earlier note is shown.
    branches: frozenset[str] | None


@transaction.atomic
def file_for(
    person: Person, contact_id: int, *, branches: Collection[str] | None = None
) -> MemberFile | None:
    """The open file of this contact: None if there is none, 404 if it is open to somebody else. A read is
    an entry of the journal.

    `branches` is what the concern needs (`contact.concern.branches`): earlier notes and cover of the other
    branch stay closed. Before the concern is named there is the cover, to grasp the question, and no note.
    """
    grant = Grant.objects.open().filter(contact_id=contact_id).select_related("member__household").first()
    if grant is None:
        return None
    if grant.person_id != person.pk:
        raise Http404
    journal.record("looked", grant.member, by=person, contact=contact_id)
    with wall.within(of_branches(branches or ()), person=person, contact=contact_id):
        return _file(grant.member, None if branches is None else frozenset(branches))


def _file(member: Member, branches: frozenset[str] | None) -> MemberFile:
    home = member.household
    covers = members.covers(member, timezone.localdate())
    notes = Note.objects.filter(member=member, purpose__in=of_branches(branches or ())).select_related("written_by")
    return MemberFile(
        name=member.name,
        number=member.number,
        born_on=member.born_on,
        street=home.street,
        place=f"{home.postcode} {home.town}",
        canton=home.canton,
        phone=member.phone,
        language=member.language,
        household=tuple(Relative(other.name, other.born_on.year) for other in members.household(member)),
        covers=tuple(cover for cover in covers if branches is None or cover.branch in branches),
        notes=tuple(notes.order_by("-written_at")[:20]),
        branches=branches,
    )
