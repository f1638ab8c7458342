"""Names that are certain in a text, so that the screen need not guess them."""

from __future__ import annotations

from firsthand.members.models import Member
from firsthand.people.models import Person
from firsthand.protect.models import Grant


def names_around(person: Person | None, *, member: Member | None = None, said: str = "") -> list[str]:
    """Names that are certain: of whoever writes, of the member whose file is open, what the caller typed."""
    names = [person.name] if person else []
    if person and member is None:
        grant = Grant.objects.open().filter(person=person).select_related("member").first()
        member = grant.member if grant else None
    if member:
        names += [member.given_name, member.family_name, member.name]
    return [name for name in [*names, said] if name.strip()]
