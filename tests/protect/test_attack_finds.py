"""The attack finds each fault that is planted, and nothing where none is. An alarm that never rang proves nothing.

The attack itself needs a house of its own: that is the chaos tier. Here, quickly: what is planted with SQL, a
start refuses already.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

import firsthand
from firsthand.config import walls
from firsthand.config.embedded.rules import ADMINISTRATOR
from tests.logins import become
from tests.protect.faults import FAULTS


class Attacker:
    """The process with the throw-away house (tests/protect/attacked.py)."""

    def __init__(self, home: Path) -> None:
        kept = {
            name: value for name, value in os.environ.items() if not name.startswith(("FIRSTHAND", "DJANGO"))
        }
        settings = {"DJANGO_SETTINGS_MODULE": "firsthand.config.settings", "FIRSTHAND_HOME": str(home)}
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.protect.attacked"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env={**kept, **settings, "FIRSTHAND_FORGETFUL": "1"},
            text=True,
        )
        assert self._answer() == {"ready": True}

    def ask(self, **asked: Any) -> list[dict[str, str]]:
        assert self.process.stdin
        self.process.stdin.write(json.dumps(asked) + "\n")
        self.process.stdin.flush()
        answer = self._answer()
        assert "error" not in answer, answer["error"]
        return list(answer["leaks"])

    def _answer(self) -> dict[str, Any]:
        assert self.process.stdout
        return dict(json.loads(self.process.stdout.readline() or '{"error": "the process has ended"}'))

    def end(self) -> None:
        assert self.process.stdin
        assert self.process.stdout
        self.process.stdin.close()
        self.process.wait(timeout=60)
        self.process.stdout.close()


def home() -> Path:
    """Kept from one run to the next, since making it takes half a minute; made anew when the tables change."""
    base = os.environ.get("FIRSTHAND_TEST_HOME") or f"{tempfile.gettempdir()}/firsthand-tests-{os.geteuid()}"
    place = Path(f"{base}-attacked-{os.environ.get('PYTEST_XDIST_WORKER', 'one')}")
    package = Path(firsthand.__file__).parent
    made_of = sorted(
        [*package.glob("*/migrations/*.py"), *package.glob("*/sql/*.sql"), *package.glob("config/*.py")]
    )
    print_ = hashlib.sha256(b"".join(path.read_bytes() for path in made_of)).hexdigest()
    stamp = place / "made-of"
    if not stamp.exists() or stamp.read_text() != print_:
        shutil.rmtree(place, ignore_errors=True)
        place.mkdir(mode=0o711)
        place.chmod(0o711)
        stamp.write_text(print_)
    return place


@pytest.fixture(scope="session")
def attacker() -> Iterator[Attacker]:
    made = Attacker(home())
    yield made
    made.end()


@pytest.mark.chaos
@pytest.mark.parametrize("name", FAULTS)
def test_it_finds_what_was_planted(attacker, name):
    leaks = attacker.ask(fault=name)
    assert leaks, f"nobody noticed: {name}"
    for part in FAULTS[name].parts:
        if part in ("sql", "orm"):
            assert any(leak["part"] == part for leak in leaks), part
    assert all(leak["shows"] and leak["seen"] for leak in leaks)


@pytest.mark.chaos
@pytest.mark.parametrize(
    "asked",
    [
        {"parts": ["sql"], "attempts": 15000, "busy": True},
        {"parts": ["orm"], "who": ["outreach"]},
        {"parts": ["pages"], "who": ["stranger"]},
        {"parts": ["logs", "stream"]},
    ],
    ids=["sql", "orm", "pages", "logs and stream"],
)
def test_without_a_fault_it_finds_nothing(attacker, asked):
    assert not attacker.ask(**asked)


# A setting of a role counts from its next session on.
SEEN_BY_THE_ATTACK_ALONE = {"sessions read each other's statements"}


class Inside:
    """The administrator in the transaction of a test."""

    def execute(self, statement: str) -> Any:
        with connection.cursor() as cursor:
            cursor.execute(statement.replace("{database}", connection.settings_dict["NAME"]))
            return cursor.fetchone() if cursor.description else None


@pytest.mark.django_db
@pytest.mark.parametrize("name", [name for name, fault in FAULTS.items() if fault.parts == ("sql",)])
def test_what_is_planted_with_sql_lets_nothing_start(name):
    with become(ADMINISTRATOR), FAULTS[name].plant(Inside()):
        found = walls.faults()
    assert bool(found) is (name not in SEEN_BY_THE_ATTACK_ALONE)


def test_at_least_twenty_faults_are_planted():
    assert len(FAULTS) >= 40
    assert {part for fault in FAULTS.values() for part in fault.parts} == {
        "sql",
        "orm",
        "pages",
        "logs",
        "stream",
    }
