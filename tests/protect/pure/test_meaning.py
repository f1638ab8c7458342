"""Words of four languages share their fields of meaning."""

import re

import pytest

from firsthand.protect.pure.screen import features, fold, meaning
from firsthand.protect.pure.screen.lexicon import load
from firsthand.protect.pure.screen.source import HERE, LANGUAGES

TABLES = meaning.tables()


@pytest.mark.parametrize(
    ("lang", "word", "field"),
    [
        ("de", "verlassen", "leave"),
        ("de", "gewürgt", "hit"),
        ("de", "Betreibung", "collect"),
        ("de", "Selbstbehalt", "franchise"),
        ("fr", "quittée", "leave"),
        ("fr", "poursuites", "collect"),
        ("it", "picchiata", "hit"),
        ("it", "precetto", "collect"),
        ("en", "bailiff", "collect"),
        ("en", "slapped", "hit"),
    ],
)
def test_a_word_means_its_field(lang, word, field):
    assert field in meaning.fields(fold.fold(word).text, TABLES[lang])


def test_umlauts_typed_as_two_letters_mean_the_same():
    assert meaning.fields("gewuergt", TABLES["de"]) == meaning.fields("gewurgt", TABLES["de"]) != []


def test_the_word_itself_goes_before_a_stem_and_the_longer_stem_before_the_shorter():
    table = {"betr": "betr*=care betreib*=collect betreiben=work"}
    assert meaning.fields("betreuung", table) == ["care"]
    assert meaning.fields("betreibung", table) == ["collect"]
    assert meaning.fields("betreiben", table) == ["work"]


def test_a_word_of_no_field_means_nothing():
    assert meaning.fields("xyzzy", TABLES["de"]) == []


def test_every_language_knows_every_field():
    """Else what is learned of a field in one language holds in no other."""
    known = {lang: fields_of(lang) for lang in LANGUAGES}
    assert all(found == known["de"] for found in known.values())


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_word_of_the_list_can_be_one_word_of_a_text(lang):
    said = [word for _, words in lines(lang) for word in words]
    assert [word for word in said if not re.fullmatch(r"[^\W_]+\*?", word)] == []


def test_a_name_means_nothing():
    """Rosa is a colour, a flower and a customer."""
    lexicon = load()
    assert any(one.startswith(features.MEANS) for one in lexicon.features("verlassen", "de", (), 0))
    name = lexicon.roles["rosa"]
    assert not any(one.startswith(features.MEANS) for one in lexicon.features("rosa", "de", (), name))


def lines(lang):
    text = (HERE / lang / "meaning.txt").read_text(encoding="utf-8")
    for line in text.splitlines():
        field, _, said = line.partition("#")[0].partition(":")
        if field:
            yield field, said.split()


def fields_of(lang):
    return {field for field, _ in lines(lang)}
