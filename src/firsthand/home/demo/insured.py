"""Two thousand members in their households, and Frau Keller, whom the visitor plays."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from random import Random

from firsthand.home.demo import tables
from firsthand.home.pure import covers
from firsthand.home.pure.households import Drawer, Somebody
from firsthand.home.pure.households import Home as Drawn
from firsthand.members.models import Cover, Household, Member
from firsthand.members.pure.names import sort_name


def members(rng: Random, how_many: int, today: date) -> list[Member]:
    homes = list(Drawer(rng, tables.towns(), tables.names(), today).homes(how_many))
    houses = Household.objects.bulk_create(_house(number, home) for number, home in enumerate(homes, 1))
    drafts = [(one, house) for home, house in zip(homes, houses, strict=True) for one in home.people]
    made = Member.objects.bulk_create([_member(one, house) for one, house in drafts], batch_size=1000)
    Cover.objects.bulk_create(
        [
            _cover(member, draft)
            for member, (_, house) in zip(made, drafts, strict=True)
            for draft in covers.draw(rng, member.born_on, house.canton, today)
        ],
        batch_size=2000,
    )
    return made


def _house(number: int, home: Drawn) -> Household:
    town = home.town
    return Household(
        number=f"D{number:05}", street=home.street, postcode=town.postcode, town=town.town, canton=town.canton
    )


def _member(one: Somebody, house: Household) -> Member:
    return Member(
        number=one.number,
        given_name=one.given_name,
        family_name=one.family_name,
        sort_name=sort_name(one.given_name, one.family_name),
        born_on=one.born_on,
        ahv=one.ahv,
        household=house,
        phone=one.phone,
        language=one.language,
    )


def _cover(member: Member, draft: covers.Draft) -> Cover:
    return Cover(
        member=member,
        branch=Cover.Branch.BASIC if draft.basic else Cover.Branch.SUPPLEMENTARY,
        product=draft.product,
        franchise=draft.franchise,
        premium=draft.premium,
        starts_on=draft.starts_on,
    )


def frau_keller() -> Member:
    """Her facts stand in the README, so that whoever plays her can be verified."""
    home = Household.objects.create(
        number="D00000", street="Limmatstrasse 12", postcode="8005", town="Zürich", canton="ZH"
    )
    ruth = Member.objects.create(
        number="100200300",
        given_name="Ruth",
        family_name="Keller",
        sort_name=sort_name("Ruth", "Keller"),
        born_on=date(1958, 3, 4),
        ahv="7561234567897",
        household=home,
        phone="+41443218765",
        language="de",
    )
    basic, extra = Cover.Branch.BASIC, Cover.Branch.SUPPLEMENTARY
    for branch, product, franchise, premium in (
        (basic, "Firnlicht Basis Hausarzt", Decimal(300), Decimal("465.30")),
        (extra, "Firnlicht Ambulant", None, Decimal("31.50")),
    ):
        Cover.objects.create(
            member=ruth,
            branch=branch,
            product=product,
            franchise=franchise,
            premium=premium,
            starts_on=date(2020, 1, 1),
        )
    return ruth
