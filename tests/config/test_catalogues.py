import gettext
import os

from firsthand.config import catalogues

PO = """
msgid ""
msgstr "Content-Type: text/plain; charset=utf-8\\n"

msgid "Answer"
msgstr "Annehmen"
"""


def source(folder):
    po = folder / "de" / "LC_MESSAGES" / "django.po"
    po.parent.mkdir(parents=True)
    po.write_text(PO, encoding="utf-8")
    return po


def test_a_checkout_compiles_what_is_stale_once(tmp_path):
    po = source(tmp_path)
    assert catalogues.compile_stale(tmp_path) == [po]
    assert catalogues.compile_stale(tmp_path) == []
    with po.with_suffix(".mo").open("rb") as file:
        assert gettext.GNUTranslations(file).gettext("Answer") == "Annehmen"


def test_a_changed_source_is_stale_again(tmp_path):
    po = source(tmp_path)
    catalogues.compile_stale(tmp_path)
    later = po.stat().st_mtime + 10
    os.utime(po, (later, later))
    assert catalogues.stale(tmp_path) == [po]


def test_a_country_is_compiled_with_all_of_its_language(tmp_path):
    """Else another app's word for it would be found before ours."""
    german = source(tmp_path)
    german.write_text(PO + '\nmsgid "Street"\nmsgstr "Straße"\n', encoding="utf-8")
    swiss = tmp_path / "de_CH" / "LC_MESSAGES" / "django.po"
    swiss.parent.mkdir(parents=True)
    swiss.write_text(PO.replace("Annehmen", "Entgegennehmen"), encoding="utf-8")
    catalogues.compile_stale(tmp_path)
    with swiss.with_suffix(".mo").open("rb") as file:
        words = gettext.GNUTranslations(file)
    assert words.gettext("Answer") == "Entgegennehmen"
    assert words.gettext("Street") == "Straße"


def test_a_changed_language_makes_its_countries_stale(tmp_path):
    german = source(tmp_path)
    swiss = tmp_path / "de_CH" / "LC_MESSAGES" / "django.po"
    swiss.parent.mkdir(parents=True)
    swiss.write_text(PO, encoding="utf-8")
    catalogues.compile_stale(tmp_path)
    later = german.stat().st_mtime + 10
    os.utime(german, (later, later))
    assert catalogues.stale(tmp_path) == [german, swiss]
