"""The duty of secrecy: which words, in force since when, signed by whom; a new text is signed anew."""

import pytest
from django.db import DatabaseError, transaction

from firsthand.config.logins import OWNER
from firsthand.journal.models import Entry
from firsthand.people import actions, queries, secrecy
from firsthand.people.models import Person, Role, SecrecySignature, SecrecyText
from tests import world
from tests.logins import become
from tests.people.signing import client_of

pytestmark = pytest.mark.django_db

# One version, one text. Whoever changes a sentence gives it a new edition and adds it here.
TEXTS = {
    "CH-2026-11": "6d78c5b48b8c8fe1220ced8ffb1f0b9f1104e566e449d194a5b1851bc3668b27",
    "DE-2026-11": "0e6bc3c996eb5c38542802f082dbad1e1b64e58f4e67025eab49eef6992d880e",
}


@pytest.fixture
def hanna() -> Person:
    return world.person("Hanna Frei", Role.HELPER, secrecy_signed_at=None)


def new_edition(monkeypatch) -> str:
    monkeypatch.setattr(secrecy, "EDITION", "2027-02")
    assert actions.publish_secrecy()
    return queries.secrecy_version()


@pytest.mark.parametrize("country", ["CH", "DE"])
def test_a_version_stands_for_one_text(settings, country):
    settings.COUNTRY = country
    text = secrecy.text()
    assert text.digest == TEXTS[text.version], "the words have changed: give them a new EDITION"


@pytest.mark.parametrize(("country", "law"), [("CH", "Art. 33 ATSG"), ("DE", "§ 203 StGB")])
def test_it_names_the_law_of_the_country_and_its_version(settings, hanna, country, law):
    settings.COUNTRY = country
    page = client_of(hanna).get("/people/secrecy/").content.decode()
    assert law in page
    assert secrecy.text().version in page


def test_a_signature_is_a_row_with_version_language_and_moment(hanna):
    client_of(hanna).post("/people/secrecy/", {"understood": "on"})
    signature = SecrecySignature.objects.get(person=hanna)
    hanna.refresh_from_db()
    assert signature.version == queries.secrecy_version() == "CH-2026-11"
    assert signature.signed_at == hanna.secrecy_signed_at
    assert signature.language


def test_nobody_changes_or_removes_a_signature_or_a_text(hanna):
    actions.sign_secrecy(hanna, by=hanna)
    for change in (
        lambda: SecrecySignature.objects.update(version="x"),
        lambda: SecrecySignature.objects.all().delete(),
        lambda: SecrecyText.objects.update(digest="x"),
        lambda: SecrecyText.objects.all().delete(),
    ):
        with pytest.raises(DatabaseError, match="append only"), transaction.atomic(), become(OWNER):
            change()


def test_a_new_text_is_asked_of_everybody_again(monkeypatch, hanna):
    ada = world.ada()
    version = new_edition(monkeypatch)
    ada.refresh_from_db()
    assert ada.secrecy_signed_at is None
    actions.sign_secrecy(ada, by=ada)
    signed = SecrecySignature.objects.filter(person=ada).order_by("pk").values_list("version", flat=True)
    assert list(signed) == ["CH-2026-11", version]
    assert not actions.publish_secrecy(), "once"
    assert Entry.objects.filter(verb="published").count() == 1


def test_who_read_the_old_text_does_not_sign_the_new_one(monkeypatch, hanna):
    client = client_of(hanna)
    assert 'value="CH-2026-11"' in client.get("/people/secrecy/").content.decode()
    new_edition(monkeypatch)
    answer = client.post("/people/secrecy/", {"understood": "on", "version": "CH-2026-11"})
    assert answer.status_code == 422
    assert "The text has changed since you opened the page" in answer.content.decode()
    assert not SecrecySignature.objects.filter(person=hanna).exists()


def test_a_release_that_is_taken_back_brings_its_text_back(monkeypatch, hanna):
    new_edition(monkeypatch)
    monkeypatch.undo()
    assert actions.publish_secrecy()
    assert queries.secrecy_version() == "CH-2026-11"


def test_the_organiser_finds_who_has_not_signed(hanna):
    world.ada()
    page = client_of(world.otto()).get("/people/?unsigned=on").content.decode()
    assert "Hanna Frei" in page
    assert "Ada Lindner" not in page
