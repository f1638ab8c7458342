"""A set-up that would let somebody past the purpose wall is found, and nothing starts with it."""

import os

import pytest
from django.conf import settings
from django.db import connection

from firsthand.config import guards, logins, walls, zones
from firsthand.config.embedded import Server, base
from firsthand.config.embedded.rules import ADMINISTRATOR
from firsthand.config.health import wall as health
from tests.config import homes
from tests.logins import become

pytestmark = pytest.mark.django_db

POLICIES = "FROM pg_policy WHERE polrelid = 'protect_note'::regclass"


def planted(*statements: str) -> list[str]:
    with become(ADMINISTRATOR), connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
    found = walls.faults()
    assert all(fault.says.endswith(".") and fault.do for fault in found)
    return [fault.says for fault in found]


def test_as_it_is_prepared_the_wall_is_whole():
    assert planted() == []
    assert [finding.level for finding in health.wall()] == ["well"]


@pytest.mark.parametrize(
    ("statement", "says"),
    [
        ("ALTER ROLE firsthand_front SUPERUSER", "firsthand_front is a superuser"),
        ("ALTER ROLE firsthand_learn BYPASSRLS", "firsthand_learn passes by row-level security"),
        ("ALTER ROLE firsthand_front CREATEROLE", "firsthand_front may make roles"),
        ("ALTER ROLE firsthand_front REPLICATION", "firsthand_front may make roles or databases, or copy"),
        ("GRANT firsthand_protection TO firsthand_outreach", "is a member of firsthand_protection"),
        ("GRANT firsthand_keeper TO firsthand_front", "is a member of firsthand_keeper"),
        ("GRANT pg_read_all_data TO firsthand_outreach", "is a member of pg_read_all_data"),
        ("ALTER ROLE firsthand_keeper LOGIN", "Somebody can sign in as firsthand_keeper"),
        ("ALTER TABLE protect_note OWNER TO firsthand_front", "firsthand_front owns what it serves"),
        ("ALTER TABLE protect_note OWNER TO postgres", "does not belong to the owner of the database"),
        ("ALTER TABLE protect_note DISABLE ROW LEVEL SECURITY", "row-level security is off"),
        ("ALTER TABLE protect_confidence NO FORCE ROW LEVEL SECURITY", "is not forced"),
        ("ALTER POLICY seen ON protect_note USING (true)", "“seen” of protect_note asks for no token"),
        ("CREATE POLICY mine ON protect_note TO firsthand_front USING (true)", "“mine” of protect_note asks"),
        ("ALTER POLICY seen ON protect_note TO firsthand_outreach", "lets firsthand_outreach in"),
        ("ALTER POLICY seen ON protect_note TO PUBLIC", "lets PUBLIC in"),
        ("GRANT SELECT ON protect_note TO PUBLIC", "everybody may SELECT ON TABLE protect_note"),
        ("GRANT SELECT (words) ON protect_note TO PUBLIC", "everybody may SELECT (words) ON TABLE protect"),
        ("GRANT SELECT ON protect_wall_key TO firsthand_front", "can read or change the key of the wall"),
        ("GRANT SELECT ON members_member TO firsthand_outreach", "outreach may SELECT ON TABLE members"),
        ("GRANT SELECT ON journal_entry_rest TO firsthand_learn", "learn may SELECT ON TABLE journal_entry"),
        ("GRANT CREATE ON SCHEMA public TO PUBLIC", "everybody may CREATE ON SCHEMA public"),
        ("GRANT EXECUTE ON FUNCTION protect_token TO PUBLIC", "everybody may EXECUTE ON FUNCTION"),
        ("REVOKE SELECT ON know_concern FROM firsthand_front", "lacks SELECT ON TABLE know_concern"),
        ("CREATE VIEW leak AS SELECT * FROM protect_note", "leak stands in no zone"),
        (
            "CREATE SCHEMA s CREATE VIEW leak AS TABLE protect_note; GRANT SELECT ON s.leak TO PUBLIC",
            "everybody may SELECT ON TABLE s.leak",
        ),
        ("DROP TABLE protect_confidence CASCADE", "protect_confidence is not there"),
        ("ALTER FUNCTION protect_token SECURITY INVOKER", "(protect_token) was set up otherwise"),
        ("ALTER FUNCTION protect_token RESET search_path", "(protect_token) was set up otherwise"),
        ("ALTER FUNCTION protect_token OWNER TO firsthand", "(protect_token) was set up otherwise"),
        ("ALTER FUNCTION protect_shown SECURITY INVOKER", "(protect_shown) was set up otherwise"),
        ("ALTER FUNCTION protect_shown SET search_path = public", "(protect_shown) was set up otherwise"),
        ("ALTER FUNCTION protect_shown OWNER TO firsthand", "(protect_shown) was set up otherwise"),
        ("ALTER FUNCTION protect_shown RESET search_path", "(protect_shown) was set up otherwise"),
        ("ALTER FUNCTION protect_mac OWNER TO firsthand", "(protect_mac) was set up otherwise"),
        ("ALTER FUNCTION protect_mac SECURITY DEFINER", "(protect_mac) was set up otherwise"),
        ("ALTER FUNCTION protect_mac SET search_path = public", "(protect_mac) was set up otherwise"),
        ("GRANT EXECUTE ON FUNCTION protect_mac TO firsthand_front", "may EXECUTE ON FUNCTION protect_mac"),
        ("GRANT EXECUTE ON FUNCTION protect_shown TO firsthand_learn", "may EXECUTE ON FUNCTION protect_sho"),
        ("ALTER TABLE protect_note ALTER shown_as DROP EXPRESSION", "of protect_note are shown as (shown_as)"),
        (
            "ALTER TABLE protect_confidence DROP COLUMN shown_as CASCADE",
            "of protect_confidence are shown as (shown_as)",
        ),
        ("UPDATE protect_wall_key SET outer_pad = inner_pad", "does not believe this machine's key"),
        ("DROP TRIGGER grant_is_signed ON protect_grant", "grant_is_signed of protect_grant is not there"),
        ("ALTER TABLE protect_grant DISABLE TRIGGER grant_is_signed", "grant_is_signed of protect_grant is sw"),
        ("ALTER TABLE protect_grant DISABLE TRIGGER ALL", "grant_only_closes of protect_grant is switched off"),
        ("ALTER TABLE protect_grant ENABLE REPLICA TRIGGER is_allowed", "is_allowed of protect_grant is switch"),
        ("DROP TRIGGER append_only ON journal_entry", "append_only of journal_entry is not there"),
        ("ALTER TABLE journal_entry ENABLE TRIGGER append_only", "append_only of journal_entry is switched off"),
        ("ALTER TABLE protect_read DISABLE TRIGGER USER", "append_only of protect_read is switched off"),
        ("ALTER TABLE journal_entry_rest DISABLE TRIGGER USER", "append_only of journal_entry_rest is switched"),
        ("DROP TRIGGER append_only_whole ON protect_read_rest", "append_only_whole of protect_read_rest is not"),
        ("DROP TRIGGER append_only ON protect_read_link", "append_only of protect_read_link is not there"),
        ("ALTER TABLE protect_outboundcontact DISABLE TRIGGER begins", "begins of protect_outboundcontact is sw"),
        ("DROP TRIGGER not_whole ON protect_consent", "not_whole of protect_consent is not there"),
        (
            "CREATE OR REPLACE TRIGGER begins BEFORE INSERT ON protect_outboundcontact FOR EACH ROW"
            " WHEN (false) EXECUTE FUNCTION protect_outbound_begins()",
            "begins of protect_outboundcontact does something else than ours",
        ),
        (
            "CREATE OR REPLACE TRIGGER grant_only_closes BEFORE DELETE ON protect_grant"
            " FOR EACH ROW EXECUTE FUNCTION protect_grant_only_closes()",
            "grant_only_closes of protect_grant does something else than ours",
        ),
        (
            "CREATE OR REPLACE FUNCTION protect_grant_is_signed() RETURNS trigger LANGUAGE plpgsql AS"
            " $$ BEGIN RETURN NULL; END $$",
            "grant_is_signed of protect_grant does something else than ours",
        ),
    ],
)  # fmt: skip
def test_a_fault_is_found_and_said(statement, says):
    found = planted(f"ALTER TABLE protect_note OWNER TO {logins.OWNER}", statement)
    assert any(says in sentence for sentence in found), found


