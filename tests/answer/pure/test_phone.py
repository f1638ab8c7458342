import pytest

from firsthand.answer.pure.phone import to_call


@pytest.mark.parametrize(
    ("typed", "dialled"),
    [
        ("044 321 87 65", "+41443218765"),
        ("+49 30 123456", "+4930123456"),
        ("079 123 45 67", "+41791234567"),
        ("0900 123 456", ""),
        ("112", ""),
        ("call me", ""),
        ("", ""),
    ],
)
def test_a_number_is_called_if_it_exists_and_costs_nothing_extra(typed, dialled):
    assert to_call(typed, "CH") == dialled
