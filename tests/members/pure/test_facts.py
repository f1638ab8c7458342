from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from firsthand.members.pure import facts
from firsthand.members.pure.dates import days

BORN = date(1958, 3, 4)
KNOWN = facts.Known(BORN, "8005", frozenset({"100200300", "7561234567897"}))
DATES = st.dates(min_value=date(1900, 1, 1), max_value=date(2026, 12, 31))
MONTHS = """
de Januar Februar März April Mai Juni Juli August September Oktober November Dezember
fr janvier février mars avril mai juin juillet août septembre octobre novembre décembre
it gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre
en January February March April May June July August September October November December
"""
BY_LANGUAGE = {line.split()[0]: line.split()[1:] for line in MONTHS.strip().splitlines()}


@pytest.mark.parametrize(
    "typed",
    [
        "04.03.1958",
        "4.3.1958",
        "4. 3. 1958",
        "4/3/1958",
        "04/03/1958",
        "4-3-1958",
        "04 03 1958",
        "1958-03-04",
        "1958.03.04",
        "04031958",
        "19580304",
        "4.3.58",
        "040358",
        "4. März 1958",
        "4. Maerz 1958",
        "4 mars 1958",
        "4 marzo 1958",
        "4 March 1958",
        "March 4, 1958",
        "4th of March 1958",
        "4 mar 1958",
        "le 4 mars 1958",
        " 4.3.1958 ",
    ],
)
def test_a_date_of_birth_is_read_in_the_usual_ways(typed):
    assert BORN in days(typed), days(typed)


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "Keller",
        "31.2.1958",
        "4.3.",
        "13.13.1958",
        "1958",
        "4 jui 1958",
        "0.0.0",
        "3/4/1958x99",
        "4.3.19",
        "4 3",
        "²",
    ],
)
def test_what_is_no_date_or_another_is_not_it(typed):
    assert BORN not in days(typed)


def test_a_year_of_two_digits_may_be_of_either_century():
    assert days("4.3.05") == {date(1905, 3, 4), date(2005, 3, 4)}


@given(
    DATES,
    st.sampled_from(
        ["{d}.{m}.{y}", "{d:02}.{m:02}.{y}", "{d}/{m}/{y}", "{y}-{m:02}-{d:02}", "{d:02}{m:02}{y}"]
    ),
)
def test_every_day_is_read_as_it_is_written(day, form):
    assert day in days(form.format(d=day.day, m=day.month, y=day.year))


@given(DATES, st.sampled_from(sorted(BY_LANGUAGE)), st.sampled_from(["{d} {m} {y}", "{d}. {m} {y}"]))
def test_every_month_is_read_in_four_languages(day, language, form):
    assert days(form.format(d=day.day, m=BY_LANGUAGE[language][day.month - 1], y=day.year)) == {day}


@given(st.text(max_size=40))
def test_no_text_makes_it_fail(text):
    assert len(days(text)) <= 2
    facts.read(born_on=text, postcode=text, number=text)
    facts.is_ahv(text)


@pytest.mark.parametrize("typed", ["8005", " 8005 ", "CH-8005", "CH 8005 Zürich", "8005 Zürich"])
def test_a_postcode_is_its_digits(typed):
    assert facts.right(facts.read(born_on="", postcode=typed, number=""), KNOWN) == {"postcode"}


@pytest.mark.parametrize("typed", ["8006", "", "Zürich", "80055", "805", "18005"])
def test_another_postcode_is_wrong(typed):
    assert not facts.right(facts.read(born_on="", postcode=typed, number=""), KNOWN)


@pytest.mark.parametrize(
    "typed",
    ["100200300", "100 200 300", "100.200.300", "756.1234.5678.97", "7561234567897", "756 1234 5678 97"],
)
def test_a_member_number_or_an_ahv_number_is_one_fact(typed):
    assert facts.right(facts.read(born_on="", postcode="", number=typed), KNOWN) == {"number"}


@pytest.mark.parametrize("typed", ["", "10020030", "1002003000", "756.1234.5678.90", "-"])
def test_another_number_is_wrong(typed):
    assert not facts.right(facts.read(born_on="", postcode="", number=typed), KNOWN)


def test_an_ahv_number_has_a_check_digit():
    assert facts.is_ahv("756.1234.5678.97")
    assert not facts.is_ahv("756.1234.5678.98")
    assert not facts.is_ahv("100200300")


def test_nothing_said_is_nothing_right():
    nobody = facts.Known(BORN, "", frozenset())
    assert not facts.right(facts.read(born_on="", postcode="", number=""), nobody)
