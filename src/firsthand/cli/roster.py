"""`firsthand roster`: who works when, for an instance of anybody's, without a database."""

from __future__ import annotations

import argparse
import json
import signal
import sys
import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from firsthand.cli.halt import Halt

if TYPE_CHECKING:
    from firsthand.plan.pure.roster.instance import Assignment, Instance
    from firsthand.plan.pure.roster.progress import Progress
    from firsthand.plan.pure.roster.solve import Solution


def add(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "instance", metavar="INSTANCE.json", help="what is there: docs/guide/roster.md; or a .txt of nurses"
    )
    command.add_argument("--seconds", type=float, default=60.0, metavar="S", help="search so long (60)")
    command.add_argument("--seed", type=int, default=1, metavar="N", help="of chance")
    command.add_argument("--workers", type=int, default=8, metavar="W", help="(8, also on fewer cores)")
    command.add_argument("--start", metavar="FILE", help="begin with this roster, an answer of this command")
    command.add_argument("--evaluate", metavar="FILE", help="only say what this roster costs and breaks")
    command.add_argument(
        "--wishes", type=int, default=0, metavar="N", help="price the N dearest unmet wishes"
    )
    command.add_argument("--json", action="store_true", help="for a machine to read")


def run(given: argparse.Namespace) -> int:
    if not given.seconds > 0 or given.workers < 1 or given.wishes < 0:
        raise Halt("--seconds must be above 0, --workers at least 1, --wishes at least 0.", code=2)
    instance, names = _instance(given.instance)
    if given.evaluate:
        return _evaluated(given, instance, _roster(given.evaluate, names))
    start = _roster(given.start, names) if given.start else None
    stop = threading.Event()
    found = _searched(given, instance, start, stop)
    answer = _answer(instance, found)
    if found.objective is None and not stop.is_set():
        answer["missing"] = _missing(given, instance, stop)
    if given.wishes and found.objective is not None and not stop.is_set():
        answer["wishes"] = _wishes(given, instance, found, stop)
    _say(given.json, answer)
    return 0 if found.objective is not None else 1


def _instance(path: str) -> tuple[Instance, Any]:
    from firsthand.plan.pure.roster import nsp, reading
    from firsthand.plan.pure.simulation.reading import Unreadable

    text = _text(path)
    try:
        if "SECTION_HORIZON" in text:
            instance = nsp.instance(text, Path(path).stem)
        else:
            instance = reading.instance(_json(path, text))
    except Unreadable as error:
        raise Halt(f"{path}: {error}", code=2) from None
    return instance, reading.names_of(instance)


def _roster(path: str, names: Any) -> list[Assignment]:
    from firsthand.plan.pure.roster import reading
    from firsthand.plan.pure.simulation.reading import Node, Unreadable

    data = _json(path, _text(path))
    try:
        rows = data.get("assignments") if isinstance(data, dict) else data
        return list(reading.assignments(Node(rows, "assignments"), names))
    except Unreadable as error:
        raise Halt(f"{path}: {error}", code=2) from None


def _text(path: str) -> str:
    try:
        return Path(path).read_text(encoding="utf-8-sig")
    except OSError as error:
        raise Halt(f"{path}: {error.strerror}.", code=2) from None
    except UnicodeDecodeError:
        raise Halt(f"{path}: this is not a text in UTF-8.", code=2) from None


