"""`make bench [ONLY=name]`: run every bench, print one table, keep the figures as JSON in bench-results/.

A bench is a module `bench_<name>.py` with `run() -> Iterator[Figure]`. It prints ratios against a rival or a
limit that it measures in the same run, and says its input. Nothing here asserts a time.
"""

from __future__ import annotations

import importlib
import json
import os
import platform
import sys
import traceback
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

from tests.bench.figure import Figure, cores

HERE = Path(__file__).parent
RESULTS = HERE.parent.parent / "bench-results"


def names() -> list[str]:
    return sorted(path.stem.removeprefix("bench_") for path in HERE.glob("bench_*.py"))


def table(figures: list[Figure]) -> str:
    rows = [("bench", "figure", "value", "goal", "against / input"), *(figure.row() for figure in figures)]
    widths = [max(len(row[i]) for row in rows) for i in range(4)]
    return "\n".join("  ".join([*(row[i].ljust(widths[i]) for i in range(4)), row[4]]) for row in rows)


def main(chosen: list[str]) -> None:
    figures: list[Figure] = []
    died = []
    for name in chosen or names():
        print(f"… {name}", file=sys.stderr, flush=True)
        try:
            figures.extend(importlib.import_module(f"tests.bench.bench_{name}").run())
        except Exception:  # what the others have measured in an hour is kept
            traceback.print_exc()
            died.append(name)
    machine = {"cores": cores(), "python": platform.python_version(), "load": os.getloadavg()[0]}
    at = datetime.now(UTC)
    RESULTS.mkdir(exist_ok=True)
    path = RESULTS / f"{at:%Y%m%dT%H%M%SZ}.json"
    path.write_text(
        json.dumps({"at": at.isoformat(), "machine": machine, "figures": [asdict(f) for f in figures]})
    )
    print(f"\n{machine}\n{table(figures)}\n→ {path}")
    if died:
        sys.exit(f"Died, and measured nothing or not all: {', '.join(died)}.")


main(sys.argv[1:])
