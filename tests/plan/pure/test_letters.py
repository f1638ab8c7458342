"""What is written to colleagues, and that nothing but the name, the week and the link stands in it."""

import pytest

from firsthand.plan.pure import letters
from firsthand.plan.pure.letters import Words

KINDS = ("callup", "invitation", "reminder")


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("language", letters.LANGUAGES)
def test_the_house_has_its_own_words_in_each_language(kind, language):
    words = letters.default(kind, language, "CH")
    letters.check(words)
    filled = letters.filled(words, dict.fromkeys(letters.BLANKS, "X"))
    assert "{" not in filled.subject + filled.text


def test_german_is_written_as_the_country_writes_it():
    assert "Freundliche Grüsse" in letters.default("callup", "de", "CH").text
    for kind in KINDS:
        text = letters.default(kind, "de", "DE").text
        assert "Freundliche Grüße" in text
        assert "grüsse" not in text.lower()


@pytest.mark.parametrize(
    ("words", "blank"),
    [
        (Words("Hello", "{nmae} {link}"), "nmae"),
        (Words("{}", "{link}"), ""),
        (Words("{email}", "{link}"), "email"),
        (Words("Hello", "{name}"), ""),
        (Words("{link}", "no link where it is read"), ""),
    ],
)
def test_a_blank_that_nothing_stands_for_is_refused_and_so_is_a_letter_without_the_link(words, blank):
    with pytest.raises(letters.BadBlank) as no:
        letters.check(words)
    assert str(no.value) == blank


def test_braces_in_a_name_are_not_read_again():
    filled = letters.filled(Words("{name}", "{name} {link}"), {"name": "{link}", "link": "http://x"})
    assert filled == Words("{link}", "{link} http://x")


def test_a_subject_stays_one_line():
    filled = letters.filled(Words("{name}", "{link}"), {"name": "Ada\r\nBcc: all@x.example", "link": "y"})
    assert filled.subject == "Ada Bcc: all@x.example"


@pytest.mark.parametrize(
    ("page", "spoken", "house", "language"),
    [
        ("fr", ["de"], "de-ch", "fr"),
        ("de-ch", ["fr"], "fr", "de"),
        ("", ["it", "de"], "de-ch", "it"),
        ("", [], "de-ch", "de"),
        ("", ["rm"], "xx", "en"),
    ],
)
def test_somebody_is_written_to_in_their_language(page, spoken, house, language):
    assert letters.language_of(page, spoken, house) == language
