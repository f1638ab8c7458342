"""The documents of the house say what the code does: a difference fails here."""

import argparse
import dataclasses
import re
from pathlib import Path

import pytest
from django.utils.translation import override

from firsthand.cli import documents as command
from firsthand.cli.halt import Halt
from firsthand.config import catalogues
from firsthand.kernel import zones
from firsthand.protect import actions, documents, registry, words
from firsthand.protect.models import TERMS, Purpose
from firsthand.protect.pure.needs import DEFAULT
from tests import world

HERE = Path(__file__).resolve().parents[2] / "docs" / "protect"
DELIVERED = documents.delivered()


@pytest.mark.parametrize("language", documents.NAMES)
def test_the_copies_in_the_repository_are_what_the_code_says(language):
    for name, text in documents.written(language, house=DELIVERED).items():
        kept = (HERE / language / name).read_text(encoding="utf-8")
        assert kept == text, f"{name} is out of date: firsthand documents --as-delivered docs/protect"


def test_the_command_writes_them_and_tells_when_one_is_out_of_date(tmp_path, monkeypatch, capsys):
    stale = []
    monkeypatch.setattr(catalogues, "compile_stale", lambda: stale.append("compiled"))
    given = argparse.Namespace(folder=str(tmp_path), as_delivered=True, insurer=None, check=False)
    assert command.run(given) == 0
    assert stale, "a fresh checkout would have written English"
    assert f"10 written to {tmp_path}" in capsys.readouterr().out
    given.check = True
    assert command.run(given) == 0
    changed = tmp_path / "de" / f"{documents.NAMES['de']['map']}.md"
    changed.write_text("mine", encoding="utf-8")
    with pytest.raises(Halt, match=f"{changed.name}.*--as-delivered$"):
        command.run(given)
    assert changed.read_text(encoding="utf-8") == "mine"  # --check writes nothing


def test_a_document_that_cannot_be_written_stays_as_it_was(tmp_path, monkeypatch):
    monkeypatch.setattr(catalogues, "compile_stale", lambda: None)
    (tmp_path / "de").write_text("a file where the folder should be")
    given = argparse.Namespace(folder=str(tmp_path), as_delivered=True, insurer=None, check=False)
    with pytest.raises(Halt, match="It is as it was") as no:
        command.run(given)
    assert no.value.code == 2
    assert (tmp_path / "de").read_text() == "a file where the folder should be"
    latin = tmp_path / "of windows" / "de" / "datenlandkarte.md"
    latin.parent.mkdir(parents=True)
    latin.write_bytes(b"M\xfcller")
    given.folder = str(tmp_path / "of windows")
    assert command.run(given) == 0
    assert latin.read_text(encoding="utf-8").startswith("# Datenlandkarte")
    assert sorted(path.name for path in latin.parent.iterdir() if path.name.startswith(".")) == []


def test_german_documents_are_never_written_in_english(tmp_path, monkeypatch):
    """A fresh checkout in a folder where nobody may write: nothing can be compiled."""
    monkeypatch.setattr(catalogues, "compile_stale", lambda: None)
    monkeypatch.setattr(catalogues, "LOCALE", tmp_path)
    given = argparse.Namespace(folder=str(tmp_path / "out"), as_delivered=True, insurer=None, check=False)
    with pytest.raises(Halt, match="would be in English. Nothing was written"):
        command.run(given)
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("language", documents.NAMES)
def test_every_table_every_term_and_every_purpose_stands_in_them(language):
    said = documents.written(language, house=DELIVERED)
    names = documents.NAMES[language]
    for table in registry.tables():
        assert f"`{table.name}`" in said[f"{names['map']}.md"]
        if table.personal:
            assert f"`{table.name}`" in said[f"{names['record']}.md"]
    with override(language):
        for purpose in Purpose:
            assert str(purpose.label) in said[f"{names['regulation']}.md"]
        for term in TERMS.values():
            assert str(term.says) in said[f"{names['deletion']}.md"]


