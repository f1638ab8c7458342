"""A process with a throw-away house, which plants a fault when it is told one and says what the attack found.

Apart from the tests: it needs the house's real settings and real logins, and its faults change roles of the
server. One line in, the name of a fault; one line out, what was found. `python -m tests.protect.attacked`.
"""

from __future__ import annotations

import json
import os
import sys
import traceback
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import Any

ATTEMPTS = 10_000  # the first leak ends them; the sweep alone grows with each table
PREPARED = "attacked_prepared"


def main() -> None:
    answers = os.fdopen(os.dup(1), "w", buffering=1)
    os.dup2(2, 1)  # whatever else prints, prints beside the answers
    house_made(answers)
    for line in sys.stdin:
        try:
            asked = json.loads(line)
            answer: dict[str, Any] = {"leaks": found(asked)} if asked else PLANTED
        except Exception:
            answer = {"error": traceback.format_exc()}
        print(json.dumps(answer), file=answers, flush=True)


def house_made(answers: Any) -> None:
    import django

    (Path(os.environ["FIRSTHAND_HOME"]) / "made-to-be-attacked").touch()
    django.setup()
    from firsthand.cli import prepare
    from firsthand.config.attack import house

    prepare.prepare()
    global WORLD, PLANTED
    WORLD = house.made()
    PLANTED = planted()  # now: each attack makes marks of its own
    print(json.dumps({"ready": True}), file=answers, flush=True)


WORLD: Any = None
PLANTED: dict[str, Any] = {}


def planted() -> dict[str, Any]:
    """Where nothing stands, why, and the marks that were made and stand nowhere."""
    from firsthand.config.attack import beside, place

    seen = set()
    with place.connect() as plain:
        for relation, _ in plain.execute(beside.RELATIONS).fetchall():
            rows = plain.execute(f"SELECT t::text FROM {relation} t").fetchall()
            seen |= WORLD.marks.in_text("\n".join(row for (row,) in rows))
    lost = [mark for mark in WORLD.marks.all.values() if mark not in seen and mark.column not in ELSEWHERE]
    return {
        "empty": WORLD.empty,
        "nobodys": WORLD.nobodys,
        "lost": [str(mark) for mark in lost],
        "tables": sorted({mark.table for mark in seen}),
    }


# What is sealed, secrets that stand in a table in no form of ours, and a file.
ELSEWHERE = ("sealed", "the key itself", "the house's secret", "the key of keys", "mark")


def found(asked: dict[str, Any]) -> list[dict[str, str]]:
    """With this fault, and with none if it has no name."""
    from tests.protect.faults import FAULTS, Fault

    name = asked.get("fault", "")
    fault = (
        FAULTS[name]
        if name
        else Fault(lambda plain: nullcontext(), tuple(asked["parts"]), tuple(asked.get("who", ())))
    )
    with _copy() as plain, fault.plant(plain):
        return [vars(leak) for leak in _attacked(fault, asked.get("attempts", ATTEMPTS))]


def _attacked(fault: Any, attempts: int) -> Iterator[Any]:
    from firsthand.config.attack import beside, colleagues, commands, hearing, house, orm, pages, place
    from firsthand.config.attack.sql import run

    # The pages take their copies from the house: for this while that is the one with the fault.
    with house.called(place.current()), beside.logged() as kept:
        if "sql" in fault.parts:
            with colleagues.at_work(WORLD) if fault.busy else nullcontext():
                for done in run.run(WORLD, attempts, 1, zones=fault.who, first=True):
                    yield from done.leaks.values()
        if "orm" in fault.parts:
            yield from orm.run(WORLD, only=fault.who)[0]
        if "pages" in fault.parts:
            yield from pages.run(WORLD, only=fault.pages, whom=fault.who)[0]
        if "stream" in fault.parts:
            with hearing.listening(WORLD) as heard:
                yield from hearing.stream(WORLD)
            yield from heard
        if "logs" in fault.parts:
            yield from commands.run(WORLD)[0]
            yield from beside.look(WORLD, "")
            yield from beside.in_logs(WORLD, kept)


@contextmanager
def _copy() -> Iterator[Any]:
    from firsthand.config.attack import house, place

    with place.copied(house.HOUSE, "attacked_fault") as name:
        yield Administrator(name)


class Administrator:
    """A connection for each statement: nobody may be in a database that is copied. It may be named in one."""

    def __init__(self, name: str) -> None:
        self.name = name

    def execute(self, statement: str) -> Any:
        from firsthand.config.attack import place

        with place.connect(self.name) as plain:
            done = plain.execute(statement.replace("{database}", self.name))
            return done.fetchone() if done.description else None


if __name__ == "__main__":
    main()
