"""`firsthand staffing --intervals`: many intervals at once, from CSV or JSON lines."""

import argparse
import csv
import io
import json
import math
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from firsthand.cli.halt import Halt

# What an interval may say of itself; what it does not say is taken from the command.
NUMBERS = ("arrivals_per_hour", "aht_seconds", "within_seconds", "patience_seconds", "shrinkage")
# Columns that name an interval: the same twice is a mistake.
NAMES = ("day", "date", "start", "queue", "language", "level", "topic")
ANSWERS = (
    "agents",
    "rostered",
    "service_level",
    "asa_seconds",
    "wait_probability",
    "occupancy",
    "abandonment",
)
MOST_SAID = 20

Line = tuple[int, dict[str, Any]]  # its number in the file, and what it says


def run(given: argparse.Namespace) -> int:
    """All lines are read and answered before the first is written: nothing comes out half done."""
    from firsthand.plan.pure.simulation.reading import Unreadable

    text = _text(given.intervals)
    try:
        lines = list(_json(text) if text.lstrip().startswith("{") else _csv(text))
    except (Unreadable, csv.Error) as error:
        raise Halt(f"{given.intervals}: {error}", code=2) from None
    if not lines:
        raise Halt(f"{given.intervals}: there is no interval in it.", code=2)
    wrong = [*_columns(given, lines), *_repeated(lines)]
    numbers = [_numbers(given, number, row, wrong) for number, row in lines]
    if wrong:
        more = [f"… and {len(wrong) - MOST_SAID} more."] if len(wrong) > MOST_SAID else []
        said = "\n  ".join([*wrong[:MOST_SAID], *more])
        raise Halt(f"{given.intervals}: nothing was computed.\n  {said}", code=2)
    _write(given, lines, _answers(given, lines, numbers))
    return 0


def _json(text: str) -> Iterator[Line]:
    from firsthand.plan.pure.simulation.reading import Unreadable

    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except (ValueError, RecursionError) as error:
            raise Unreadable(f"line {number}: this is not JSON ({error}).") from None
        if not isinstance(row, dict):
            raise Unreadable(f"line {number}: one object a line is wanted.")
        yield number, row


def _csv(text: str) -> Iterator[Line]:
    """Comma or semicolon, as the first line says."""
    from firsthand.plan.pure.simulation.reading import Unreadable

    first = text.split("\n", 1)[0]
    rows = csv.reader(io.StringIO(text), delimiter=";" if first.count(";") > first.count(",") else ",")
    names: list[str] = []
    for row in rows:
        if not any(cell.strip() for cell in row):
            continue
        if not names:
            names = [name.strip() for name in row]
            if len(set(names)) < len(names):
                raise Unreadable("a column stands twice in the first line.")
        elif len(row) != len(names):
            raise Unreadable(f"line {rows.line_num}: {len(row)} values for {len(names)} columns.")
        else:
            yield rows.line_num, dict(zip(names, (cell.strip() for cell in row), strict=True))


def _columns(given: argparse.Namespace, lines: list[Line]) -> list[str]:
    """What neither the file nor the command says."""
    there = {name for _, row in lines for name in row}
    wanted = ["arrivals_per_hour", "aht_seconds", "within_seconds"]
    wanted += ["patience_seconds"] if given.model == "a" else []
    wrong = [
        f"“{name}” is neither a column nor given as --{name.replace('_', '-')}."
        for name in wanted
        if name not in there and getattr(given, name) is None
    ]
    if given.model == "c" and ("patience_seconds" in there or given.patience_seconds is not None):
        wrong.append("Model c has no patience: take --model a, or leave patience_seconds out.")
    return wrong


def _repeated(lines: list[Line]) -> Iterator[str]:
    seen: dict[tuple[str, ...], int] = {}
    for number, row in lines:
        named = tuple(f"{name} {row[name]}" for name in NAMES if name in row)
        if named and any(name in row for name in ("start", "day", "date")):
            if named in seen:
                yield f"Line {number}: {', '.join(named)} stands in line {seen[named]} too; keep one."
            seen.setdefault(named, number)


