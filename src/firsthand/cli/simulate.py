"""`firsthand simulate`: a scenario of anybody's, simulated without a database."""

import argparse
import json
import sys
from pathlib import Path

from firsthand.cli.halt import Halt


def add(command: argparse.ArgumentParser) -> None:
    command.add_argument("scenario", metavar="SCENARIO.json", help="what is there: docs/guide/simulation.md")
    command.add_argument("--days", type=int, default=100, metavar="N", help="so many simulated days (100)")
    command.add_argument(
        "--seed", type=int, default=1, metavar="S", help="of chance; same seed, same numbers"
    )
    command.add_argument("--threads", type=int, metavar="T", help="(as many as there are cores)")
    command.add_argument("--json", action="store_true", help="for a machine to read, with every period")


def run(given: argparse.Namespace) -> int:
    from firsthand.plan.pure import simulation
    from firsthand.plan.pure.simulation import report

    if given.threads is not None and given.threads < 1:
        raise Halt(f"--threads: at least 1, not {given.threads}.", code=2)
    try:
        scenario = simulation.load(_text(given.scenario))
        result = simulation.simulate(scenario, days=given.days, seed=given.seed, threads=given.threads)
    except simulation.Unreadable as error:
        raise Halt(f"{given.scenario}: {error}", code=2) from None
    if given.json:
        json.dump(report.as_json(result), sys.stdout, indent=2)
        print()
    else:
        print("\n".join(report.as_lines(result)))
    return 0


def _text(path: str) -> str:
    try:
        return Path(path).read_text(encoding="utf-8")
    except OSError as error:
        raise Halt(f"{path}: {error.strerror}.", code=2) from None
    except UnicodeDecodeError:
        raise Halt(f"{path}: this is not a text in UTF-8.", code=2) from None
