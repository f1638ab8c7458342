"""Who is kept from whose file. Only the person and the data-protection officer can read it; all else asks
yes or no.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
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


@dataclass(frozen=True, repr=False)
class Caller:
    """What is known of somebody whom nobody has verified yet; `member`: whose contact it is for certain."""

    phone_numbers: Sequence[str] = ()
    name: str = ""
    member: int | None = None

    @property
    def numbers(self) -> set[str]:
        return {number for one in self.phone_numbers if (number := phones.e164(one, settings.COUNTRY))}


def apart(callers: Sequence[Caller]) -> list[Apart]:
    """For each of these callers: a number that fits or a name that fits is enough to be careful. Two questions to the
    database, however many they are.
    """
    known, named = _known(callers), _named({one.name for one in callers})
    found = []
    for one in callers:
        people = set().union(*(known[key] for key in (one.member, *one.numbers) if key), named[one.name])
        found.append(Apart(bool(people), tuple(sorted(people))))
    return found


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


def _known(callers: Sequence[Caller]) -> Mapping[int | str | None, set[int]]:
    """Whose people they are, by the key of a member and by a number."""
    members = {one.member for one in callers if one.member}
    numbers = {number for one in callers for number in one.numbers}
    found: defaultdict[int | str | None, set[int]] = defaultdict(set)
    if members or numbers:
        rows = Shield.objects.filter(Q(member__in=members) | Q(member__phone__in=numbers))
        for person, member, number in rows.values_list("person", "member", "member__phone"):
            found[member].add(person)
            found[number].add(person)
    return found


def _named(typed: Collection[str]) -> dict[str, set[int]]:
    """Whom each typed name may mean. Looked at are those in whose name some word begins like the first word
    typed: both spellings of an umlaut begin with the same letter, so that none is lost.
    """
    letters = {name: {half[0] for half in names.begins(name)} for name in typed}
    if not (wanted := set().union(*letters.values())):
        return {name: set() for name in typed}
    rows = Shield.objects.filter(member__sort_name__regex=f"(^| )[{''.join(sorted(wanted))}]")
    by_letter: defaultdict[str, set[tuple[int, str, str]]] = defaultdict(set)
    member = ("member__given_name", "member__family_name", "member__sort_name")
    for person, given, family, sort_name in rows.values_list("person", *member):
        for word in sort_name.split():
            by_letter[word[0]].add((person, given, family))
    return {
        name: {
            person
            for person, given, family in set().union(*(by_letter[letter] for letter in letters[name]))
            if names.fits(name, given, family)
        }
        for name in typed
    }