def _numbers(
    given: argparse.Namespace, number: int, row: dict[str, Any], wrong: list[str]
) -> dict[str, float]:
    found = {}
    for name in NUMBERS:
        value = row.get(name)
        if value is None or value == "":
            value = getattr(given, name)
            if value is None:
                if name in row and name != "shrinkage":
                    wrong.append(f"Line {number}: {name} is empty.")
                continue
        found[name] = _number(number, name, value, wrong)
    return found


def _number(line: int, name: str, value: Any, wrong: list[str]) -> float:
    """As written, or a sentence in `wrong`."""
    try:
        number = math.nan if isinstance(value, bool) else float(value)
    except (TypeError, ValueError):
        number = math.nan
    above = name in {"aht_seconds", "patience_seconds"}
    good = math.isfinite(number) and (number > 0 if above else number >= 0)
    if name == "shrinkage" and good and number >= 1:
        wrong.append(f"Line {line}: shrinkage {value}: a share below 1; at 1 nobody is ever there.")
    elif not good:
        wrong.append(f"Line {line}: {name} “{value}”: a number {'above 0' if above else 'of 0 or more'}.")
    return number


def _answers(
    given: argparse.Namespace, lines: list[Line], numbers: list[dict[str, float]]
) -> list[dict[str, Any]]:
    from firsthand.plan.pure import erlang, erlang_many

    def column(name: str) -> list[float]:
        return [one[name] for one in numbers]

    arrivals, aht, within = (
        [one / 3600 for one in column("arrivals_per_hour")],
        column("aht_seconds"),
        column("within_seconds"),
    )
    patience = column("patience_seconds") if given.model == "a" else [None] * len(lines)
    try:
        if given.agents is not None:
            agents = [given.agents] * len(lines)
        else:
            target = erlang.Target(
                given.service_level, given.asa_seconds, given.abandonment, given.max_occupancy
            )
            many = None if given.model == "c" else patience
            agents = [int(n) for n in erlang_many.fewest_many(target, arrivals, aht, within, many)]
        results = [erlang.evaluate(*one) for one in zip(agents, arrivals, aht, within, patience, strict=True)]
    except erlang_many.NoStaffing as error:
        raise Halt(
            f"{given.intervals}, line {lines[error.at][0]}: no number of agents meets this target.", code=2
        ) from None
    except ValueError as error:
        raise Halt(f"{given.intervals}: {error}.", code=2) from None
    return [
        dict(zip(ANSWERS, (n, erlang.rostered(n, one.get("shrinkage", 0.0)), *result), strict=True))
        for n, one, result in zip(agents, numbers, results, strict=True)
    ]


def _write(given: argparse.Namespace, lines: list[Line], answers: list[dict[str, Any]]) -> None:
    rows = [
        {**row, **{name: _plain(value) for name, value in answer.items()}}
        for (_, row), answer in zip(lines, answers, strict=True)
    ]
    if given.json:
        for row in rows:
            print(json.dumps(row, ensure_ascii=False))
        return
    names = list(dict.fromkeys(name for row in rows for name in row))
    writer = csv.DictWriter(sys.stdout, names, lineterminator="\n")
    writer.writeheader()
    writer.writerows(
        {name: round(value, 6) if isinstance(value, float) else value for name, value in row.items()}
        for row in rows
    )


def _plain(value: float) -> float | None:
    """JSON has no infinity: a queue that only grows has no average speed of answer."""
    return value if math.isfinite(value) else None


def _text(path: str) -> str:
    try:
        raw = sys.stdin.buffer.read() if path == "-" else Path(path).read_bytes()
        return raw.decode("utf-8-sig")
    except OSError as error:
        raise Halt(f"{path}: {error.strerror}.", code=2) from None
    except UnicodeDecodeError:
        raise Halt(f"{path}: this is not a text in UTF-8.", code=2) from None
