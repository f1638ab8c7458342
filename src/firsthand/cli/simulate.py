"""`firsthand simulate`: a scenario of anybody's, simulated without a database."""

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from firsthand.cli import compiled
from firsthand.cli.halt import Halt


def add(command: argparse.ArgumentParser) -> None:
    command.add_argument("scenario", metavar="SCENARIO.json", help="what is there: docs/guide/simulation.md")
    command.add_argument("--days", type=int, default=100, metavar="N", help="so many simulated days (100)")
    command.add_argument(
        "--seed", type=int, default=1, metavar="S", help="of chance; same seed, same numbers"
    )
    command.add_argument("--threads", type=int, metavar="T", help="(as many as there are cores)")
    command.add_argument("--json", action="store_true", help="for a machine to read, with every period")
    command.add_argument(
        "--search", action="store_true", help="find the smallest staffing that meets a target:"
    )
    command.add_argument("--service-level", type=float, metavar="S", help="at least this share, 0.8")
    command.add_argument(
        "--asa-seconds", type=float, metavar="A", help="…at most this mean wait of all calls"
    )
    command.add_argument("--abandonment", type=float, metavar="B", help="…at most this share that gives up")
    command.add_argument(
        "--max-occupancy", type=float, metavar="O", help="…and no group busier than this share"
    )
    command.add_argument("--each-type", action="store_true", help="the target holds for every call type")
    command.add_argument(
        "--by-period", action="store_true", help="a number for each period; the target holds in every one"
    )
    command.add_argument("--groups", metavar="A,B", help="whose numbers to search for (all)")
    command.add_argument("--most", type=int, default=500, metavar="M", help="agents of a group at most (500)")


def run(given: argparse.Namespace) -> int:
    from firsthand.plan.pure import simulation
    from firsthand.plan.pure.simulation import report

    _check(given)
    try:
        scenario = simulation.load(_text(given.scenario))
        with compiled.said():
            simulation.ready()
        if given.by_period:
            target = _target(given, scenario.unit)
            by_period = simulation.search_periods(scenario, target, **_searched(given))
            _say(given.json, report.by_period_as_json(by_period), report.by_period_as_lines(by_period))
        elif given.search:
            found = simulation.search(scenario, _target(given, scenario.unit), **_searched(given))
            _say(given.json, report.found_as_json(found), report.found_as_lines(found))
        else:
            result = simulation.simulate(scenario, days=given.days, seed=given.seed, threads=given.threads)
            _say(given.json, report.as_json(result), report.as_lines(result))
    except simulation.Unreadable as error:
        raise Halt(f"{given.scenario}: {error}", code=2) from None
    return 0


def _check(given: argparse.Namespace) -> None:
    targets = [given.service_level, given.asa_seconds, given.abandonment, given.max_occupancy]
    if given.threads is not None and given.threads < 1:
        raise Halt(f"--threads: at least 1, not {given.threads}.", code=2)
    if given.by_period and not given.search:
        raise Halt("--by-period is for --search.", code=2)
    if given.search and all(one is None for one in targets):
        raise Halt("--search needs a target: --service-level, --asa-seconds, --abandonment.", code=2)
    if not given.search and any(one is not None for one in targets):
        raise Halt("A target is for --search; without it the scenario is simulated as it stands.", code=2)


def _target(given: argparse.Namespace, unit: float) -> Any:
    from firsthand.plan.pure import erlang

    try:
        asa = None if given.asa_seconds is None else given.asa_seconds / unit
        return erlang.Target(given.service_level, asa, given.abandonment, given.max_occupancy)
    except ValueError as error:
        raise Halt(f"{str(error)[0].upper()}{str(error)[1:]}.", code=2) from None


def _searched(given: argparse.Namespace) -> dict[str, Any]:
    names = [name.strip() for name in given.groups.split(",")] if given.groups else []
    return {
        "groups": names,
        "days": given.days,
        "seed": given.seed,
        "most": given.most,
        "threads": given.threads,
        "each": given.each_type,
    }


def _say(as_json: bool, value: dict[str, Any], lines: list[str]) -> None:
    if as_json:
        json.dump(value, sys.stdout, indent=2)
        print()
    else:
        print("\n".join(lines))


def _text(path: str) -> str:
    try:
        return Path(path).read_text(encoding="utf-8-sig")
    except OSError as error:
        raise Halt(f"{path}: {error.strerror}.", code=2) from None
    except UnicodeDecodeError:
        raise Halt(f"{path}: this is not a text in UTF-8.", code=2) from None
