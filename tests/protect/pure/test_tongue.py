"""The language of what somebody wrote, said only where it is clear."""

import pytest

from firsthand.protect.pure.tongue import LANGUAGE, SMALL, tongue
from tests.corpus import reading


@pytest.mark.parametrize(
    ("words", "language"),
    [
        ("Die dritte heute, und der Brief ist nicht zu verstehen.", "de"),
        ("Elle attend le subside depuis mars et ne sait pas pourquoi.", "fr"),
        ("Il n’y a rien sur la page, c’est dans un PDF.", "fr"),
        ("La lettera arriva in tedesco, anche se la cliente ci scrive in italiano.", "it"),
        ("She has been told three times, and nobody called her back.", "en"),
        ("", ""),
        ("IBAN 079 413 28 06", ""),
        ("Prämie", ""),
        ("Der Anteil", ""),  # one small word may be a name
        ("Sie fragt, was das heisst: «Il faut que vous nous écriviez dans les délais.»", ""),
    ],
)
def test_it_says_the_language_or_nothing(words, language):
    assert tongue(words) == language


def test_no_small_word_belongs_to_two():
    assert sum(len(words.split()) for words in SMALL.values()) == len(LANGUAGE)


def test_it_is_right_wherever_it_says_one():
    """Call notes are shorter than what stands on the board, and many are no sentences: of these it says nothing."""
    notes = reading.notes("check")
    said = {language: [tongue(note.text) for note in notes if note.lang == language] for language in SMALL}
    assert [sorted(set(found) - {"", language}) for language, found in said.items()] == [[]] * 4
    assert all(found.count(language) > len(found) / 3 for language, found in said.items())