def test_every_column_stands_in_the_map():
    said = documents.written("de", house=DELIVERED)["datenlandkarte.md"]
    for table in registry.tables():
        part = said.partition(f"\n`{table.name}`\n")[2].partition("\n## ")[0]
        for column in table.columns:
            assert f"| `{column}` |" in part


@pytest.mark.django_db
def test_what_the_insurer_sets_stands_in_its_own():
    petra = world.petra()
    with zones.of(zones.PROTECTION):
        actions.set_clock("confidence", 7, by=petra)
    house = documents.ours(insurer="Firnlicht")
    said = documents.written("de", house=house)["loeschkonzept.md"]
    assert "Firnlicht" in said
    assert said != documents.written("de", house=DELIVERED)["loeschkonzept.md"]
    with override("de"):
        assert "| 7 Tage |" in said


def kept_apart(country: str, language: str = "en") -> dict[str, str]:
    house = dataclasses.replace(DELIVERED, insurer="Firnlicht", country=country)
    return documents.written(language, house=house)


@pytest.mark.parametrize("language", ["de", "fr"])
@pytest.mark.parametrize(
    ("country", "others"), [("CH", r"SGB|BDSG|OWiG|TDDDG|\bDE\b"), ("DE", r"KVG|LAMal|328b|\bCH\b")]
)
def test_of_one_insurer_only_the_law_of_its_country_stands_there(country, others, language):
    names = documents.NAMES[language]
    said = kept_apart(country, language)
    for code in ("regulation", "record", "deletion"):
        assert not re.search(others, said[f"{names[code]}.md"]), code
    both = documents.written(language, house=DELIVERED)[f"{names['deletion']}.md"]
    assert "(CH)" in both
    assert "(DE)" in both


@pytest.mark.parametrize("language", ["de", "fr"])
@pytest.mark.parametrize(
    ("country", "own", "others"),
    [
        ("CH", "A-3548/2018", r"BfDI|SGB|BetrVG|UWG|\bDE\b|§"),
        ("DE", "BfDI", r"A-3548|19b|ArGV|OLT|DPO|DSV|OPDo|\bCH\b"),
    ],
)
def test_a_risk_was_seen_in_the_country_of_the_insurer(country, own, others, language):
    name = f"{documents.NAMES[language]['assessment']}.md"
    said = kept_apart(country, language)[name]
    assert own in said
    assert "CNIL" in said, "of neither country, and so for both"
    assert not re.search(others, said)
    both = documents.written(language, house=DELIVERED)[name]
    assert "BfDI" in both
    assert "A-3548/2018" in both


@pytest.mark.parametrize("language", ["de", "fr"])
def test_topics_and_concerns_are_named_in_words(language):
    said = documents.written(language, house=DELIVERED)[f"{documents.NAMES[language]['regulation']}.md"]
    assert not re.search(r"\b(?:CH|DE)\d\d\b", said)
    assert not re.search(r"\b(?:ipv|rueck|sonder|kuendigung|praemie)\b", said)
    assert set(DEFAULT.topic_of.values()) == set(words.TOPICS)


def test_terms_of_notes_that_are_equal_stand_in_one_line():
    def lines(house):
        said = documents.written("de", house=house)["loeschkonzept.md"]
        return [line for line in said.splitlines() if line.startswith("| Notizen: ")]

    assert len(lines(DELIVERED)) == 1
    apart = dataclasses.replace(DELIVERED, amounts={"note_kvg_b": 6})
    assert len(lines(apart)) == 2


@pytest.mark.django_db
def test_the_insurer_is_named_and_its_country_is_that_of_the_settings(settings):
    settings.INSURER, settings.COUNTRY = "Firnlicht", "DE"
    house = documents.ours()
    assert (house.insurer, house.country) == ("Firnlicht", "DE")