def test_no_trigger_of_the_house_is_forgotten():
    there = {(row[0], row[1]) for row in walls._rows("guards") if not row[2]}
    assert there == {(guard.table, guard.name) for guard in guards.guards()}
    assert ("protect_grant", "grant_is_signed") in there
    assert len(there) == len(guards.guards()) > 50


def test_a_token_that_is_always_good_is_found():
    found = planted(
        "CREATE OR REPLACE FUNCTION protect_token(OUT purposes text[], OUT actor bigint, OUT contact bigint,"
        " OUT member bigint, OUT file bigint) RETURNS SETOF record LANGUAGE sql STABLE SECURITY DEFINER"
        " SET search_path = pg_catalog, pg_temp AS $$ SELECT '{retention}'::text[], 1, 1, 1, 1 $$"
    )
    assert any("has other words than ours" in sentence for sentence in found)


def test_rows_that_are_all_shown_as_one_members_are_found():
    policies = [
        "CREATE POLICY seen ON protect_note FOR SELECT TO firsthand_front USING (shown_as = ANY ((SELECT"
        " protect_shown())::text[]))",
        "CREATE POLICY changed ON protect_note FOR UPDATE TO firsthand_front USING (shown_as = ANY ((SELECT"
        " protect_shown())::text[]))",
    ]
    found = planted(
        "ALTER TABLE protect_note DROP COLUMN shown_as CASCADE",
        "ALTER TABLE protect_note ADD shown_as text GENERATED ALWAYS AS (purpose || ':' || 12::text) STORED",
        *policies,
    )
    assert any("of protect_note are shown as (shown_as) is made of something else" in one for one in found)


