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
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.db import connection

import firsthand
from firsthand.config import walls
from firsthand.config.attack import made_up, planting
from firsthand.config.attack.marks import Mark
from firsthand.config.attack.world import World
from firsthand.config.embedded.rules import ADMINISTRATOR
from firsthand.members.models import Member
from tests.logins import become
from tests.protect.faults import FAULTS
from tests.world import ada, beat


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
        return list(self.answer(**asked)["leaks"])

    def answer(self, **asked: Any) -> dict[str, Any]:
        assert self.process.stdin
        self.process.stdin.write(json.dumps(asked) + "\n")
        self.process.stdin.flush()
        answer = self._answer()
        assert "error" not in answer, answer["error"]
        return answer

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


@pytest.mark.chaos
def test_a_mark_stands_in_every_table_and_column_about_somebody(attacker):
    planted = attacker.answer()
    assert planted["empty"] == planted["lost"] == []
    assert planted["nobodys"] == ["auth_group", "auth_group_permissions", "socialaccount_socialapp"]
    assert {
        *("members_member", "plan_absence", "plan_assignment", "plan_callup", "plan_letter", "plan_moved"),
        *("plan_swap", "plan_upload", "plan_wish", "protect_need", "protect_outboundcontact"),
    } <= set(planted["tables"])


@pytest.mark.django_db
def test_a_row_can_be_made_up_in_every_table_of_the_plan():
    """Quickly, for a new table; one whose rules no row obeys wants a line in `made_up.VALUES`."""
    ada(), beat()
    world = World(members={"others": Member(pk=1)})
    with become(ADMINISTRATOR):
        made_up.fill(world, connection.connection)
    marked = {(mark.table, mark.column) for mark in world.marks.all.values()}
    assert not [table for table in world.empty if table.startswith("plan_")]
    assert {("plan_swap", "id"), ("plan_letter", "words"), ("plan_upload", "packed")} <= marked
    assert not [table for table, _ in marked if table == "plan_shift"]  # days, of nobody


def test_a_column_in_which_nothing_can_stand_is_said():
    class Refuses:
        transaction = nullcontext

        def execute(self, *_):
            raise psycopg.errors.CheckViolation

    mark = Mark(1, "members_member", "number", 7)
    assert not planting._put(Refuses(), mark, "true", {})


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
