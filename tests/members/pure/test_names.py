import pytest
from hypothesis import given
from hypothesis import strategies as st

from firsthand.members.pure import names

WORDS = st.text(
    alphabet=st.characters(categories=["L", "M", "Zs", "Pd"], include_characters="'’ß"), max_size=30
)


@pytest.mark.parametrize(
    ("typed", "folded"),
    [
        ("Müller", "mueller"),
        ("MÜLLER", "mueller"),
        ("Mu\N{COMBINING DIAERESIS}ller", "mueller"),
        ("Weiß", "weiss"),
        ("Zoé D’Angelo", "zoe dangelo"),
        ("Keller-Rüegg", "keller rueegg"),
        ("  François   Lefèvre ", "francois lefevre"),
        ("Sørensen", "soerensen"),
        ("İnan Yıldız", "inan yildiz"),
        ("Łukasz", "lukasz"),
        ("Şükran Çelik", "suekran celik"),
    ],
)
def test_it_folds_a_name(typed, folded):
    assert names.fold(typed) == folded


@given(WORDS)
def test_folding_twice_is_folding_once(text):
    assert names.fold(names.fold(text)) == names.fold(text)


@given(WORDS)
def test_case_makes_no_difference(text):
    assert names.fold(text.upper().lower()) == names.fold(text.lower().upper().lower())


@pytest.mark.parametrize(
    "said",
    [
        "Ruth Keller",
        "Keller Ruth",
        "keller",
        "Ruth",
        "Kell",
        "Frau Keller",
        "Mme Ruth Keller",
        "Keller-Meier",
        "RUTH KELLER",
    ],
)
def test_a_name_fits_in_any_order_and_shortened(said):
    assert names.fits(said, "Ruth", "Keller")


@pytest.mark.parametrize(
    "said",
    ["", "  ", "Frau", "K", "R K", "Ruth Meier", "Ruta", "Kellermann", "eller", "Keller Beat", "-", "'"],
)
def test_another_name_does_not_fit(said):
    assert not names.fits(said, "Ruth", "Keller")


@pytest.mark.parametrize(
    ("said", "family"),
    [
        ("Mueller", "Müller"),
        ("Muller", "Müller"),
        ("Müller", "Mueller"),
        ("Müller", "Muller"),
        ("Müller", "Müller"),
        ("Dangelo", "D'Angelo"),
        ("d'angelo", "Dangelo"),
        ("Meier", "Meier-Rüegg"),
        ("Rüegg", "Meier-Rüegg"),
        ("von Arx", "von Arx"),
        ("Vonarx", "von Arx"),
        ("Lefevre", "Lefèvre"),
    ],
)
def test_umlauts_accents_and_hyphens_make_no_difference(said, family):
    assert names.fits(said, "Ada", family)


@given(WORDS, WORDS)
def test_everybody_fits_their_own_name(given_name, family_name):
    said = " ".join(word for word in f"{given_name} {family_name}".split() if len(names.fold(word)) >= 2)
    known = {part for name in (given_name, family_name) for part in names.fold(name).split()}
    if any(names.fold(word) not in {*names._TITLES, ""} for word in said.split()) and all(
        len(p) > 1 for p in known
    ):
        assert names.fits(said, given_name, family_name)


@given(WORDS, WORDS, WORDS)
def test_no_text_makes_it_fail(said, given_name, family_name):
    assert names.fits(said, given_name, family_name) in {True, False}
