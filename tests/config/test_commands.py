"""What is typed at the terminal: a trouble is one sentence and an exit code, never a traceback."""

import os
import socket
import stat
import subprocess
import sys

import psycopg
import pytest
from django.db.utils import ProgrammingError

from firsthand.cli import known, parser
from tests.config import homes


def firsthand(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    clean = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("FIRSTHAND", "DATABASE", "DJANGO"))
    }
    return subprocess.run(
        [sys.executable, "-m", "firsthand", *arguments],
        env={**clean, **environment},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


@pytest.fixture
def here(tmp_path):
    return {"FIRSTHAND_HOME": str(tmp_path / "home")}


def refused(done: subprocess.CompletedProcess[str], says: str) -> None:
    assert done.returncode == 2, done.stderr
    last = done.stderr.strip().splitlines()[-1]
    assert last.startswith("firsthand: ")
    assert says in last
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("arguments", [(), ("--help",), ("help",)])
def test_help_names_every_command(arguments, capsys):
    assert parser.run(list(arguments)) == 0
    said = capsys.readouterr().out
    for command in (
        "demo",
        "up",
        "serve",
        "worker",
        "prepare",
        "invite",
        "doctor",
        "check-chain",
        "certs",
        "check",
        "django",
    ):
        assert f"firsthand {command}" in said
    assert max(map(len, said.splitlines())) <= 85


def test_a_command_that_is_not_there_is_said_in_words(here):
    done = firsthand("nonsense", **here)
    assert done.returncode == 2
    assert done.stderr.startswith("firsthand: There is no command “nonsense”.")


def test_a_port_in_use_is_named(here):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        refused(firsthand("up", "--port", str(port), **here), f"Port {port} is in use by another program.")


@pytest.mark.parametrize(
    ("environment", "says"),
    [
        ({"DATABASE_URL": "nonsense"}, "DATABASE_URL cannot be read. It looks like postgresql://"),
        ({"DATABASE_URL": "postgresql://u@127.0.0.1:1/db"}, "DATABASE_URL_FRONT is not set."),
        ({"FIRSTHAND_HOME": "/proc/firsthand"}, "Choose another folder: FIRSTHAND_HOME=…"),
        ({"FIRSTHAND_MAIL": "nonsense"}, "FIRSTHAND_MAIL cannot be read."),
        ({"FIRSTHAND_POOL": "many"}, "FIRSTHAND_POOL must be a whole number"),
    ],
)
def test_a_wrong_setting_is_a_sentence(here, environment, says):
    refused(firsthand("prepare", **{**here, **environment}), says)


def test_a_demo_never_writes_into_another_database(here):
    refused(firsthand("demo", DATABASE_URL="postgresql://u@h/d", **here), "never writes into another")


def test_tls_without_a_certificate_says_how_to_make_one(here):
    refused(firsthand("up", "--tls", **here), "firsthand certs")


@pytest.mark.chaos
def test_without_an_organiser_nobody_could_sign_in():
    with homes.home() as folder:
        here = {"FIRSTHAND_HOME": str(folder), "FIRSTHAND_FORGETFUL": "1"}
        refused(firsthand("up", "--port", "1025", **here), "firsthand up --organiser")
        refused(firsthand("up", "--port", "1025", "--organiser", "otto", **here), "is no e-mail address")
        refused(firsthand("invite", "otto@insurer.example", **here), "Nobody here has the address")
        ill = firsthand("doctor", **here)
        assert ill.returncode == 1
        assert "MEND  The database forgets what was saved" in ill.stdout
        secret = folder / "secret"
        assert stat.S_IMODE(secret.stat().st_mode) == 0o600
        secret.chmod(0o644)
        assert f"chmod 600 {secret}" in firsthand("doctor", **here).stdout


@pytest.mark.parametrize(
    "typed",
    [
        ("check-chain",),
        ("retention", "--dry-run"),
        ("rotate-keys",),
        ("documents", "{folder}"),
        ("subject", "export", "--member", "1", "--by", "p@insurer.example", "--out", "{folder}"),
    ],
)
def test_on_tables_of_another_version_nothing_is_begun(typed, monkeypatch, tmp_path):
    from firsthand.cli import prepare
    from firsthand.cli.halt import Halt

    monkeypatch.setattr(prepare, "pending", lambda: ["protect.0007_later"])
    folder = tmp_path / "made"
    with pytest.raises(Halt, match=r"changes are still to be made \(1\).*Nothing was done.*prepare`") as no:
        parser.run([word.format(folder=folder) for word in typed])
    assert no.value.code == 2  # 1 would say that something was changed, or is out of date
    assert not folder.exists()


def test_a_stream_that_is_closed_is_no_traceback(here):
    done = subprocess.run(
        ["sh", "-c", f"{sys.executable} -m firsthand roles <&- >&- 2>&-"],
        env={**os.environ, **here}, timeout=60, check=False,
    )  # fmt: skip
    assert done.returncode == 0


@pytest.mark.parametrize(
    ("error", "says"),
    [
        (
            PermissionError(13, "Permission denied", "/home/keys/0001.key"),
            "You may not read or write /home/keys",
        ),
        (OSError(28, "No space left on device"), "The disk is full."),
        (psycopg.OperationalError("the connection is lost"), "The database cannot be used. the connection"),
        (ValueError("a bug"), ""),
    ],
)
def test_a_known_trouble_is_a_sentence_and_a_bug_is_none(error, says):
    assert known(error).startswith(says) if says else known(error) == ""


@pytest.mark.parametrize(
    ("message", "says"),
    [
        ("permission denied for table django_migrations", "The logins have no rights in this database yet"),
        ("permission denied for schema public", "The logins have no rights in this database yet"),
        ("permission denied for table protect_note", ""),
    ],
)
def test_logins_without_rights_are_told_apart_from_a_bug(message, says):
    error = ProgrammingError(message)
    error.__cause__ = psycopg.errors.InsufficientPrivilege(message)
    assert known(error).startswith(says) if says else known(error) == ""
