"""The catalogue is complete in four languages, and no translation changes a figure."""

import re

import pytest

from firsthand.know import catalogue
from firsthand.know.models import ConcernText
from firsthand.know.pure import topics

LANGUAGES = catalogue.LANGUAGES
BY_LANGUAGE = {
    language: {text.code: text for text in catalogue.texts() if text.language == language}
    for language in LANGUAGES
}
NBSP = "\N{NO-BREAK SPACE}"


def figures(text: str) -> list[str]:
    """Every number of a text, in one form: 1 318,33 and 1 318.33 are the same figure."""
    joined = re.sub(rf"(?<=\d){NBSP}(?=\d{{3}})", "", text)
    return sorted(re.findall(r"\d+(?:\.\d+)?", re.sub(r"(?<=\d),(?=\d)", ".", joined)))


def test_a_figure_is_read_alike_in_every_language():
    assert figures(f"5{NBSP}812,50 €") == figures(f"€ 5{NBSP}812.50") == ["5812.50"]
    assert figures("300, 500 und 1000") == ["1000", "300", "500"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_concern_has_words_in_every_language(language):
    assert list(BY_LANGUAGE[language]) == [row.code for row in catalogue.rows()]
    for text in BY_LANGUAGE[language].values():
        assert text.question
        assert text.facts
        assert text.words


@pytest.mark.parametrize("language", [language for language in LANGUAGES if language != "de"])
@pytest.mark.parametrize("cell", ["question", "facts", "yearly_facts", "basis"])
def test_no_translation_changes_a_figure(language, cell):
    for code, text in BY_LANGUAGE[language].items():
        german = getattr(BY_LANGUAGE["de"][code], cell)
        assert figures(getattr(text, cell)) == figures(german), f"{code} {cell} in {language}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_says_the_same_number_of_facts_in_every_language(language):
    for code, text in BY_LANGUAGE[language].items():
        german = BY_LANGUAGE["de"][code]
        assert len(text.facts.splitlines()) == len(german.facts.splitlines()), code
        assert len(text.yearly_facts.splitlines()) == len(german.yearly_facts.splitlines()), code


def test_swiss_rows_are_spelt_the_swiss_way():
    for code, text in BY_LANGUAGE["de"].items():
        words = f"{text.question} {text.facts} {text.yearly_facts}"
        assert "ß" not in words or not code.startswith("CH")
        assert "innert" not in words or not code.startswith("DE")


def test_laws_have_the_names_of_the_language():
    for language, foreign in {
        "fr": "KVG|VVG|KVV|KLV|ATSG|UVG|DSG|AVB",
        "it": "KVG|VVG|KVV|KLV|OPAS|ATSG|UVG|LAA",
    }.items():
        for text in BY_LANGUAGE[language].values():
            assert not re.search(rf"\b({foreign})\b", f"{text.facts} {text.basis}"), (
                f"{text.code} in {language}"
            )


def test_every_word_fits_its_column():
    longest = ConcernText._meta.get_field("question").max_length
    assert all(len(text.question) <= longest and len(text.basis) <= 200 for text in catalogue.texts())


def test_a_row_without_a_source_is_not_confirmed():
    for row in catalogue.rows():
        assert row.sources or not row.confirmed, row.code
        assert all(mark in catalogue.sources() for mark in row.sources)


def test_every_topic_of_the_catalogue_belongs_to_one_topic_of_the_caller():
    for country, groups in topics.GROUPS.items():
        behind = [topic for group in groups.values() for topic in group]
        assert len(behind) == len(set(behind))
        assert {row.topic for row in catalogue.rows() if row.country == country} == set(behind)
        assert 5 <= len(groups) <= 8