def _json(path: str, text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError as error:
        raise Halt(f"{path}: this is not JSON ({error}).", code=2) from None


def _searched(
    given: argparse.Namespace, instance: Instance, start: Iterable[Assignment] | None, stop: threading.Event
) -> Solution:
    """In a thread of its own, so that Ctrl-C is heard while the solver works; the first stops, the second ends."""
    from firsthand.plan.pure.roster import solve

    def work() -> None:
        try:
            # The engine of the front week is faster at one, and knows nothing else.
            week = None if start else _as_front_week(given, instance, stop)
            found.append(
                week
                or solve.solve(
                    instance,
                    seconds=given.seconds,
                    seed=given.seed,
                    workers=given.workers,
                    start=start,
                    progress=_progress,
                    stop=stop.is_set,
                )
            )
        except BaseException as error:
            failed.append(error)

    found: list[Solution] = []
    failed: list[BaseException] = []
    thread = threading.Thread(target=work, daemon=True)
    with _interruptible(stop):
        thread.start()
        while thread.is_alive():
            thread.join(0.1)
    if failed:
        raise failed[0]
    return found[0]


def _as_front_week(given: argparse.Namespace, instance: Instance, stop: threading.Event) -> Solution | None:
    """None: it is no front week, or one whose locks contradict its rules; the general search says which."""
    from firsthand.plan.pure.front import general, solve
    from firsthand.plan.pure.roster.evaluate import evaluate
    from firsthand.plan.pure.roster.progress import Progress
    from firsthand.plan.pure.roster.solve import Solution

    def told(now: solve.Progress) -> None:
        _progress(Progress(now.cost, now.bound, now.seconds, now.phase))

    began = time.monotonic()
    found = general.search(
        instance,
        seconds=given.seconds,
        seed=given.seed,
        clock=time.monotonic,
        workers=given.workers,
        progress=told,
        stop=stop.is_set,
    )
    if found is None or not found.feasible:
        return None
    judged = evaluate(instance, found.assignments)
    status = "optimal" if judged.objective <= found.bound else "feasible"
    took = time.monotonic() - began
    return Solution(found.assignments, judged.objective, found.bound, status, judged.penalties, took)


@contextmanager
def _interruptible(stop: threading.Event) -> Iterator[None]:
    """The first Ctrl-C asks to stop; the next one is as everywhere."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.getsignal(signal.SIGINT)

    def asked(*_: Any) -> None:
        stop.set()
        signal.signal(signal.SIGINT, before)

    signal.signal(signal.SIGINT, asked)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _progress(now: Progress) -> None:
    best = "none yet" if now.best is None else f"{now.best:,}"
    bound = "" if now.bound is None else f"  bound {now.bound:,}"
    print(f"{now.seconds:7.1f} s  {now.step:<8} best {best}{bound}", file=sys.stderr, flush=True)


def _answer(instance: Instance, found: Solution) -> dict[str, Any]:
    from firsthand.plan.pure.roster.reading import Written

    gap = None
    if found.objective is not None and found.bound is not None:
        gap = (found.objective - found.bound) / found.objective if found.objective else 0.0
    return {
        "name": instance.name,
        "status": found.status,
        "best": found.objective,
        "bound": found.bound,
        "gap": gap,
        "seconds": round(found.seconds, 2),
        "penalties": found.penalties,
        "assignments": Written(instance).rows(found.assignments),
    }


def _evaluated(given: argparse.Namespace, instance: Instance, roster: list[Assignment]) -> int:
    from firsthand.plan.pure.roster import sentences
    from firsthand.plan.pure.roster.evaluate import evaluate

    seen = evaluate(instance, roster)
    _say(
        given.json,
        {
            "name": instance.name,
            "cost": seen.objective,
            "penalties": seen.penalties,
            "missing": [
                {"code": one.code, "says": sentences.sentence(instance, one), "amount": one.amount}
                for one in seen.violations
            ],
        },
    )
    return 0 if seen.feasible else 1


def _missing(given: argparse.Namespace, instance: Instance, stop: threading.Event) -> list[dict[str, Any]]:
    from firsthand.plan.pure.roster import explain, sentences

    why = explain.missing(instance, seconds=max(5.0, given.seconds / 3), seed=given.seed, stop=stop.is_set)
    return [
        {"code": one.code, "says": sentences.sentence(instance, one), "amount": one.amount}
        for one in why.violations
    ]


def _wishes(
    given: argparse.Namespace, instance: Instance, found: Solution, stop: threading.Event
) -> list[dict[str, Any]]:
    from firsthand.plan.pure.roster import explain

    rows = []
    for person, number in explain.unmet(instance, found.assignments)[: given.wishes]:
        wish = instance.people[person].wishes[number]
        price = explain.price(instance, found, person, number, seed=given.seed, stop=stop.is_set)
        rows.append(
            {
                "person": instance.people[person].name,
                "day": instance.day_name(wish.day),
                "work": wish.on,
                "kinds": [instance.kinds[kind].name for kind in sorted(wish.kinds)],
                "weight": wish.weight,
                "costs_at_least": price.low,
                "costs_at_most": price.high,
                "impossible": price.impossible,
            }
        )
    return rows


def _say(as_json: bool, answer: dict[str, Any]) -> None:
    if as_json:
        json.dump(answer, sys.stdout, indent=1, ensure_ascii=False)
        print()
        return
    for name, value in answer.items():
        if name == "assignments":
            print(f"  {'shifts':<10} {len(value)} (all of them with --json)")
        elif name == "missing":
            print("\n".join(f"  - {one['says']}" for one in value) or "  every rule is held")
        elif name == "wishes":
            for one in value:
                print(f"  wish of {one['person']}, day {one['day']}: {one['costs_at_least']} to ", end="")
                print("impossible" if one["impossible"] else one["costs_at_most"])
        elif name == "penalties":
            print(f"  {name:<10} {', '.join(f'{rule} {cost}' for rule, cost in value.items()) or 'none'}")
        else:
            print(f"  {name:<10} {f'{value:.4f}' if isinstance(value, float) else value}")
