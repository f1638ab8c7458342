"""`firsthand check-chain`: is every entry of the journal and of the read log as it was written?"""

import argparse
import json
import sys
import time
from typing import Any

import django


def run(given: argparse.Namespace) -> int:
    django.setup()
    from firsthand.cli import prepare
    from firsthand.config.health.journal import went
    from firsthand.journal.ledger import ledgers

    prepare.check_done()
    found = [_checked(ledger) for ledger in ledgers()]
    if given.json:
        json.dump({"ok": all(one["ok"] for one in found), "chains": found}, sys.stdout, indent=2)
        print()
    else:
        for one, ledger in zip(found, ledgers(), strict=True):
            print(_sentence(one, went(ledger)))
    return not all(one["ok"] for one in found)


def _checked(ledger: Any) -> dict[str, Any]:
    from firsthand.journal import anchors, queries

    began = time.perf_counter()
    verdict = queries.verify(ledger)
    return {
        "chain": ledger.name,
        **vars(verdict),
        "dropped": _dropped(queries.closings(ledger.entries)),
        "anchors": len(anchors.dropped(ledger)),
        "seconds": round(time.perf_counter() - began, 3),
    }


def _dropped(records: list[Any]) -> list[dict[str, Any]]:
    """Which months went, when and by which clock."""
    return [
        {
            "before": f"{one.until:%Y-%m}",
            "at": one.at.isoformat(),
            "clock": one.clock,
            "months": one.months,
            "links": [one.first, one.last],
            "entries": one.gone,
            "held": one.held,
        }
        for one in records
    ]


def _sentence(one: dict[str, Any], went: str) -> str:
    from firsthand.config.health.journal import WHY

    if one["ok"]:
        return (
            f"  well  {one['chain']}: {one['checked']} entries, held against {one['anchors']} anchors,"
            f" in {one['seconds']:.1f} s{went}."
        )
    where = f" at entry {one['broken_at']}" if one["broken_at"] else ""
    return (
        f"  MEND  {one['chain']}: {WHY.get(one['why'], one['why'])}{where}; {one['checked']} before it hold."
    )
