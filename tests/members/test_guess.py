import pytest

from firsthand.members import queries
from firsthand.members.models import Member
from firsthand.members.queries import How
from tests import world

pytestmark = pytest.mark.django_db


def relative(given_name: str, family_name: str = "Keller", number: str = "100200301") -> Member:
    keller = world.frau_keller()
    return Member.objects.create(
        number=number,
        given_name=given_name,
        family_name=family_name,
        sort_name=f"{family_name} {given_name}".lower(),
        born_on=keller.born_on,
        household=keller.household,
        phone=keller.phone,
    )


def test_a_known_number_is_a_name_and_no_more():
    world.frau_keller()
    guess = queries.guess("044 321 87 65", "")
    assert guess == queries.Guess("Ruth Keller", How.PHONE)
    assert set(vars(guess)) == {"name", "how"}


def test_a_typed_name_goes_before_the_number():
    world.frau_keller()
    assert queries.guess("+41443218765", "Hans Muster") == queries.Guess("Hans Muster", How.NAME)
    assert queries.guess("+41443218765", "frau keller").how == How.BOTH


def test_a_typed_name_is_not_looked_up():
    """Whether somebody of this name is insured here must not be learnt by calling."""
    world.frau_keller()
    assert queries.guess("", "Ruth Keller") == queries.Guess("Ruth Keller", How.NAME)


def test_a_number_of_a_household_is_the_family_name():
    relative("Werner")
    assert queries.guess("+41443218765", "") == queries.Guess("Keller", How.PHONE)


def test_a_number_of_two_families_is_no_guess():
    relative("Werner", "Huber")
    assert queries.guess("+41443218765", "") is None


@pytest.mark.parametrize("phone", ["", "anonymous", "+41441111111"])
def test_an_unknown_number_is_no_guess(phone):
    world.frau_keller()
    assert queries.guess(phone, "  ") is None
