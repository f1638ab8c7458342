"""A column about which nobody has said whose data it holds, or why none, is a column that fails here."""

import pytest
from django.db import connection

from firsthand.kernel.keeping import Fate, Whom
from firsthand.protect import registry
from firsthand.protect.models import TERMS

COLUMNS = """
SELECT c.relname, a.attname FROM pg_class c
JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relispartition
"""
# Made apart from the migrations (`createcachetable`), and not in the tests' database.
ELSEWHERE = {"firsthand_cache"}


def kept() -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    with connection.cursor() as cursor:
        cursor.execute(COLUMNS)
        for table, column in cursor.fetchall():
            found.setdefault(table, set()).add(column)
    return found


@pytest.mark.django_db
def test_every_column_of_the_database_is_declared_by_a_room():
    declared = {table.name: set(table.columns) for table in registry.tables()}
    undeclared = [
        f"{table}.{column}"
        for table, columns in kept().items()
        for column in sorted(columns - declared.get(table, set()))
    ]
    assert not undeclared, "say in the room's keepers.py whose data these hold, or why none"


@pytest.mark.django_db
def test_no_room_declares_a_column_that_is_not_there():
    there = kept()
    gone = [
        f"{table.name}.{column}"
        for table in registry.tables()
        if table.name not in ELSEWHERE
        for column in sorted(set(table.columns) - there.get(table.name, set()))
    ]
    assert not gone


def test_what_is_no_personal_data_says_why():
    silent = [
        f"{table.name}.{name}"
        for table in registry.tables()
        for name, column in table.columns.items()
        if not (column.data and column.whom) and not column.why
    ]
    assert not silent


def test_personal_data_have_a_purpose_a_basis_a_source_and_recipients():
    for table in registry.personal():
        assert all((table.purposes, table.basis, table.source, table.recipients)), table.name


def test_whose_data_are_kept_can_be_found_and_erased_or_kept_with_a_law():
    for table in registry.personal():
        # A session says nothing of whom it is; it ends with the working day.
        whose = {whom for column in table.columns.values() for whom in column.whom if table.finds}
        for whom in whose & set(table.finds):
            assert table.erased.get(whom), (table.name, whom)
        assert table.finds or table.name == "django_session", table.name
        for erased in (one for fates in table.erased.values() for one in fates):
            assert erased.fate is not Fate.KEEP or erased.law, table.name


def test_members_can_be_found_wherever_a_column_is_about_them():
    for table in registry.personal():
        about = {whom for column in table.columns.values() for whom in column.whom}
        if Whom.MEMBER in about:
            assert Whom.MEMBER in table.finds, table.name


def test_every_clock_that_a_room_names_is_a_term_and_every_term_is_used():
    named = {goes.clock for table in registry.tables() for goes in table.goes}
    assert named <= set(TERMS)
    assert set(TERMS) == named


def test_a_term_stands_within_its_own_bounds():
    for term in TERMS.values():
        assert term.lower <= term.amount <= term.upper, term.code
