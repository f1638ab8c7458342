"""What somebody wrote who opened what was sealed: the officer reads it, and on the member's list it does not stand."""

import re

import pytest

from tests import world
from tests.protect import sealed

pytestmark = pytest.mark.django_db
PAGE = "/protect/looked/"
FIRST, SECOND = "Frage nach der Therapie", "Noch eine Frage danach"


@pytest.fixture(autouse=True)
def _keys_of_this_test(settings, tmp_path):
    settings.HOME = tmp_path


def look(*reasons: str) -> None:
    row = sealed.sealed()
    sealed.open_file()
    for reason in reasons:
        sealed.opened(row, reason=reason)
    sealed.close_file()


def as_officer(client):
    client.force_login(world.petra())
    return client


def test_the_officer_reads_of_each_opening_what_it_was_and_why(client):
    look(FIRST, SECOND)
    rows = [row for row in as_officer(client).get(PAGE).text.split("<tr>") if "a sealed confidence" in row]
    assert ["a sealed confidence: addiction" in row for row in rows] == [True, True]
    assert [(FIRST in row, SECOND in row) for row in rows] == [(False, True), (True, False)]


def test_a_reason_gives_nobody_away_there(client):
    look("Frau Keller, AHV 756.9217.0769.85, fragt nach der Therapie")
    page = as_officer(client).get(PAGE).text
    assert "Therapie" in page
    assert not re.search("Keller|756", page.partition("<table")[2])


def test_the_members_own_list_says_neither(client):
    look(FIRST)
    keller = world.frau_keller()
    for form in ("sheet/", ".csv", ".json"):
        address = f"{PAGE}{keller.pk}{'/' if form == 'sheet/' else ''}{form}"
        said = as_officer(client).post(address).text
        assert (FIRST in said, "addiction" in said) == (False, False)
