"""What is planted of a member in every table is handed over in full, and is nowhere once they are erased."""

import io

import pytest
import pyzipper
from django.db import connection

from firsthand.kernel.keeping import Subject, Whom
from firsthand.members.models import Cover, Member
from firsthand.protect import actions, queries, registry
from firsthand.protect.models import Confidence, Request
from tests import world
from tests.logins import everything
from tests.protect import needles

pytestmark = pytest.mark.django_db
WORD = "a-long-password"


@pytest.fixture(autouse=True)
def _looking_on():
    """What a test itself makes and looks at is the administrator's to see; actions enter their own zone."""
    with everything():
        yield


@pytest.fixture
def planted():
    mine, other = needles.member("N1"), needles.member("N2")
    for one in (mine, other):
        needles.fill(one)
        needles.open_confidence(one, world.ada())
    hers, theirs = needles.plant(queries.of_member(mine), 1), needles.plant(queries.of_member(other), 5000)
    hers["learn_observation.words"] = needles.slip(mine)
    theirs["learn_observation.words"] = needles.slip(other)
    return (mine, hers), (other, theirs)


def asked(kind: str, member: Member) -> Request:
    request = actions.take_down(kind, way="letter", member=member, identity="papers", by=world.petra())
    actions.start(request, by=world.petra())
    return request


def package(member: Member) -> str:
    made = actions.make_package(asked("access", member), word=WORD, by=world.petra())
    archive = pyzipper.AESZipFile(io.BytesIO(made))
    archive.setpassword(WORD.encode())
    return archive.read("data.json").decode()


def test_the_package_holds_every_needle_of_the_member_and_none_of_another(planted):
    (mine, hers), (_, theirs) = planted
    mine.refresh_from_db()
    text = package(mine)
    missing = [column for column, needle in hers.items() if needle not in text]
    assert not missing
    assert "needle-sealed-N1" in text
    foreign = [column for column, needle in theirs.items() if needle in text]
    assert not foreign
    assert "needle-sealed-N2" not in text


def test_after_erasing_no_needle_is_left_but_where_a_law_keeps_it(planted):
    (mine, hers), (_, theirs) = planted
    mine.refresh_from_db()
    before = needles.dump()
    request = asked("erasure", mine)
    actions.decide(request, "granted", by=world.petra())
    actions.erase_asked(request, by=world.petra())
    after, by_law = needles.dump(), needles.kept_by_law()
    left = {
        f"{table} keeps what was planted in {column}"
        for table, text in after.items()
        for column, needle in hers.items()
        if needle in text and table not in by_law
    }
    assert not left
    # What the law keeps: the proof of consent, the request itself, who looked. Nothing else.
    assert {table for table, text in after.items() if any(n in text for n in hers.values())} <= {
        "protect_consent",
        "protect_request",
    }
    for column, needle in theirs.items():
        table = column.partition(".")[0]
        assert after[table].count(needle) == before[table].count(needle) > 0, column
    assert "1911-11-11" in after["members_member"]  # the other one's
    assert after["members_member"].count("1911-11-11") == 1
    assert not Confidence.objects.living().filter(member=mine).exists()
    assert Confidence.objects.living().count() == 1


def test_a_dry_run_says_what_would_happen_and_does_nothing(planted):
    (mine, _), _ = planted
    mine.refresh_from_db()
    before = needles.dump()
    subject = queries.of_member(mine)
    would = actions.erase_subject(subject, dry_run=True, by=world.petra())
    assert needles.dump() == before
    did = actions.erase_subject(subject, by=world.petra())
    assert [(one.table.name, one.fate, one.rows) for one in would] == [
        (one.table.name, one.fate, one.rows) for one in did
    ]


def test_who_is_insured_keeps_the_contract_and_loses_the_rest(planted):
    (mine, hers), _ = planted
    Cover.objects.filter(member=mine).update(ends_on=None)
    mine.refresh_from_db()
    fared = actions.erase_subject(queries.of_member(mine), by=world.petra())
    kept = {one.table.name for one in fared if one.fate == "keep" and one.law}
    assert {"members_member", "members_cover", "members_household"} <= kept
    after = needles.dump()
    assert hers["members_member.family_name"] in after["members_member"]
    assert hers["protect_note.words"] not in "".join(after.values())


def test_a_needle_is_planted_in_every_table_that_may_hold_words_of_a_member():
    assert len(needles.columns()) > 25
    planted_tables = {table.name for table, _ in needles.columns()}
    assert {"protect_note", "answer_contact", "members_member", "protect_opening"} <= planted_tables
    assert all(table.finds for table in registry.personal() if table.name in planted_tables)


def test_a_column_that_a_keeper_forgets_is_found_by_the_needle(planted, monkeypatch):
    """The test above can fail: a keeper that leaves a column out is caught."""
    (mine, hers), _ = planted
    mine.refresh_from_db()
    table = registry.table("answer_contact")
    leaky = dict(table.erased)
    blank = leaky["member"][0]
    without = {key: value for key, value in blank.blanks.items() if key != "answered"}
    monkeypatch.setitem(table.erased, "member", (type(blank)(blank.fate, blank.where, without),))
    actions.erase_subject(queries.of_member(mine), by=world.petra())
    assert hers["answer_contact.answered"] in needles.dump()["answer_contact"]


def test_a_needle_is_looked_for_as_it_is_written():
    """In a pattern of SQL an underscore is any letter: `a_b@…` would find what is said of another's `aXb@…`."""
    searched = Subject(Whom.MEMBER, needles=("a_b@c.ch", "100 %", "\\")).parameters()["needles"]
    texts = ["a_b@c.ch", "aXb@c.ch", "100 %", "100 years", "a\\b", "ab"]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT array_agg(t ILIKE ANY(%s::text[]) ORDER BY n) FROM unnest(%s::text[]) WITH ORDINALITY AS u (t, n)",
            [searched, texts],
        )
        assert cursor.fetchone()[0] == [True, False] * 3
