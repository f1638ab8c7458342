"""Who calls: a guess before the caller is verified, one member after."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.db.models import Q, TextChoices
from django.utils.translation import gettext_lazy as _

from firsthand.members.models import Cover, Member
from firsthand.members.pure import facts, names, phones


class How(TextChoices):
    PHONE = "phone", _("the telephone number is known")
    NAME = "name", _("the caller typed this name")
    BOTH = "both", _("the telephone number is known and the typed name fits it")


@dataclass(frozen=True, repr=False)
class Guess:
    """Who it may be. Never more than a name and how we came to it, and nothing of the file."""

    name: str
    how: How


def guess(phone: str, name: str) -> Guess | None:
    """What the caller typed goes first; a known number supports it, or stands in for it."""
    behind = _behind(phone)
    typed = " ".join(name.split())
    if typed:
        fitting = any(names.fits(typed, member.given_name, member.family_name) for member in behind)
        return Guess(typed, How.BOTH if fitting else How.NAME)
    if len(behind) == 1:
        return Guess(behind[0].name, How.PHONE)
    families = {member.family_name for member in behind}
    return Guess(families.pop(), How.PHONE) if len(families) == 1 else None


def _behind(phone: str) -> list[Member]:
    """The members reached by this number: one, or a household. A number of a whole company tells nothing."""
    number = phones.e164(phone, settings.COUNTRY)
    return list(Member.objects.filter(phone=number).exclude(phone="")[:8])


def match(*, name: str, born_on: date | str, postcode: str, number: str) -> Member | None:
    """The one member whose name fits and of whom two of the three facts are right; else nobody.

    It never says which fact was wrong, and it asks the database the same two questions whatever was typed.
    """
    said = facts.read(born_on=born_on, postcode=postcode, number=number)
    rights = [(len(facts.right(said, known(member))), member) for member in _candidates(said)]
    fitting = [
        (count, member)
        for count, member in rights
        if count >= facts.NEEDED and names.fits(name, member.given_name, member.family_name)
    ]
    best = max((count for count, _ in fitting), default=0)
    found = [member for count, member in fitting if count == best]
    return found[0] if len(found) == 1 else None


def _candidates(said: facts.Said) -> Iterable[Member]:
    """Two of three are right only if the number is, or the date of birth and the postcode both are."""
    members = Member.objects.filter(erased_at=None).select_related("household")
    by_number = members.filter(Q(number=said.number) | Q(ahv=said.number))
    by_birth = members.filter(born_on__in=said.born_on or {date.min}, household__postcode=said.postcode)
    return {member.pk: member for found in (by_number, by_birth) for member in found}.values()


def known(member: Member) -> facts.Known:
    numbers = {facts.bare(member.number), facts.bare(member.ahv or "")} - {""}
    return facts.Known(member.born_on, member.household.postcode, frozenset(numbers))


def household(member: Member) -> list[Member]:
    """Everybody insured together with this member, the eldest first."""
    return list(
        Member.objects.filter(household=member.household_id).exclude(pk=member.pk).order_by("born_on")
    )


def covers(member: Member, on: date) -> list[Cover]:
    """What the member has on a day: basic insurance first."""
    return list(Cover.objects.filter(member=member).on(on).order_by("branch", "product"))
