"""The embedded server on real homes: made once, shared, stopped with its last user, closed to others."""

import os
import stat

import psycopg
import pytest

from firsthand.config import logins
from firsthand.config.embedded import Server
from firsthand.config.embedded.rules import ADMINISTRATOR
from tests.config import homes


def test_ten_processes_race_for_an_empty_home_and_all_are_served():
    with homes.home() as folder:
        racers = [homes.user(folder, "forgetful") for _ in range(10)]
        assert [racer.stdout.readline() for racer in racers] == ["firsthand\n"] * 10
        server = Server(folder)
        assert not server.gone()
        for racer in racers[:9]:
            homes.finish(racer)
        assert not server.gone()
        homes.finish(racers[9])
        assert server.gone()
        assert not server.places.pidfile.exists()


def test_killed_users_leave_no_lock_behind():
    with homes.home() as folder:
        users = [homes.user(folder, "forgetful") for _ in range(3)]
        for one in users:
            one.stdout.readline()
            one.kill()
        for one in users:
            one.communicate()
        server = Server(folder)
        assert not server.gone()  # nobody was left to stop it
        server.ensure()
        server.release()
        assert server.gone()


def test_a_forked_child_neither_stops_the_server_nor_is_forgotten():
    with homes.home() as folder:
        server = Server(folder, forgetful=True)
        server.ensure()
        reading, writing = os.pipe()
        if (child := os.fork()) == 0:
            os.read(reading, 1)
            os._exit(0)
        server.release()
        assert not server.gone()  # the child still counts
        os.write(writing, b".")
        os.waitpid(child, 0)
        server.ensure()
        server.release()
        assert server.gone()


@pytest.mark.parametrize(
    "name",
    ["Ein Frühling's «Büro» $HOME", "x" * 200, 'back\\slash "quoted"'],
    ids=["umlauts", "long", "quotes"],
)
def test_any_name_of_a_home_will_do(name):
    with homes.home(name) as folder:
        server = Server(folder, forgetful=True)
        with psycopg.connect(**server.ensure()) as connection:
            assert connection.execute("SELECT lower('ÄÖÜ')").fetchone() == ("äöü",)
        assert stat.S_IMODE(server.places.socket.stat().st_mode) == 0o700


@pytest.fixture(scope="module")
def server():
    with homes.home() as folder:
        server = Server(folder, forgetful=True)
        server.ensure()
        yield server


def test_the_data_are_closed_to_other_users_and_to_the_network(server):
    for path in (server.places.data, server.places.socket):
        assert stat.S_IMODE(path.stat().st_mode) == 0o700
        assert path.stat().st_uid == server.places.owner.uid != 0
    with server.connect("postgres", "postgres") as connection:
        show = lambda name: connection.execute(f"SHOW {name}").fetchone()[0]  # noqa: E731
        assert show("listen_addresses") == ""
        assert show("data_checksums") == "on"
        entries = connection.execute("SELECT type, auth_method FROM pg_hba_file_rules").fetchall()
        assert set(entries) == {("local", "peer"), ("local", "reject"), ("host", "reject")}
        entries = connection.execute(
            "SELECT user_name, auth_method FROM pg_hba_file_rules WHERE type = 'local' ORDER BY rule_number"
        ).fetchall()
        assert entries[-1] == (["all"], "reject")
        assert {name for names, method in entries[:-1] for name in names if method == "peer"} == {
            ADMINISTRATOR, logins.OWNER, *logins.SERVING,
        }  # fmt: skip


def test_the_application_is_no_superuser(server):
    with server.connect() as connection, pytest.raises(psycopg.errors.InsufficientPrivilege):
        connection.execute("COPY (SELECT 1) TO PROGRAM 'cat'")


def test_a_server_that_another_user_put_there_is_not_talked_to(server):
    with pytest.raises(psycopg.OperationalError, match="requirepeer"):
        psycopg.connect(**{**server.ensure(), "requirepeer": homes.STRANGER})


@pytest.mark.skipif(not homes.ROOT, reason="becomes another user")
def test_another_user_is_refused_even_with_every_folder_wide_open(server):
    connect = {"host": str(server.places.socket), "user": "firsthand", "dbname": "firsthand"}
    assert "Permission denied" in homes.become(homes.STRANGER, lambda: psycopg.connect(**connect))
    server.places.socket.chmod(0o777)
    (server.places.socket / ".s.PGSQL.5432").chmod(0o777)
    assert "Peer authentication failed" in homes.become(homes.STRANGER, lambda: psycopg.connect(**connect))
    server.places.socket.chmod(0o700)


def _the_log_once_it_says(words: str, server: Server) -> str:
    """The server hands its lines to a process that writes them: they may be on disk after the answer was here."""

    def text() -> str:
        logs = [*server.places.data.joinpath("log").iterdir(), server.places.log]
        return "".join(log.read_text() for log in logs)

    homes.until(lambda: words in text(), 30)
    return text()


def test_the_servers_log_never_holds_a_value(server):
    with server.connect() as connection:
        connection.execute("CREATE TABLE t (name text UNIQUE)")
        connection.execute("INSERT INTO t VALUES (%s)", ["Ruth Keller"])
        for wrong in ("INSERT INTO t VALUES ('Ruth Keller')", "SELECT 'Ruth Keller'::int", "Ruth Keller"):
            with pytest.raises(psycopg.Error):
                connection.execute(wrong)
        with pytest.raises(psycopg.OperationalError):
            connection.execute("SELECT pg_terminate_backend(pg_backend_pid()), 'Ruth Keller' -- Ruth Keller")
    text = _the_log_once_it_says("terminating connection", server)  # the log is the right one
    assert "Keller" not in text


def test_a_home_made_to_last_is_never_made_forgetful():
    with homes.home() as folder:
        Server(folder).ensure()
        server = Server(folder, forgetful=True)
        server.ensure()
        with server.connect() as connection:
            assert connection.execute("SHOW fsync").fetchone() == ("on",)
