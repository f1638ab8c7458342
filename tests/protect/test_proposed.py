"""What the desk puts on the note of each of the 62 concerns: the purpose, and the line of advice beside it."""

import pytest

from firsthand.know import catalogue
from firsthand.protect import words
from firsthand.protect.models import Purpose
from firsthand.protect.models.purposes import BY_CONCERN, proposed

CONCERNS = {one.code: one for one in catalogue.rows()}


def purpose(code: str) -> Purpose:
    one = CONCERNS[code]
    return proposed(code[:2], one.topic, one.branches, concern=code)


def advice(code: str) -> str:
    return str(words.advice(CONCERNS[code].topic, code))


def test_who_cannot_pay_is_noted_under_collecting_and_not_under_the_reduction_by_the_canton():
    assert purpose("CH26") == Purpose.KVG_B
    assert purpose("CH25") == Purpose.KVG_D
    assert "canton" in advice("CH25")
    assert "canton" not in advice("CH26")
    assert advice("CH26") == advice("DE06") != str(words.GENERAL)


@pytest.mark.parametrize(
    ("code", "right"),
    [
        ("CH13", Purpose.KVG_C),
        ("CH30", Purpose.KVG_C),
        ("CH31", Purpose.KVG_B),
        ("DE02", Purpose.SGB_1),
        ("DE05", Purpose.CARE_2),
        ("DE12", Purpose.SGB_4),
        ("DE16", Purpose.SGB_16),
        ("DE20", Purpose.SGB_19),
    ],
)
def test_a_concern_answered_with_others_is_noted_for_what_it_is_about(code, right):
    assert purpose(code) == right


@pytest.mark.parametrize("code", CONCERNS)
def test_what_is_proposed_is_offered_at_the_desk_of_that_country(code):
    assert purpose(code).at_desk
    assert purpose(code).country == code[:2]


def test_only_concerns_of_the_catalogue_are_named_one_by_one():
    assert {*BY_CONCERN, *words.ADVICE_OF} <= set(CONCERNS)
