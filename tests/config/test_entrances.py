"""A server of somebody else's that lets anybody in is found without its administrator, and nothing starts with it."""

from __future__ import annotations

import os

import psycopg
import pytest
from django.conf import settings

from firsthand.config import entrances, logins, walls
from firsthand.config.database import NAMES, from_url
from firsthand.config.embedded import Server
from firsthand.config.embedded.rules import ADMINISTRATOR
from firsthand.config.entrances import Lets
from firsthand.config.health import wall as health
from tests.config import homes

pytestmark = pytest.mark.skipif("DATABASE_URL" in os.environ, reason="asks a server that it starts itself")

ROLES = [logins.OWNER, *logins.SERVING]
SECRET = "the-right-password"
HERE = (
    f"127.93.{os.getpid() % 250}.{os.getpid() // 250 % 250}"  # its own, on the port that the launcher knows
)


class Theirs:
    """A server with passwords, on an address and on a socket, whose pg_hba.conf somebody else writes."""

    def __init__(self, server: Server) -> None:
        self.server = server
        self.socket = str(server.places.socket)

    def admits(self, *lines: str) -> None:
        ours = f"local all {ADMINISTRATOR} peer map=firsthand"
        (self.server.places.rules / "pg_hba.conf").write_text("\n".join([ours, *lines, ""]))
        before = self._asked("SELECT pg_conf_load_time()")
        self._asked("SELECT pg_reload_conf()")
        homes.until(lambda: self._asked("SELECT pg_conf_load_time()") != before)

    def _asked(self, statement: str) -> object:
        with self.server.connect("postgres", ADMINISTRATOR) as administrator:
            return administrator.execute(statement).fetchone()[0]

    def said(self) -> str:
        return "".join(path.read_text() for path in (self.server.places.data / "log").glob("*"))


@pytest.fixture(scope="module")
def server():
    with homes.home() as folder:
        made = Server(folder, forgetful=True)
        made.ensure()
        made.stop()
        (made.places.rules / "mine.conf").write_text(f"listen_addresses = '{HERE}'\nlog_connections = on\n")
        made.ensure()
        with made.connect("postgres", ADMINISTRATOR) as administrator:
            for role in ROLES:
                administrator.execute(f"ALTER ROLE {role} PASSWORD '{SECRET}'")
        yield Theirs(made)


def signs_in(monkeypatch, host: str, *, password: str = SECRET, direct: str = "") -> None:
    for alias, name in NAMES.items():
        role = logins.ZONES.get(alias, logins.OWNER)
        who = f"{role}:{password}" if password else role
        url = f"postgresql://{who}@{host.replace('/', '%2F')}/firsthand"
        monkeypatch.setitem(settings.DATABASES, alias, from_url(url, name, alias))
    monkeypatch.setattr(settings, "DATABASE_DIRECT_URL", direct)


def open_to_anybody() -> list[str]:
    return [str(one) for one in entrances.tried() if one.lets is Lets.ANYBODY]


@pytest.mark.parametrize(
    ("lines", "found"),
    [
        (["host all all all trust"], ROLES),
        (["host all firsthand_learn all trust", "host all all all scram-sha-256"], ["firsthand_learn"]),
        (["host all all all scram-sha-256"], []),
        (["host all all all password"], []),
        (["host all all all reject"], []),
    ],
)
def test_over_the_network_a_server_that_asks_for_nothing_is_found(server, monkeypatch, lines, found):
    server.admits(*lines)
    signs_in(monkeypatch, HERE)
    assert open_to_anybody() == found


@pytest.mark.parametrize(("method", "found"), [("trust", ROLES), ("peer map=firsthand", [])])
@pytest.mark.parametrize("password", [SECRET, ""])
def test_on_a_socket_the_user_of_the_machine_is_proof_and_trust_is_none(
    server, monkeypatch, method, found, password
):
    server.admits(f"local all all {method}")
    signs_in(monkeypatch, server.socket, password=password)
    assert open_to_anybody() == found


def test_an_older_server_does_not_tell_and_the_doctor_says_so(server, monkeypatch):
    monkeypatch.setattr(entrances, "TELLS", 990000)
    server.admits("local all all peer map=firsthand")
    signs_in(monkeypatch, server.socket, password="")
    (finding,) = health.entrances_unknown()
    assert (finding.level, "does not say how it knew us (firsthand, " in finding.says) == ("note", True)
    signs_in(monkeypatch, server.socket)  # a password that nobody asks for
    assert open_to_anybody() == ROLES
    assert list(health.entrances_unknown()) == []


def test_over_the_network_an_older_server_needs_to_tell_nothing(server, monkeypatch):
    monkeypatch.setattr(entrances, "TELLS", 990000)
    server.admits("host all all all trust")
    signs_in(monkeypatch, HERE, password="")
    assert open_to_anybody() == ROLES


def test_the_direct_address_is_tried_too(server, monkeypatch):
    server.admits("local all all peer map=firsthand", "host all all all trust")
    signs_in(monkeypatch, server.socket, direct=f"postgresql://firsthand_front:{SECRET}@{HERE}/firsthand")
    assert open_to_anybody() == ["firsthand_front (DATABASE_DIRECT_URL)"]


def test_a_start_is_refused_with_what_to_do(server, monkeypatch):
    server.admits("host all all all trust")
    signs_in(monkeypatch, HERE)
    (fault,) = walls._entrances()
    assert fault.says == f"The database lets anybody in, without a password, as {', '.join(ROLES)}."
    assert fault.do.startswith("In its pg_hba.conf put scram-sha-256 for trust")
    assert SECRET not in walls.sentence([fault])


def test_no_password_is_sent_and_each_login_is_tried_once(server, monkeypatch):
    """Wherever they are looked up, some lock an account after a few that are wrong."""
    server.admits("host all all all password")
    signs_in(monkeypatch, HERE, password="wrong")
    sent, connect = [], psycopg.connect
    monkeypatch.setattr(psycopg, "connect", lambda **address: sent.append(address) or connect(**address))
    assert open_to_anybody() == []
    assert [one["user"] for one in sent] == ROLES
    assert all("password" not in one and one["require_auth"] == "none" for one in sent)
    assert "connection received" in server.said()
    assert "password authentication failed" not in server.said()


def test_our_own_server_is_not_tried(monkeypatch):
    monkeypatch.setattr(psycopg, "connect", lambda **_: pytest.fail("it was tried"))
    assert list(entrances.tried()) == []


def test_what_is_out_of_reach_is_no_fault_of_the_wall(monkeypatch):
    signs_in(monkeypatch, "127.0.0.1:1")
    assert {one.lets for one in entrances.tried()} == {Lets.NOBODY}
