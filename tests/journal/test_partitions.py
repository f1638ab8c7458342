import pytest
from django.db import connection

from firsthand.journal import actions, partitions
from tests.journal import tamper

pytestmark = pytest.mark.django_db

TABLE = """
CREATE TABLE tally (n integer, at timestamptz NOT NULL) PARTITION BY RANGE (at);
CREATE TABLE tally_rest PARTITION OF tally DEFAULT;
"""


@pytest.fixture
def tally(monkeypatch):
    monkeypatch.setattr(partitions, "_tables", set())
    partitions.register("tally")
    tamper.run(TABLE)


def months(table: str) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT inhrelid::regclass::text FROM pg_inherits WHERE inhparent = %s::regclass ORDER BY 1",
            [table],
        )
        return [name for (name,) in cursor.fetchall()]


def test_it_makes_this_month_and_the_next_two_once(tally):
    assert actions.partitions() == 3
    assert actions.partitions() == 0
    assert len(months("tally")) == 4
    assert tamper.run("INSERT INTO tally VALUES (1, now()), (2, now() + interval '31 days')") == 2
    assert tamper.run("SELECT FROM tally_rest") == 0


def test_it_leaves_a_month_whose_rows_came_before_its_partition(tally):
    tamper.run("INSERT INTO tally VALUES (1, now())")
    assert actions.partitions() == 2
    assert tamper.run("SELECT FROM tally") == 1


def test_a_new_partition_of_an_append_only_table_is_append_only(tally):
    tamper.run("SELECT journal_append_only('tally')")
    actions.partitions()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tgname, tgenabled FROM pg_trigger WHERE tgrelid = %s::regclass ORDER BY 1",
            [months("tally")[0]],
        )
        assert cursor.fetchall() == [("append_only", "A"), ("append_only_whole", "A")]


def test_the_journal_has_its_next_months():
    assert len(months("journal_entry")) >= 4
