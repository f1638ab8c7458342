"""Commands that print what they know, for people or machines: no word of a member is in it."""

from __future__ import annotations

import argparse
import contextlib
import importlib
import io
from collections.abc import Iterator
from typing import Any

from firsthand.config.attack.findings import Leak
from firsthand.config.attack.world import World

# Under cli/, which stands above: called by name. What is handed to a data subject is theirs and not tried here.
ASKED = (
    ("doctor", {"json": True}),
    ("doctor", {"json": False}),
    ("roles", {"sql": True, "postgresql": 16}),
    ("check_chain", {"json": True}),
)


def run(world: World) -> tuple[list[Leak], int]:
    leaks = [leak for name, given in ASKED for leak in _one(world, name, given)]
    return leaks, len(ASKED)


def _one(world: World, name: str, given: dict[str, Any]) -> Iterator[Leak]:
    said = io.StringIO()
    with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
        try:
            importlib.import_module(f"firsthand.cli.{name}").run(argparse.Namespace(command=name, **given))
        except (Exception, SystemExit) as refused:
            print(refused, file=said)
    if marks := world.marks.in_text(said.getvalue()):
        shown = ", ".join(f"mark {mark}" for mark in sorted(marks, key=lambda one: one.number)[:3])
        yield Leak("logs", "whoever runs it", "a command", f"firsthand {name}", shown)
