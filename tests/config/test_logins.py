"""The roles of our own server, and what an administrator of another one is told."""

import psycopg
import pytest
from django.db import connection

from firsthand.cli import parser
from firsthand.config import database, grants, logins
from firsthand.config.embedded import Server, rules
from tests.config import homes
from tests.config.test_commands import firsthand, refused
from tests.logins import become

FACTS = (
    "SELECT rolname, rolsuper OR rolcreaterole OR rolbypassrls OR rolreplication, rolcanlogin FROM pg_roles"
)


@pytest.fixture(scope="module")
def server():
    with homes.home() as folder:
        server = Server(folder)
        server.ensure()
        yield server


def sign_in(server, role, dbname=logins.DATABASE):
    with server.connect(dbname, role) as connected:
        return connected.execute("SELECT session_user").fetchone()[0]


@pytest.mark.parametrize("role", [logins.OWNER, *logins.SERVING])
def test_each_login_has_its_own_door_to_its_own_database(server, role):
    assert sign_in(server, role) == role
    with pytest.raises(psycopg.OperationalError, match="pg_hba.conf"):
        sign_in(server, role, "postgres")


@pytest.mark.parametrize("role", [logins.KEEPER, "somebody"])
def test_nobody_else_comes_in(server, role):
    with pytest.raises(psycopg.OperationalError):
        sign_in(server, role)


def test_none_of_them_is_more_than_it_has_to_be(server):
    with server.connect("postgres", rules.ADMINISTRATOR) as administrator:
        found = administrator.execute(f"{FACTS} WHERE rolname LIKE 'firsthand%' ORDER BY 1").fetchall()
        assert {name: may_sign_in for name, _, may_sign_in in found} == {
            role: role != logins.KEEPER for role in (logins.OWNER, logins.KEEPER, *logins.SERVING)
        }
        assert not any(more for _, more, _ in found)
        members = administrator.execute(
            "SELECT member::regrole::text, roleid::regrole::text FROM pg_auth_members"
            " WHERE member::regrole::text LIKE 'firsthand%'"
        ).fetchall()
        assert members == [(logins.OWNER, logins.KEEPER)]


def test_a_home_that_an_earlier_version_made_gets_its_roles_while_it_runs():
    with homes.home() as folder:
        server = Server(folder, forgetful=True)
        server.ensure()
        with server.connect("postgres", rules.ADMINISTRATOR) as administrator:
            for role in (*logins.SERVING, logins.KEEPER):
                administrator.execute(f"DROP ROLE {role}")
            (server.places.rules / "pg_hba.conf").write_text("local all all peer map=firsthand\n")
            (server.places.rules / "pg_ident.conf").write_text(
                "".join(f'firsthand "{name}" postgres\n' for name in server.places.owner.logins)
            )
            administrator.execute("SELECT pg_reload_conf()")
        server.ensure()
        homes.until(lambda: all(sign_in(server, role) == role for role in logins.SERVING))


def test_the_statements_make_them_all(capsys):
    assert parser.run(["roles", "--sql"]) == 0
    said = capsys.readouterr().out
    for role in (logins.OWNER, *logins.SERVING):
        assert f"CREATE ROLE {role} LOGIN" in said
        assert f"\\password {role}" in said
    assert f"CREATE ROLE {logins.KEEPER} NOLOGIN" in said
    assert "GRANT firsthand_keeper TO firsthand WITH INHERIT FALSE;" in said
    assert parser.run(["roles", "--sql", "--postgresql", "15"]) == 0
    assert "GRANT firsthand_keeper TO firsthand;" in capsys.readouterr().out


def test_without_sql_it_says_which_login_is_for_what(capsys):
    assert parser.run(["roles"]) == 0
    said = capsys.readouterr().out
    assert all(name in said for name in database.NAMES.values())


URLS = {
    name: f"postgresql://{logins.ZONES.get(alias, logins.OWNER)}@127.0.0.1:1/firsthand"
    for alias, name in database.NAMES.items()
}


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"DATABASE_URL_LEARN": ""}, "DATABASE_URL_LEARN is not set."),
        ({"DATABASE_URL_FRONT": URLS["DATABASE_URL"]}, "signs in as firsthand, and must as firsthand_front"),
        ({"DATABASE_URL": ""}, "DATABASE_URL is not set: it is the owner's login"),
        ({}, "The database cannot be used."),
    ],
)
def test_a_server_of_ones_own_needs_a_login_for_each_zone(change, says, tmp_path):
    refused(firsthand("prepare", FIRSTHAND_HOME=str(tmp_path / "home"), **{**URLS, **change}), says)


@pytest.mark.django_db
def test_the_owner_lets_in_who_serves_and_nobody_else():
    with become(rules.ADMINISTRATOR), connection.cursor() as cursor:
        database = connection.settings_dict["NAME"]
        taken = "firsthand_front, firsthand_learn, firsthand_keeper"
        cursor.execute(f'REVOKE CONNECT ON DATABASE "{database}" FROM {taken}')
        cursor.execute(f"ALTER ROLE {logins.KEEPER} LOGIN")
    with become(logins.OWNER):
        shut_out = [role for _, role in grants._rows("shut_out")]
        grants.let_in()
        assert grants._rows("shut_out") == []
    assert shut_out == ["firsthand_front", "firsthand_learn"]
    with connection.cursor() as cursor:
        cursor.execute("SELECT has_database_privilege(%s, current_database(), 'CONNECT')", [logins.KEEPER])
        assert cursor.fetchone() == (False,)


@pytest.mark.chaos
def test_prepare_lets_the_logins_in_again():
    """Somebody took their CONNECT: the first thing it does was to sign in as one of them."""
    with homes.home() as folder:
        here = {"FIRSTHAND_HOME": str(folder), "FIRSTHAND_PG_KEEP": "1", "FIRSTHAND_FORGETFUL": "1"}
        assert firsthand("prepare", **here).returncode == 0
        server = Server(folder, forgetful=True)
        server.ensure()
        with server.connect("postgres", rules.ADMINISTRATOR) as administrator:
            administrator.execute(
                "REVOKE CONNECT ON DATABASE firsthand FROM firsthand_front, firsthand_learn"
            )
        with pytest.raises(psycopg.OperationalError, match="CONNECT"):
            sign_in(server, "firsthand_front")
        done = firsthand("prepare", **here)
        assert (done.returncode, done.stdout) == (0, "The database is up to date.\n"), done.stderr
        assert all(sign_in(server, role) == role for role in logins.SERVING)
