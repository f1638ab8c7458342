"""The corpus itself: whole, well-formed, without repeats, large enough."""

import csv
import unicodedata
from collections import Counter
from pathlib import Path
from random import Random

import pytest
from stdnum import iban, luhn
from stdnum.ch import ssn
from stdnum.de import idnr
from stdnum.fr import nir
from stdnum.it import codicefiscale

import firsthand.know
from firsthand.protect.pure.categories import Category
from tests.corpus import numbers, reading

CATALOGUE = Path(firsthand.know.__file__).parent / "catalogue" / "concerns.tsv"
ACCEPTS = {
    "ahv": ssn.is_valid,
    "card": lambda number: luhn.is_valid(number.replace(" ", "")),
    "tax": idnr.is_valid,
    "iban_ch": iban.is_valid,
    "iban_de": iban.is_valid,
    "payment_card": lambda number: luhn.is_valid(number.replace(" ", "").replace("-", "")),
    "nir": nir.is_valid,
    "codice_fiscale": codicefiscale.is_valid,
}


def _folded(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text.casefold())
    return "".join(sign for sign in plain if sign.isalpha())


def _everything() -> list[reading.LabelledNote]:
    return [note for part in reading.PARTS for note in reading.notes(part)]


@pytest.mark.parametrize("part", reading.PARTS)
def test_every_line_of_a_part_parses_and_every_span_covers_words(part):
    for note in reading.notes(part):
        for span in note.spans:
            words = note.text[span.start : span.end]
            assert words == words.strip() != "", f"{note.id}: a label takes a blank with it"


def test_every_concern_stands_in_the_catalogue():
    with CATALOGUE.open(encoding="utf-8", newline="") as rows:
        known = {row["code"] for row in csv.DictReader(rows, delimiter="\t")}
    assert not [note.id for note in _everything() if note.concern not in known]


def test_ids_are_unique():
    counted = Counter(note.id for note in _everything())
    assert not [name for name, times in counted.items() if times > 1]


def test_no_note_stands_twice_not_even_in_another_part():
    seen: dict[str, str] = {}
    twice = []
    for note in _everything():
        first = seen.setdefault(_folded(note.text), note.id)
        if first != note.id:
            twice.append((first, note.id))
    assert not twice


@pytest.mark.parametrize("kind", sorted(ACCEPTS))
def test_a_placeholder_gives_a_number_that_stdnum_accepts(kind):
    made = [numbers.filled(kind, Random(seed)) for seed in range(300)]
    assert not [number for number in made if not ACCEPTS[kind](number)]
    assert len({len(number) for number in made}) > 1, "one written form only"


def test_german_check_digits_are_those_of_published_examples():
    assert numbers.kvnr_digit("A12345678") == "0"
    assert numbers.rvnr_digit("15070649C10") == "3"
    assert numbers.rvnr_digit("65180539W00") == "1"


def test_a_placeholder_is_the_same_on_every_reading_and_differs_between_notes():
    line = "CH15 | Kd. nennt AHV [[ahv-|@ahv]]"
    one, again, other = (reading.read(line, part="build", lang="de", number=n) for n in (7, 7, 8))
    assert one == again
    assert one.text != other.text
    assert one.text.startswith("Kd. nennt AHV ")
    assert one.spans[0] == reading.Span(14, len(one.text), Category.AHV, needed=False)


@pytest.mark.parametrize(
    "line",
    [
        "CH15 Kd. nennt nichts",
        "CH15 | [[nothing-|x]]",
        "CH15 | [[health-|x] offen",
        "CH15 | @ahv ohne Klammer",
        "CH15 | [[health+|a [[name-|b]] c]]",
    ],
)
def test_a_line_that_is_written_wrongly_is_refused_by_its_id(line):
    with pytest.raises(ValueError, match="build-de-0003"):
        reading.read(line, part="build", lang="de", number=3)


@pytest.mark.parametrize("part", ["build", "check"])
def test_every_category_occurs_in_every_part(part):
    met = {span.category for note in reading.notes(part) for span in note.spans}
    assert set(Category) - met == set()


def test_there_are_two_thousand_notes_and_a_fifth_of_them_give_nothing_away():
    everything = _everything()
    assert len(everything) >= 2000
    assert sum(not note.spans for note in everything) >= len(everything) / 5
