import pytest
from hypothesis import given
from hypothesis import strategies as some

from firsthand.journal.pure import words


@pytest.mark.parametrize(
    "fine",
    [
        None,
        True,
        0,
        -3,
        9_999_999_999,
        "",
        "de",
        "2026-11-21",
        "325e54b8-cf0a-4b9f-b07b-6d2215e820e1",
        "a" * 40,
        "0f" * 32,
    ],
)
def test_numbers_and_short_codes_may_stand(fine):
    assert words.details({"x": fine})


@pytest.mark.parametrize(
    "not_fine",
    [
        "Keller",
        "zwei worte",
        "zürich",
        "de\n",
        "a" * 41,
        "g" * 64,
        7561234567897,
        1.5,
        ["de"],
        {"a": 1},
        b"de",
    ],
)
def test_anything_else_may_not(not_fine):
    with pytest.raises(ValueError, match="short codes"):
        words.details({"x": not_fine})


@given(some.text())
def test_whatever_stands_reads_as_a_code(text):
    try:
        written = words.details({"x": text})
    except ValueError:
        return
    assert text == text.lower()
    assert not any(letter.isspace() for letter in text)
    assert text in written
