"""The officer's first page: what waits, and what is kept, how much of it and for how long."""

import pytest
from django.db import connection

from firsthand.protect import actions, queries
from firsthand.protect.queries.overview import _estimates
from tests import world
from tests.logins import everything

pytestmark = pytest.mark.django_db


def kept(what: str) -> queries.Keeps:
    with everything():
        return next(one for one in queries.kept() if str(one.what) == what)


def test_what_waits_stands_on_top(client):
    actions.take_down("access", way="letter", member=world.frau_keller(), by=world.petra())
    client.force_login(world.petra())
    for page in ("/protect/", "/"):
        text = client.get(page).text
        assert "1 request of a person concerned" in text
        assert "the next due on" in text


def test_an_empty_table_that_postgresql_never_counted_has_no_rows_and_is_not_unknown():
    with everything():
        with connection.cursor() as cursor:
            cursor.execute("CREATE TABLE nobody_wrote_here (id integer)")
        assert _estimates()["nobody_wrote_here"] == 0


def test_of_several_terms_each_says_what_it_is_about():
    assert "Drafts of notes: 1 day from: the contact is over" in kept("Contacts").lasts
    assert kept("Notes").lasts == ["2 years from: the note was written"]


def test_what_has_no_term_says_why_it_stays():
    assert "stays on the list" in kept("Who is not to be called").lasts[0]


def test_of_a_table_that_loses_one_column_it_does_not_say_that_it_goes():
    (said,) = kept("What was heard at the front").lasts
    assert said.startswith("From which contact an observation comes: 90 days from:")
