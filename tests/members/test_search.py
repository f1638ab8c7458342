from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction

from firsthand.members import queries
from firsthand.members.models import Cover, Household, Member
from firsthand.members.pure import names
from tests import world

pytestmark = pytest.mark.django_db


def some(*whole_names: str) -> None:
    home = Household.objects.create(street="Am See 1", postcode="6300", town="Zug", canton="ZG")
    Member.objects.bulk_create(
        Member(
            number=f"9{at:06}",
            given_name=given,
            family_name=family,
            sort_name=names.sort_name(given, family),
            born_on=date(1980, 1, 1),
            household=home,
        )
        for at, (given, family) in enumerate(name.split(" ", 1) for name in whole_names)
    )


def test_it_finds_by_the_beginning_of_the_family_name():
    some("Anna Müller", "Bea Mueller", "Carl Muller", "Dora Munz")
    assert [member.name for member in Member.objects.named("Mül")] == ["Anna Müller", "Bea Mueller"]
    assert [member.name for member in Member.objects.named("mueller b")] == ["Bea Mueller"]


def test_a_sign_of_the_database_is_a_letter_like_any_other():
    some("Anna Müller")
    assert not Member.objects.named("%üller").exists()
    assert not Member.objects.named("m_eller").exists()


def test_the_index_serves_it():
    some(*(f"Anna Name{at}" for at in range(3000)))
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE members_member")
    assert "member_sort_name" in Member.objects.named("name29").explain()


def test_a_household_is_everybody_else_of_it():
    keller = world.frau_keller()
    child = Member.objects.create(
        number="100200309",
        given_name="Mia",
        family_name="Keller",
        sort_name="keller mia",
        born_on=date(2019, 5, 5),
        household=keller.household,
    )
    assert queries.household(keller) == [child]
    assert queries.household(child) == [keller]


def test_cover_is_what_holds_on_the_day():
    keller = world.frau_keller()
    Cover.objects.create(
        member=keller,
        branch=Cover.Branch.SUPPLEMENTARY,
        product="Spital",
        premium=Decimal("88.00"),
        starts_on=date(2021, 1, 1),
        ends_on=date(2025, 12, 31),
    )
    assert [cover.product for cover in queries.covers(keller, date(2025, 12, 31))] == [
        "Firnlicht Basis Hausarzt",
        "Spital",
    ]
    assert [cover.product for cover in queries.covers(keller, date(2026, 1, 1))] == [
        "Firnlicht Basis Hausarzt"
    ]
    assert not queries.covers(keller, date(2019, 12, 31))


@pytest.mark.parametrize(
    ("field", "value"),
    [("phone", "044 321 87 65"), ("number", "100 200"), ("ahv", "756.1234.5678"), ("ahv", "1234567890123")],
)
def test_the_database_keeps_numbers_in_one_form(field, value):
    keller = world.frau_keller()
    with pytest.raises(IntegrityError), transaction.atomic():
        Member.objects.filter(pk=keller.pk).update(**{field: value})
