"""What one statement costs behind the wall, asked by pgbench: a client in C, one, over the socket, without Python.

A turn is one short run of pgbench for each table; bare and wall in turn, and the median of the turns. In each
transaction the token is set first, then the same lookup comes ten times.
"""

from __future__ import annotations

import os
import re
import shutil
import statistics
import subprocess
import tempfile
from pathlib import Path

TURNS = 15
TRANSACTIONS = 80
STATEMENTS = 10  # of a transaction
ASKED = {
    "key": "SELECT id, words FROM {} WHERE id = :number;",
    "five": "SELECT id, words FROM {} WHERE member_id = 1 ORDER BY id LIMIT 5;",
}
# How it travels: its text, parsed each time, as Django sends it; parsed each time with values apart; with a kept plan.
MODES = ("simple", "extended", "prepared")
LATENCY = re.compile(r"^\s+([\d.]+)\s+\d+\s+SELECT id", re.MULTILINE)


def program() -> Path | None:
    """pgbench of the server's own wheel, or one that the machine has."""
    from firsthand.config.embedded import programs
    from firsthand.config.embedded.trouble import CannotStart

    try:
        folders = [Path(os.environ.get("FIRSTHAND_PG_BIN") or programs._installed() / "bin")]
    except CannotStart:
        folders = []
    folders += sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    folders += [Path(found).parent for found in [shutil.which("pgbench")] if found]
    return next((folder / "pgbench" for folder in folders if (folder / "pgbench").exists()), None)


def measured(pgbench: Path, place: dict[str, str], token: str, numbers: tuple[int, int]) -> dict[str, float]:
    """Microseconds of a statement by table, lookup and mode (`wall key simple`), and of the first in its transaction
    (`… first`). `place` is PGHOST, PGUSER and PGDATABASE; `numbers` the first and last note of the open file.
    """
    taken: dict[str, list[float]] = {}
    with tempfile.TemporaryDirectory() as folder:
        for _ in range(TURNS):
            for key, asks in ASKED.items():
                for mode in MODES:
                    for where, table in (("bare", "bare_note"), ("wall", "protect_note")):
                        script = Path(folder) / f"{where}-{key}.sql"
                        script.write_text(_script(asks.format(table), token, numbers))
                        each = _run(pgbench, place, mode, script)
                        taken.setdefault(f"{where} {key} {mode}", []).append(statistics.fmean(each))
                        taken.setdefault(f"{where} {key} {mode} first", []).append(each[0])
    return {name: statistics.median(values) for name, values in taken.items()}


def _script(asks: str, token: str, numbers: tuple[int, int]) -> str:
    number = f"\\set number random({numbers[0]}, {numbers[1]})\n"
    enter = f"BEGIN;\nSELECT set_config('firsthand.token', '{token}', true);\n"
    return enter + f"{number}{asks}\n" * STATEMENTS + "COMMIT;\n"


def _run(pgbench: Path, place: dict[str, str], mode: str, script: Path) -> list[float]:
    """Of each statement of the transaction, the mean in µs."""
    given = ["-n", "-r", "-c", "1", "-t", str(TRANSACTIONS), "-M", mode, "-f", str(script)]
    done = subprocess.run(
        [pgbench, *given], env={**os.environ, **place}, capture_output=True, text=True, check=True
    )
    each = [float(one) * 1000 for one in LATENCY.findall(done.stdout)]
    assert len(each) == STATEMENTS, done.stdout + done.stderr
    return each
