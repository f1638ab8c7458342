"""`firsthand doctor` finds what would lose a confidence or give one away."""

import psycopg
import pytest

from firsthand.config import health
from firsthand.config.health import database, examine, machine
from firsthand.config.health import keys as sealed_keys
from firsthand.config.health.finding import well
from firsthand.kernel import direct
from firsthand.protect import keys
from tests.protect.sealed import sealed


@pytest.fixture
def home(settings, tmp_path):
    settings.HOME = tmp_path
    settings.KEYS = []
    return tmp_path


def test_a_key_that_others_can_read_is_named(home):
    keys.ring()
    assert [one.level for one in machine.secrets()] == ["well"]
    (file,) = (home / "keys").glob("*.key")
    file.chmod(0o640)
    (finding,) = machine.secrets()
    assert (finding.level, finding.do) == ("mend", f"chmod 600 {file}")


@pytest.mark.django_db
def test_looking_makes_no_key(home):
    assert [one.level for one in sealed_keys.sealed()] == ["well"]
    assert not (home / "keys").exists()


@pytest.mark.django_db
def test_a_key_that_was_cut_off_is_named_and_not_used(home):
    keys.ring()
    (file,) = (home / "keys").glob("*.key")
    file.write_text("half of")
    (finding,) = sealed_keys.sealed()
    assert finding.level == "mend"
    assert str(file) in finding.says


@pytest.mark.django_db
def test_what_is_sealed_with_a_key_that_is_gone_is_counted(home):
    sealed()
    assert [one.level for one in sealed_keys.sealed()] == ["well"]
    (file,) = (home / "keys").glob("*.key")
    file.unlink()
    (finding,) = sealed_keys.sealed()
    assert finding.level == "mend"
    assert "a key that is not here: 1." in finding.says
    assert not list((home / "keys").glob("*.key"))


@pytest.mark.django_db
def test_a_database_that_may_forget_is_examined_all_the_same(monkeypatch):
    """It was taken for one that does not answer, and nobody looked at the wall."""
    monkeypatch.setattr(database, "_row", lambda statement: (180_004, "off"))
    monkeypatch.setattr(health, "WITH_DATABASE", [lambda: iter([well("wall", "looked at")])])
    monkeypatch.setattr(health, "WITHOUT", [])
    ill, looked = examine()
    assert (ill.level, looked.says) == ("mend", "looked at")


def test_what_the_server_said_is_told_and_not_that_a_pool_waited(monkeypatch):
    def refused(**address):
        raise psycopg.OperationalError("connection failed: no such\nFATAL:  permission denied for database")

    monkeypatch.setattr(psycopg, "connect", refused)
    said = direct.why(psycopg.OperationalError("couldn't get a connection after 5.00 sec"))
    assert said.startswith("As firsthand")
    assert said.endswith(": FATAL:  permission denied for database")
    assert direct.why(psycopg.OperationalError("the server closed")) == "the server closed"
