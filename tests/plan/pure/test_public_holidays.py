from datetime import date

import pytest

from firsthand.plan.pure import public_holidays


def test_they_go_by_canton_and_land():
    zurich, ticino = (public_holidays.of(place, [2026]) for place in ("CH-ZH", "ch-ti"))
    assert date(2026, 8, 1) in zurich
    assert date(2026, 1, 6) in ticino
    assert date(2026, 1, 6) not in zurich
    assert date(2026, 10, 31) in public_holidays.of("DE-SN", [2026])
    assert date(2026, 10, 31) not in public_holidays.of("DE-NW", [2026])


def test_those_of_some_days_are_found_over_new_year():
    days = date(2026, 12, 26), date(2027, 1, 2)
    assert list(public_holidays.between("CH-ZH", *days)) == [date(2026, 12, 26), date(2027, 1, 1)]


@pytest.mark.parametrize(
    ("language", "named"), [("de", "Neujahr"), ("fr", "Nouvel An"), ("en", "New Year's Day")]
)
def test_they_are_named_in_the_language_asked_for(language, named):
    assert named in public_holidays.of("CH-GE", [2026], language)[date(2026, 1, 1)]


def test_in_a_language_nobody_knows_they_have_the_names_of_the_country():
    assert public_holidays.of("DE-BY", [2026], "rm") == public_holidays.of("DE-BY", [2026])
    assert public_holidays.of("DE-BY", [2026])[date(2026, 1, 1)] == "Neujahr"


@pytest.mark.parametrize("place", ["XX", "CH-XX", "", "-", "UTILS", "CH-ZH-ZH"])
def test_a_place_nobody_knows_is_said_so(place):
    with pytest.raises(public_holidays.UnknownPlace):
        public_holidays.of(place, [2026])
