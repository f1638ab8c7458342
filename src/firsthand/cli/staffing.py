"""`firsthand staffing`: Erlang C and Erlang A for anybody's figures, without a database.

One interval as typed, or many from a file (`staffing_intervals`).
"""

import argparse
import json
import math
import sys
from types import ModuleType

from firsthand.cli.halt import Halt


def add(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--model", choices=["c", "a"], required=True, help="c: nobody gives up; a: callers have patience"
    )
    command.add_argument(
        "--intervals",
        metavar="FILE",
        help="many at once: CSV or JSON lines in (- = piped), one answer a line out",
    )
    command.add_argument("--arrivals-per-hour", type=float, metavar="L")
    command.add_argument("--aht-seconds", type=float, metavar="T")
    command.add_argument(
        "--patience-seconds", type=float, metavar="P", help="mean time until a caller gives up"
    )
    command.add_argument("--agents", type=int, metavar="N", help="how good it is with so many")
    command.add_argument("--service-level", type=float, metavar="S", help="how many it takes: a share, 0.8")
    command.add_argument("--asa-seconds", type=float, metavar="A", help="…or an average speed of answer")
    command.add_argument(
        "--abandonment", type=float, metavar="B", help="…or at most this share that gives up"
    )
    command.add_argument(
        "--max-occupancy", type=float, metavar="O", help="…and nobody busier than this share"
    )
    command.add_argument("--within-seconds", type=float, metavar="W", help="answered within")
    command.add_argument("--shrinkage", type=float, default=0.0, metavar="X", help="share that is not there")
    command.add_argument("--json", action="store_true", help="for a machine to read")


def run(given: argparse.Namespace) -> int:
    from firsthand.plan.pure import erlang

    _check(given)
    if given.intervals is not None:
        from firsthand.cli import staffing_intervals

        return staffing_intervals.run(given)
    _check_one(given)
    try:
        found = _found(given, erlang)
    except ValueError as error:
        raise Halt(f"{str(error)[0].upper()}{str(error)[1:]}.", code=2) from None
    if given.json:
        json.dump({name: _plain(value) for name, value in found.items()}, sys.stdout, indent=2)
        print()
    else:
        for name, value in found.items():
            print(f"  {name.replace('_', ' '):<17} {value if isinstance(value, int) else f'{value:.4f}'}")
    return 0


def _check(given: argparse.Namespace) -> None:
    targets = [given.service_level, given.asa_seconds, given.abandonment, given.max_occupancy]
    if (given.agents is None) == all(target is None for target in targets):
        raise Halt(
            "Give either --agents or a target (--service-level, --asa-seconds, --abandonment).", code=2
        )

    if given.agents == 0:
        raise Halt("--agents: 1 or more; with nobody there no call is answered.", code=2)


def _check_one(given: argparse.Namespace) -> None:
    for name in ("arrivals_per_hour", "aht_seconds", "within_seconds"):
        if getattr(given, name) is None:
            raise Halt(f"--{name.replace('_', '-')} is missing; or --intervals with a file of many.", code=2)
    if (given.model == "a") != (given.patience_seconds is not None):
        raise Halt("Model a needs --patience-seconds; model c has no patience.", code=2)


def _found(given: argparse.Namespace, erlang: ModuleType) -> dict[str, int | float]:
    arrivals, within, patience = given.arrivals_per_hour / 3600, given.within_seconds, given.patience_seconds
    agents = given.agents
    if agents is None:
        target = erlang.Target(given.service_level, given.asa_seconds, given.abandonment, given.max_occupancy)
        agents = erlang.fewest(target, arrivals, given.aht_seconds, within, patience)
    result = erlang.evaluate(agents, arrivals, given.aht_seconds, within, patience)
    return {
        "agents": agents,
        "rostered": erlang.rostered(agents, given.shrinkage),
        "service_level": result.service_level,
        "asa_seconds": result.asa,
        "wait_probability": result.wait_probability,
        "occupancy": result.occupancy,
        "abandonment": result.abandonment,
    }


def _plain(value: int | float) -> int | float | None:
    """JSON has no infinity: a queue that only grows has no average speed of answer."""
    return value if math.isfinite(value) else None
