"""Who is kept from whose file. Only the person and the data-protection officer can read it; all else asks
yes or no.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.db import connection
from django.db.models import Q
from django.http import Http404

from firsthand.kernel import sql
from firsthand.members.models import Member
from firsthand.members.pure import names, phones
from firsthand.people.models import Person, Role
from firsthand.protect.models import Shield


@dataclass(frozen=True)
class Apart:
    """From whom a contact is kept: from everybody with a say in personnel matters, and from these people."""

    shielded: bool = False
    people: tuple[int, ...] = ()


def is_kept_from(person: Person, member: Member) -> bool:
    """Their own file, a relative's; or a colleague's, if they have a say in personnel matters. The database
    refuses a grant for the same reason; whoever shows a file by another way asks here first.
    """
    with connection.cursor() as cursor:
        statement = sql.named("firsthand.protect", "outreach")["kept_from"]
        cursor.execute(statement, {"person": person.pk, "member": member.pk})
        return bool(cursor.fetchone()[0])


def apart(*, phone_numbers: Iterable[str] = (), name: str = "", member: int | None = None) -> Apart:
    """For a caller whom nobody has verified yet: a number that fits or a name that fits is enough to be
    careful.
    """
    numbers = {number for one in phone_numbers if (number := phones.e164(one, settings.COUNTRY))}
    found = Q(member=member) if member else Q()
    if numbers:
        found |= Q(member__phone__in=numbers)
    people = set(Shield.objects.filter(found).values_list("person", flat=True)) if found else set()
    people |= _named(name)
    return Apart(bool(people), tuple(sorted(people)))


def shields_of(person: Person) -> list[Shield]:
    return list(Shield.objects.filter(person=person).select_related("member").order_by("pk"))


def shields_for(officer: Person) -> list[Shield]:
    if not officer.has_role(Role.PROTECTION):
        raise Http404
    rows = Shield.objects.select_related("member", "person", "said_by")
    return list(rows.order_by("person__name", "pk"))


def shield_for(officer: Person, pk: int) -> Shield:
    found = Shield.objects.select_related("member", "person").filter(pk=pk).first()
    if found is None or not officer.has_role(Role.PROTECTION):
        raise Http404
    return found


def staff_to_shield() -> list[tuple[int, str]]:
    return list(Person.objects.working().filter(synthetic=False).order_by("name").values_list("pk", "name"))


def _named(name: str) -> set[int]:
    """Whom a typed name may mean. The database keeps those in whose name some word begins like the first
    word typed: both spellings of an umlaut begin with the same letter, so that none is lost.
    """
    letters = {half[0] for half in names.begins(name)}
    if not letters:
        return set()
    rows = Shield.objects.filter(member__sort_name__regex=f"(^| )[{''.join(sorted(letters))}]").values_list(
        "person", "member__given_name", "member__family_name"
    )
    return {person for person, given, family in rows if names.fits(name, given, family)}
