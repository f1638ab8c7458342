"""In which language a page is shown, and how it writes dates and numbers."""

from datetime import date

import pytest
from django.conf import settings
from django.test import Client
from django.utils import formats, translation

from firsthand.ui import languages
from tests import world
from tests.people.signing import client_of

pytestmark = pytest.mark.django_db


def language_of(answer) -> str:
    return answer.content.decode().split('<html lang="')[1].split('"')[0]


@pytest.mark.parametrize(
    ("asked", "shown"),
    [
        ("fr", "fr"),
        ("it-CH,it;q=0.9", "it"),
        ("en-GB", "en"),
        ("de-CH", "de-ch"),
        ("de-DE,de", "de-ch"),
        ("rm,xx", "en"),
    ],
)
def test_it_is_the_browsers_or_the_houses(asked, shown):
    """The tests' house language is English."""
    assert language_of(Client().get("/accounts/login/", headers={"Accept-Language": asked})) == shown


def test_an_insurer_abroad_writes_its_own_german(settings):
    settings.COUNTRY = "DE"
    assert languages.spoken("de-ch") == "de"
    assert "de-ch" not in [code for code, _, _ in languages.offered()]


def test_switching_keeps_the_page_and_is_remembered():
    client = Client()
    answer = client.post("/people/language/", {"language": "it", "next": "/accounts/login/?next=/people/"})
    assert answer["Location"] == "/accounts/login/?next=/people/"
    assert language_of(client.get("/accounts/login/", headers={"Accept-Language": "fr"})) == "it"


def test_a_person_keeps_the_language_on_any_machine():
    otto = world.otto()
    client_of(otto).post("/people/language/", {"language": "fr", "next": "/people/me/"})
    assert language_of(client_of(otto).get("/people/me/", headers={"Accept-Language": "it"})) == "fr"


@pytest.mark.parametrize("unknown", ["rm", "../../etc", "", "de-ch;q=1"])
def test_an_unknown_language_changes_nothing(unknown):
    otto = world.otto()
    client_of(otto).post("/people/language/", {"language": unknown, "next": "/people/me/"})
    otto.refresh_from_db()
    assert otto.language == ""


def test_switching_leads_to_no_other_house():
    answer = Client().post("/people/language/", {"language": "it", "next": "https://evil.example/"})
    assert answer["Location"] == "/"


CHRISTMAS = date(2026, 12, 24)


@pytest.mark.parametrize(
    ("language", "day", "number"),
    [
        ("de-ch", "24.12.2026", "1’234.50"),
        ("fr", "24.12.2026", "1’234.50"),
        ("it", "24.12.2026", "1’234.50"),
        ("en", "24 Dec 2026", "1,234.50"),
        ("de", "24.12.2026", "1.234,50"),
    ],
)
def test_dates_and_numbers_are_written_as_the_reader_writes_them(language, day, number):
    with translation.override(language):
        assert formats.date_format(CHRISTMAS, "SHORT_DATE_FORMAT") == day
        assert formats.number_format("1234.50", 2, use_l10n=True, force_grouping=True) == number


@pytest.mark.parametrize("language", [code for code, _ in settings.LANGUAGES])
def test_a_date_is_understood_as_it_is_shown(language):
    from django.forms import DateField

    with translation.override(language):
        assert DateField().clean("24.12.2026") == CHRISTMAS
        assert DateField(localize=True).clean("2026-12-24") == CHRISTMAS
