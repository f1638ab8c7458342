"""What each login may not do, signed in by its own name and with all the SQL it likes."""

import psycopg
import pytest
from psycopg import sql

from tests.committed import committed
from tests.logins import plain

__all__ = ["committed"]
pytestmark = pytest.mark.usefixtures("committed")


@pytest.mark.parametrize("zone", ["outreach", "learn"])
@pytest.mark.parametrize(
    "table", ["protect_note", "protect_confidence", "protect_read", "members_member", "answer_contact"]
)
def test_who_calls_out_and_who_learns_has_no_way_in(zone, table):
    with (
        psycopg.connect(**plain(zone)) as connected,
        pytest.raises(psycopg.errors.InsufficientPrivilege) as no,
    ):
        connected.execute(sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(table)))
    assert str(no.value).startswith("permission denied")


@pytest.mark.parametrize(
    "statement",
    [
        "SELECT protect_keys_alone()",
        "SELECT * FROM protect_wall_key",
        "SELECT inner_pad FROM protect_wall_key",
        "SELECT * FROM protect_read",
        "SELECT * FROM journal_link",
        "SET ROLE firsthand",
        "SET ROLE firsthand_keeper",
        "SET ROLE firsthand_protection",
        "SET SESSION AUTHORIZATION firsthand",
        "COPY protect_wall_key TO STDOUT",
        "COPY protect_note TO PROGRAM 'cat'",
        "COPY protect_note TO '/tmp/notes'",
        "ALTER TABLE protect_note DISABLE ROW LEVEL SECURITY",
        "ALTER TABLE protect_note OWNER TO firsthand_front",
        "DROP POLICY seen ON protect_note",
        "CREATE POLICY mine ON protect_note USING (true)",
        "CREATE TABLE mine AS SELECT * FROM protect_note",
        "CREATE TEMP TABLE mine (words text)",
        "CREATE FUNCTION leaks(text) RETURNS bool LANGUAGE sql COST 0.0000001 AS 'SELECT true'",
        "CREATE OR REPLACE FUNCTION protect_token() RETURNS SETOF record LANGUAGE sql AS ''",
        "SELECT protect_wall_turn('x', '', '')",
        "SELECT protect_behind_wall('answer_case', 'id')",
        "SELECT pg_read_file('pg_hba.conf')",
        "SELECT lo_import('/etc/passwd')",
        "UPDATE protect_note SET words = 'x'",
        "DELETE FROM protect_note",
        "TRUNCATE protect_note",
        "UPDATE journal_entry SET verb = 'x'",
        "DELETE FROM journal_entry",
        "SELECT * FROM journal_entry_rest",
    ],
)
def test_the_pages_login_may_not(statement):
    refused = (psycopg.errors.InsufficientPrivilege, psycopg.errors.InvalidParameterValue)
    with psycopg.connect(**plain("default")) as connected, pytest.raises(refused) as no:
        connected.execute(statement)
    assert "permission" in str(no.value) or "must be" in str(no.value), no.value


def test_who_may_not_give_gives_nothing():
    with psycopg.connect(**plain("default")) as connected:
        connected.execute("GRANT ALL ON protect_note TO PUBLIC")  # a warning
        found = connected.execute("SELECT has_table_privilege('firsthand_learn', 'protect_note', 'SELECT')")
        assert found.fetchone() == (False,)
