"""What is handed over can be read: in print, with every letter of a name, and by a machine."""

import io
import json
from datetime import UTC, datetime
from urllib.parse import unquote

import pytest
import pyzipper
from django.apps import apps
from django.contrib.postgres.fields import ArrayField
from reportlab.pdfbase import pdfmetrics

from firsthand.kernel.keeping import Whom
from firsthand.protect import lists, package, registry
from firsthand.protect.models import TERMS
from firsthand.protect.package import paper
from firsthand.protect.package.contents import Section, plain, retention
from firsthand.protect.package.item import INDENT, LEADING, Item, width
from firsthand.protect.queries.clocks import Set

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


def lines(table: str, whom: Whom = Whom.MEMBER, **row) -> dict[str, str]:
    return dict(Section(registry.table(table), (), [row], whom).lines(row))


def test_a_code_is_said_in_the_words_that_pages_use():
    assert lines("members_cover", branch="supplementary")["branch"] == "Supplementary insurance"
    assert lines("members_member", language="fr")["language"] == "Français"
    assert lines("voice_leg", role="customer")["as"] != "customer"
    assert lines("protect_requestevent", state="checked")["state"] == "identity checked"


@pytest.mark.parametrize("whom", Whom)
def test_no_column_with_choices_is_handed_over_as_its_code(whom):
    for table in registry.tables():
        for model in apps.get_models():
            if model._meta.db_table == table.name and whom in table.finds:
                _says_its_choices(table, model, whom)


def _says_its_choices(table, model, whom):
    columns = table.columns_for(whom)
    for field in model._meta.concrete_fields:
        column = columns.get(field.column)
        if column and column.says and column.shown is None and not isinstance(field, ArrayField):
            for code, says in field.flatchoices:
                section = Section(table, (), [], whom)
                assert section.said(field.column, column, code) == str(says), (table.name, field.column)


def test_of_several_clocks_each_says_what_it_is_about():
    terms = {code: Set(term, term.amount, False, term.lower) for code, term in TERMS.items()}
    said = retention(registry.table("answer_contact"), terms, Whom.MEMBER)
    assert said[1].startswith("Drafts of notes: 1 day after: the contact is over.")
    (notes,) = retention(registry.table("protect_note"), terms, Whom.MEMBER)
    assert notes.startswith("2 years after: the note was written.")


def test_what_has_no_clock_says_why_it_stays():
    (said,) = retention(registry.table("protect_suppression"), {}, Whom.MEMBER)
    assert said.startswith("Who does not want to be called stays on the list")
    assert retention(registry.table("protect_requestevent"), {}, Whom.MEMBER) != ("",)


def test_a_file_is_named_with_every_letter():
    said = lists.attached("Alles, was wir über Sie aufbewahren.zip")["Content-Disposition"]
    assert unquote(said.partition("filename*=utf-8''")[2]) == "Alles, was wir über Sie aufbewahren.zip"
    assert said.isascii()
