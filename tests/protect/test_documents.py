"""The documents of the house say what the code does: a difference fails here."""

from pathlib import Path

import pytest
from django.utils.translation import override

from firsthand.kernel import zones
from firsthand.protect import actions, documents, registry
from firsthand.protect.models import TERMS, Purpose
from tests import world

HERE = Path(__file__).resolve().parents[2] / "docs" / "protect"
DELIVERED = documents.delivered()


@pytest.mark.parametrize("language", documents.NAMES)
def test_the_copies_in_the_repository_are_what_the_code_says(language):
    for name, text in documents.written(language, house=DELIVERED).items():
        kept = (HERE / language / name).read_text(encoding="utf-8")
        assert kept == text, f"{name} is out of date: firsthand documents --as-delivered docs/protect"


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
