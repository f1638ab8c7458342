import pytest
from hypothesis import given
from hypothesis import strategies as st

from firsthand.members.pure.phones import e164, spoken


@pytest.mark.parametrize(
    ("typed", "region", "kept"),
    [
        ("044 321 87 65", "CH", "+41443218765"),
        ("+41 44 321 87 65", "CH", "+41443218765"),
        ("0041 44 321 87 65", "CH", "+41443218765"),
        ("+41 (0)44 321 87 65", "CH", "+41443218765"),
        ("030 901820", "DE", "+4930901820"),
        ("+49 30 901820", "CH", "+4930901820"),
        ("", "CH", ""),
        ("anonymous", "CH", ""),
        ("123", "CH", ""),
    ],
)
def test_a_number_is_kept_in_one_form(typed, region, kept):
    assert e164(typed, region) == kept


@given(st.text(max_size=40))
def test_no_text_makes_it_fail(text):
    kept = e164(text, "CH")
    assert kept == "" or (kept.startswith("+") and kept[1:].isdigit())
    assert e164(kept, "CH") in {kept, ""}


def test_a_number_is_spoken_as_the_country_writes_it():
    assert spoken("+41443218765", "CH") == "044 321 87 65"
    assert spoken("+4930901820", "CH") == "+49 30 901820"
    assert spoken("", "CH") == ""
