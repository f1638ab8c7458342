"""Two facts of three, and a name that fits: docs/decisions/0009."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from firsthand.members import queries
from firsthand.members.models import Member
from tests import world

pytestmark = pytest.mark.django_db

RIGHT = {"born_on": "4.3.1958", "postcode": "8005", "number": "100 200 300"}


def match(**said):
    return queries.match(**{"name": "Ruth Keller", "born_on": "", "postcode": "", "number": "", **said})


def twin(number: str = "100200301", given_name: str = "Rosa", born_on: date = date(1958, 3, 4)) -> Member:
    keller = world.frau_keller()
    return Member.objects.create(
        number=number,
        given_name=given_name,
        family_name="Keller",
        sort_name=f"keller {given_name.lower()}",
        born_on=born_on,
        household=keller.household,
    )


@pytest.mark.parametrize("left_out", ["born_on", "postcode", "number"])
def test_any_two_facts_find_the_member(left_out):
    keller = world.frau_keller()
    assert match(**{**RIGHT, left_out: ""}) == keller


@pytest.mark.parametrize(
    ("fact", "wrong"), [("born_on", "5.3.1958"), ("postcode", "3000"), ("number", "999999999")]
)
def test_a_third_fact_that_is_wrong_does_not_undo_two(fact, wrong):
    keller = world.frau_keller()
    assert match(**{**RIGHT, fact: wrong}) == keller


@pytest.mark.parametrize("fact", ["born_on", "postcode", "number"])
def test_one_fact_is_not_enough(fact):
    world.frau_keller()
    assert match(**{fact: RIGHT[fact]}) is None


def test_member_number_and_ahv_number_are_one_fact():
    world.frau_keller()
    assert match(number="756.1234.5678.97") is None
    assert match(number="756.1234.5678.97", postcode="8005") is not None


@pytest.mark.parametrize("name", ["", "Frau", "Ruth Huber", "R"])
def test_a_name_that_does_not_fit_finds_nobody(name):
    world.frau_keller()
    assert match(name=name, **RIGHT) is None


@pytest.mark.parametrize("name", ["Keller", "keller ruth", "Frau Kell"])
def test_a_name_may_be_short_and_in_any_order(name):
    assert match(name=name, **RIGHT) is None
    keller = world.frau_keller()
    assert match(name=name, **RIGHT) == keller


def test_facts_that_fit_two_people_let_nobody_in():
    twin()
    assert match(name="Keller", born_on="4.3.1958", postcode="8005") is None
    assert match(name="Ruth", born_on="4.3.1958", postcode="8005") == world.frau_keller()


def test_three_facts_go_before_two():
    """Of twins the one whose number is right too."""
    other = twin()
    assert match(name="Keller", **{**RIGHT, "number": other.number}) == other


def test_the_facts_of_two_people_mixed_let_nobody_in():
    """The number of one, the birthday of the other, the postcode of both."""
    other = twin(born_on=date(1990, 1, 1))
    assert match(name="Keller", born_on="4.3.1958", postcode="8005", number=other.number) is None


def test_it_asks_the_same_whatever_was_typed():
    world.frau_keller()
    asked = []
    for said in (RIGHT, {}, {"born_on": "?", "postcode": "x", "number": "0"}, {**RIGHT, "name": "Nobody"}):
        with CaptureQueriesContext(connection) as queries_:
            match(**said)
        asked.append([query["sql"].split(" WHERE ")[0] for query in queries_])
    assert len(asked[0]) == 2
    assert all(one == asked[0] for one in asked)