def test_a_table_without_any_policy_is_found():
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT polname {POLICIES}")
        names = [name for (name,) in cursor.fetchall()]
    found = planted(*(f"DROP POLICY {name} ON protect_note" for name in names))
    assert any("protect_note has no policy" in sentence for sentence in found)


def test_a_missing_role_is_found(monkeypatch):
    monkeypatch.setattr(logins, "SERVING", (*logins.SERVING, "firsthand_other"))
    assert "There is no role firsthand_other in the database." in planted()


def test_a_direct_address_of_the_owner_is_found(monkeypatch):
    monkeypatch.setattr(settings, "DATABASE_DIRECT_URL", "postgresql://firsthand@h/firsthand")
    assert "DATABASE_DIRECT_URL signs in as firsthand." in planted()


def test_before_the_first_prepare_it_says_so(monkeypatch):
    assert planted("DROP FUNCTION protect_token CASCADE") == ["The purpose wall is not built yet."]


def test_what_is_found_is_one_sentence_at_the_terminal():
    with become(ADMINISTRATOR), connection.cursor() as cursor:
        cursor.execute("GRANT SELECT, INSERT, UPDATE, DELETE, TRUNCATE, TRIGGER ON answer_case TO PUBLIC")
    said = walls.sentence(walls.faults())
    assert said.startswith("Firsthand does not start, because the purpose wall is not whole.\n")
    assert "And 1 more: firsthand doctor" in said
    assert len(said.splitlines()) == 7


def test_the_doctor_says_it_too():
    with become(ADMINISTRATOR), connection.cursor() as cursor:
        cursor.execute("ALTER TABLE protect_note NO FORCE ROW LEVEL SECURITY")
    (finding,) = health.wall()
    assert (finding.level, "not forced" in finding.says) == ("mend", True)
    assert finding.do.startswith("ALTER TABLE protect_note")


def test_every_protected_table_is_listed():
    assert set(zones.PROTECTED) <= set(zones.TABLES)


@pytest.mark.skipif("DATABASE_URL" in os.environ, reason="another server shows it to its administrator only")
@pytest.mark.parametrize(
    "line", ["local all all trust", "host all all 127.0.0.1/32 scram-sha-256", "nonsense"]
)
def test_an_entrance_that_is_not_ours_is_found(line, monkeypatch):
    with homes.home() as folder:
        server = Server(folder, forgetful=True)
        server.ensure()
        here = settings.DATABASES["default"]
        monkeypatch.setitem(base._running, str(folder), (server, {}))
        monkeypatch.setitem(here, "HOME", str(folder))
        assert list(walls._entrances()) == []
        rules = server.places.rules / "pg_hba.conf"
        rules.write_text(f"{line}\n{rules.read_text()}")
        (fault,) = walls._entrances()
        assert fault.says.startswith("Line 1 of the database's pg_hba.conf lets people in by")


@pytest.mark.chaos
def test_nothing_starts_with_a_hole_in_the_wall():
    from tests.config.test_commands import firsthand

    with homes.home() as folder:
        here = {"FIRSTHAND_HOME": str(folder), "FIRSTHAND_PG_KEEP": "1"}
        assert firsthand("prepare", **here).returncode == 0
        server = Server(folder, forgetful=True)
        server.ensure()
        with server.connect(role=ADMINISTRATOR) as administrator:
            administrator.execute("ALTER TABLE protect_note NO FORCE ROW LEVEL SECURITY")
            administrator.execute("ALTER TABLE protect_grant DISABLE TRIGGER grant_is_signed")
        for command in ("prepare", "worker", "serve", "up"):
            more = ["--port", "1026"] if command in ("serve", "up") else []
            more += ["--organiser", "o@insurer.example"] if command == "up" else []
            done = firsthand(command, *more, **here)
            said = done.stderr[done.stderr.index("firsthand: ") :]
            assert done.returncode == 2, command
            assert said.startswith(
                "firsthand: Firsthand does not start, because the purpose wall is not whole."
            )
            assert "row-level security is not forced. ALTER TABLE protect_note ENABLE" in said
            assert "The trigger grant_is_signed of protect_grant is switched off. Somebody with" in said
            assert "Traceback" not in said
        doctor = firsthand("doctor", **here)
        assert doctor.returncode == 1
        assert "MEND  protect_note is open to its owner" in doctor.stdout
        assert "MEND  The trigger grant_is_signed of protect_grant is switched off." in doctor.stdout
