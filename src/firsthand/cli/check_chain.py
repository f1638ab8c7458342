"""`firsthand check-chain`: is every entry of the journal and of the read log as it was written?"""

import argparse
import json
import sys
import time
from typing import Any

import django


def run(given: argparse.Namespace) -> int:
    django.setup()
    from firsthand.journal.ledger import ledgers

    found = [_checked(ledger) for ledger in ledgers()]
    if given.json:
        json.dump({"ok": all(one["ok"] for one in found), "chains": found}, sys.stdout, indent=2)
        print()
    else:
        for one in found:
            print(_sentence(one))
    return not all(one["ok"] for one in found)


def _checked(ledger: Any) -> dict[str, Any]:
    from firsthand.journal import anchors, queries

    began = time.perf_counter()
    verdict = queries.verify(ledger)
    return {
        "chain": ledger.name,
        **vars(verdict),
        "anchors": len(anchors.dropped(ledger)),
        "seconds": round(time.perf_counter() - began, 3),
    }


def _sentence(one: dict[str, Any]) -> str:
    from firsthand.config.health.journal import WHY

    if one["ok"]:
        return (
            f"  well  {one['chain']}: {one['checked']} entries, held against {one['anchors']} anchors,"
            f" in {one['seconds']:.1f} s."
        )
    where = f" at entry {one['broken_at']}" if one["broken_at"] else ""
    return (
        f"  MEND  {one['chain']}: {WHY.get(one['why'], one['why'])}{where}; {one['checked']} before it hold."
    )
