"""Sealing and verifying the journal, against the bare arithmetic of the same chain in memory.

Own home, some 20 seconds. Entries are written by SQL; what is measured is `seal()` and `verify()`.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from tests.bench.figure import Figure

ROWS = int(os.environ.get("FIRSTHAND_BENCH_ROWS", "50000"))
WRITE = """
INSERT INTO journal_entry (actor_id, verb, kind, object_id, details)
SELECT mod(n, 40), 'looked', 'members.member', n::text, jsonb_build_object('contact', n)
FROM generate_series(1, %s) n
"""


def run() -> Iterator[Figure]:
    home = Path(tempfile.mkdtemp(prefix="firsthand-bench-"))
    home.chmod(0o711)
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "firsthand.config.settings",
        "FIRSTHAND_HOME": str(home),
    }
    try:
        done = subprocess.run(
            [sys.executable, "-m", "tests.bench.bench_journal"],
            env=environment,
            stdout=subprocess.PIPE,
            check=True,
        )
    finally:
        shutil.rmtree(home, ignore_errors=True)
    found = json.loads(done.stdout.splitlines()[-1])
    limit = f"{found['hash_s']:,.0f} rows/s of the same hashes in memory; {ROWS:,} entries"
    yield Figure("journal", "seal", found["seal_s"], "rows/s", "", limit)
    yield Figure("journal", "seal / bare hashes", found["seal_s"] / found["hash_s"], "ratio", "", limit)
    yield Figure("journal", "verify", found["verify_s"], "rows/s", "", limit)
    yield Figure("journal", "verify / bare hashes", found["verify_s"] / found["hash_s"], "ratio", "", limit)
    yield Figure("journal", "walk, the second opinion", found["walk_s"], "rows/s", "", limit)


def rate(work) -> float:
    began = time.perf_counter()
    work()
    return ROWS / (time.perf_counter() - began)


def bare() -> None:
    from firsthand.journal.pure import chain

    now = datetime.now(UTC)
    entries = (
        chain.Entry(n, now, (str(n % 40), "looked", "members.member", str(n), json.dumps({"contact": n})))
        for n in range(1, ROWS + 1)
    )
    for _ in chain.chained(chain.START, 0, entries):
        pass


def main() -> None:
    from firsthand.cli.prepare import prepare

    prepare()
    from django.db import connection

    from firsthand.journal import actions, queries
    from firsthand.kernel import zones

    with zones.of(zones.OWNER), connection.cursor() as cursor:
        cursor.execute(WRITE, [ROWS])
        cursor.execute("ANALYZE journal_entry")
    found = {"seal_s": rate(actions.seal), "hash_s": rate(bare)}
    found["verify_s"], found["walk_s"] = rate(queries.verify), rate(queries.walk)
    verdict = queries.verify()
    assert verdict.ok, verdict
    assert verdict.checked >= ROWS
    print(json.dumps(found))


if __name__ == "__main__":
    main()
