"""Checking ten million links of a chain on four connections, against the walk in Python and bare SHA-256.

Own home, some ten minutes and 5 GB for ten million; FIRSTHAND_BENCH_LINKS=1000000 is enough to see the rate.
Rows are made by generate_series and chained by an aggregate in PostgreSQL; single rows are changed at the
beginning, at a junction, somewhere and at the end, and each is found.
"""

from __future__ import annotations

import hashlib
import itertools
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from tests.bench.figure import Figure, cores

LINKS = int(os.environ.get("FIRSTHAND_BENCH_LINKS", "10000000"))
AT_ONCE = 4
WALKED = 200_000  # the walk is measured over the first of them
MONTHS = 12

# A year of reads: as many in each month, some with a contact, some behind broken glass.
WRITE = """
INSERT INTO protect_read (at, actor_id, role, member_id, contact_id, break_glass_id, what, why, purposes)
SELECT now() - interval '1 year' + n * (interval '1 year' / %(count)s), mod(n, 80), 'helper',
    mod(n * 7919, 400000),
    CASE WHEN mod(n, 50) > 0 THEN n / 6 END, CASE WHEN mod(n, 50) = 0 THEN n / 50 END,
    'file', 'praemie', '{kvg_b,kvg_c}'
FROM generate_series(1::bigint, %(count)s) n
"""
PARTS = """
DO $$
DECLARE starts timestamptz := date_trunc('month', now()) - interval '12 months';
BEGIN
    WHILE starts < date_trunc('month', now()) LOOP
        EXECUTE format('CREATE TABLE %I PARTITION OF protect_read FOR VALUES FROM (%L) TO (%L)',
            'protect_read' || to_char(starts, '_YYYY_MM'), starts, starts + interval '1 month');
        starts := starts + interval '1 month';
    END LOOP;
END $$
"""
# The chain as an aggregate: each state is the hash of the one before and the next text.
AGGREGATE = """
CREATE FUNCTION bench_next(bytea, text) RETURNS bytea LANGUAGE sql IMMUTABLE
    AS $$ SELECT sha256($1 || convert_to($2, 'UTF8')) $$;
CREATE AGGREGATE bench_chain(text) (
    sfunc = bench_next, stype = bytea, initcond = '\\x%(start)s'
)
"""
CHAIN = """
INSERT INTO protect_read_link (n, entry_id, entry_at, hash)
SELECT id, id, at, bench_chain(concat(
    id, E'\\n', id, E'\\n', to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS.US'), E'\\n', {fields}
)) OVER (ORDER BY id)
FROM protect_read e
"""


def run() -> Iterator[Figure]:
    home = Path(tempfile.mkdtemp(prefix="firsthand-bench-"))
    home.chmod(0o711)
    settings = {"DJANGO_SETTINGS_MODULE": "firsthand.config.settings", "FIRSTHAND_HOME": str(home)}
    try:
        done = subprocess.run(
            [sys.executable, "-m", "tests.bench.bench_chain"],
            env={**os.environ, **settings},
            stdout=subprocess.PIPE,
            check=True,
        )
    finally:
        shutil.rmtree(home, ignore_errors=True)
    found = json.loads(done.stdout.splitlines()[-1])
    limit = f"{LINKS:,} links, {AT_ONCE} connections, {cores()} cores"
    yield Figure("chain", "verify", found["seconds"], "s", "≤ 60 s for 10 million", limit)
    yield Figure("chain", "verify", LINKS / found["seconds"], "rows/s", "", limit)
    yield Figure("chain", "verify / walk in Python", found["walk"] / found["each"], "ratio", "", limit)
    yield Figure("chain", "verify / bare hashes, one core", found["bare"] / found["each"], "ratio", "", limit)
    said = f"changed rows, each found at its entry; the slowest took {found['slowest']:.0f} s"
    yield Figure("chain", "found", found["found"], "rows", f"{found['tried']}", said)


def bare(count: int) -> float:
    """Seconds a row for the hashes alone, in memory."""
    text, before = b"x" * 110, bytes(32)
    began = time.perf_counter()
    for _ in range(count):
        before = hashlib.sha256(before + text).digest()
    return (time.perf_counter() - began) / count


def main() -> None:
    from firsthand.cli.prepare import prepare

    prepare()
    from firsthand.journal.queries import verify
    from firsthand.protect.models import READS

    _make(READS)
    began = time.perf_counter()
    verdict = verify(READS, at_once=AT_ONCE)
    seconds = time.perf_counter() - began
    assert (verdict.ok, verdict.checked) == (True, LINKS), verdict
    print(f"… checked in {seconds:.1f} s", file=sys.stderr, flush=True)
    found, slowest, places = _tampered(READS, verify)
    each = min(WALKED, LINKS)
    walked = _walk(READS, each)
    figures = {"seconds": seconds, "each": seconds / LINKS, "walk": walked, "bare": bare(each)}
    print(json.dumps({**figures, "found": found, "tried": len(places), "slowest": slowest}))


def _make(ledger) -> None:
    from firsthand.journal.pure import chain

    fields = ", ".join(
        f"octet_length(e.{name}::text), ':', e.{name}::text, E'\\n'" for name in ledger.columns
    )
    began = time.perf_counter()
    _run(PARTS)
    _run(WRITE % {"count": LINKS})
    _run(AGGREGATE % {"start": chain.START.hex()})
    _run(CHAIN.format(fields=fields))
    _run("UPDATE protect_read_seal SET seen = pg_current_snapshot()")
    _run("VACUUM ANALYZE protect_read")
    _run("VACUUM ANALYZE protect_read_link")
    print(f"… made {LINKS:,} in {time.perf_counter() - began:.0f} s", file=sys.stderr, flush=True)


def _tampered(ledger, verify) -> tuple[int, float, list[int]]:
    """One changed row at a time, each put back: how many were found where they are."""
    from firsthand.journal.queries.checking import STRETCH

    places = sorted({1, min(STRETCH, LINKS), min(STRETCH + 1, LINKS), random.randrange(1, LINKS), LINKS})
    found, slowest = 0, 0.0
    _run("ALTER TABLE protect_read DISABLE TRIGGER USER")
    for place in places:
        _run(f"UPDATE protect_read SET member_id = member_id + 1 WHERE id = {place}")
        began = time.perf_counter()
        verdict = verify(ledger, at_once=AT_ONCE)
        slowest = max(slowest, time.perf_counter() - began)
        found += (verdict.ok, verdict.broken_at, verdict.why) == (False, place, "changed")
        _run(f"UPDATE protect_read SET member_id = member_id - 1 WHERE id = {place}")
    return found, slowest, places


def _walk(ledger, count: int) -> float:
    """Seconds a link for the walk in Python, over the first of them."""
    from firsthand.journal.pure import chain
    from firsthand.journal.queries import walking
    from firsthand.kernel import zones

    walk = chain.Walk()
    began = time.perf_counter()
    with zones.of(zones.PROTECTION):
        assert not any(walk.step(link) for link in itertools.islice(walking._links(ledger), count))
    return (time.perf_counter() - began) / count


def _run(statement: str) -> None:
    from django.db import connection

    from firsthand.kernel import zones

    with zones.of(zones.OWNER), connection.cursor() as cursor:
        cursor.execute(statement)


if __name__ == "__main__":
    main()
