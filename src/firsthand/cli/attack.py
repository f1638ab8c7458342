"""`firsthand attack`: a throw-away house is made, attacked through every interface, and thrown away."""

import argparse
import json
import os
import shutil
import sys
import tempfile
from pathlib import Path

from firsthand.cli.halt import Halt
from firsthand.config import env
from firsthand.config.attack.findings import PARTS, Report
from firsthand.config.attack.marker import MARKER
from firsthand.config.database import NAMES

# What would lead to an installation's own database, or let its keys into this one.
OURS = (*NAMES.values(), "DATABASE_DIRECT_URL")
KEYS = ("FIRSTHAND_SECRET", "FIRSTHAND_WALL_KEY", "FIRSTHAND_KEYS", "FIRSTHAND_DEMO", "FIRSTHAND_PG_KEEP")

DO = """\
What to do: let nobody work with this version. `firsthand doctor` says whether your own house has the same hole in its
database; if not, it is in the code: report it with the lines above and the seed (SECURITY.md)."""


def add(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--attempts", type=_count, default=50_000, metavar="N", help="in raw SQL (50,000)")
    parser.add_argument("--seed", type=int, default=1, metavar="S", help="the same seed tries the same (1)")
    parser.add_argument("--only", default="", metavar="PARTS", help="some of sql,orm,pages,logs")
    parser.add_argument("--json", action="store_true", help="for a machine to read")


def _count(said: str) -> int:
    if not (said.isdecimal() and int(said)):
        raise argparse.ArgumentTypeError("a number from 1")
    return int(said)


def run(given: argparse.Namespace) -> int:
    chosen = _chosen(given.only)
    home = throw_away()
    try:
        return _attacked(given, chosen)
    finally:
        from firsthand.config.embedded.base import running

        running(str(home))[0].stop()
        shutil.rmtree(home, ignore_errors=True)


def throw_away() -> Path:
    """A home of its own; before the settings are read."""
    if found := next((name for name in OURS if env.text(name)), ""):
        raise Halt(
            f"{found} is set. The attack makes a database of its own and never looks into another. Unset it."
        )
    home = Path(tempfile.mkdtemp(prefix="firsthand-attack-"))
    home.chmod(0o711 if os.geteuid() == 0 else 0o700)
    (home / MARKER).touch()
    for name in (*KEYS, *(f"{key}_FILE" for key in KEYS)):
        os.environ.pop(name, None)
    os.environ |= {"FIRSTHAND_HOME": str(home), "FIRSTHAND_FORGETFUL": "1", "FIRSTHAND_COUNTRY": "CH"}
    return home


def _chosen(only: str) -> list[str]:
    chosen = [part for part in only.split(",") if part] or list(PARTS)
    if unknown := set(chosen) - set(PARTS):
        raise Halt(
            f"There is no part “{', '.join(sorted(unknown))}”. What there is: {', '.join(PARTS)}", code=2
        )
    return chosen


def _attacked(given: argparse.Namespace, chosen: list[str]) -> int:
    from firsthand.cli import prepare

    say("a throw-away house is prepared …")
    prepare.prepare()
    from firsthand.config.attack import parts

    report = parts.attack(given.attempts, given.seed, chosen, say)
    if given.json:
        print(json.dumps(report.plain(), indent=2, ensure_ascii=False))
    else:
        print("\n".join(_lines(report)))
    return 1 if report.leaks else 0


def _lines(report: Report) -> list[str]:
    tried = ", ".join(f"{number:,} {part}" for part, number in report.attempts.items())
    lines = [f"Tried: {tried} ({sum(report.seconds.values()):.0f} s)."]
    lines += [f"  {name}: {value}" for name, value in report.figures.items()]
    lines += [f"  note: {note}" for note in report.notes]
    if not report.leaks:
        return [*lines, "Nothing came across the wall."]
    lines.append(f"{len(report.leaks)} ways across the wall:")
    for leak in report.leaks:
        lines += [
            f"  {leak.part}, as {leak.who or 'anybody'}: {leak.way}",
            f"    {leak.shows}",
            f"    seen: {leak.seen}",
        ]
    return [*lines, DO]


def say(text: str) -> None:
    print(f"… {text}", file=sys.stderr, flush=True)
