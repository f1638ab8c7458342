"""What is handed over can be read: in print, with every letter of a name, and by a machine."""

import io
import json
from datetime import UTC, datetime

import pytest
import pyzipper
from reportlab.pdfbase import pdfmetrics

from firsthand.kernel.keeping import Whom
from firsthand.protect import package, registry
from firsthand.protect.package import paper
from firsthand.protect.package.contents import Section, plain
from firsthand.protect.package.item import INDENT, LEADING, Item, width

NOW = datetime(2026, 11, 3, 9, 30, tzinfo=UTC)
NAMES = "Ćiro Łukasz Şahin Željka Đorđević Gül Ağaoğlu Åse Jørgen Œuvre Ñoño Ștefan Ţepeş Němcová Kővári ẞ"


def contents(rows: int = 1, **row) -> package.Contents:
    given = {"number": "100200300", "given_name": "Łucja", "family_name": "Ćosić", **row}
    table = registry.table("members_member")
    one = {name: given.get(name) for name in table.columns_for(Whom.MEMBER)}
    section = Section(table, ("10 years after: the last cover ended.",), [one] * rows, Whom.MEMBER)
    return package.Contents("What we keep about you", "Łucja Ćosić", NOW, "en", [section], [])


def test_every_letter_of_european_names_has_a_shape_in_both_weights():
    paper.as_pdf(contents())
    for font in (paper.FONT, paper.BOLD):
        shapes = pdfmetrics.getFont(font).face.charToGlyph
        assert not [letter for letter in NAMES if ord(letter) not in shapes and letter != " "]


def test_the_font_is_embedded():
    made = paper.as_pdf(contents())
    assert b"/FontFile2" in made
    assert made.startswith(b"%PDF-")


def test_a_long_file_goes_over_pages_and_its_contents_say_which():
    made = paper.as_pdf(contents(rows=200))
    assert made.count(b"/Type /Page\n") > 15
    assert b"/Outlines" in made


def test_an_item_breaks_between_lines_and_loses_none():
    item = Item([("words", " ".join(f"word{n}" for n in range(400)))], paper.FONT, paper.BOLD)
    paper.as_pdf(contents())
    _, height = item.wrap(300, 10_000)
    first, rest = item.split(300, height / 2)
    assert len(first.rows) + len(rest.rows) == len(item.rows)
    said = " ".join(text for row in item.rows for _, text in row)
    assert all(f"word{n} " in said for n in range(400))
    for row in item.rows:
        assert sum(width(text, font) for font, text in row) <= 300 - INDENT + 4
    assert item.split(300, LEADING / 2) == []


def test_what_has_no_space_is_cut_and_not_run_off_the_page():
    item = Item([("hash", "f" * 900)], paper.FONT, paper.BOLD)
    item.wrap(300, 10_000)
    assert len(item.rows) > 5
    assert (
        "".join(text for row in item.rows[1:] for _, text in row).count("f") + item.rows[0][-1][1].count("f")
        == 900
    )


def test_markup_in_somebodys_words_stays_words():
    made = paper.as_pdf(contents(given_name="<b>&amp;</b> <script>"))
    assert made.startswith(b"%PDF-")


def test_the_json_says_of_each_column_what_it_is():
    data = json.loads(package.as_json(contents()))
    (kept,) = data["kept"]
    assert kept["columns"]["family_name"] == {"says": "family name", "category": "user.name"}
    assert kept["rows"][0]["family_name"] == "Ćosić"
    assert kept["kept_for"] == ["10 years after: the last cover ended."]


def test_the_bundle_is_aes_and_its_password_is_long():
    word = package.passphrase()
    assert len(word) == 23
    assert word != package.passphrase()
    archive = pyzipper.AESZipFile(io.BytesIO(package.bundle({"a.txt": b"secret words"}, word)))
    assert archive.infolist()[0].flag_bits & 1
    assert archive.read("a.txt", pwd=word.encode()) == b"secret words"


@pytest.mark.parametrize(
    ("value", "said"),
    [(True, "yes"), (False, "no"), (["a", 1], "a, 1"), (NOW.date(), "3 Nov 2026"), (7, "7"), ("ć", "ć")],
)
def test_values_are_written_as_a_person_would(value, said):
    assert plain(value) == said
