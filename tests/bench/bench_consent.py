"""Four who dial against one who takes the consent back: a hundred thousand races, and no call after a
withdrawal.

As a control the same races run with the locks taken out of the trigger: if that finds none, the test finds
none. The embedded PostgreSQL, in a home of its own. `python -m tests.bench.bench_consent` prints JSON.
"""

from __future__ import annotations

import json
import multiprocessing as mp
import os
import random
import re
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

from tests.bench.figure import Figure, percentile

BENCH = "consent"
RACES = int(os.environ.get("BENCH_RACES", "100000"))
CONTROL = int(os.environ.get("BENCH_CONTROL", "20000"))
DIALERS = 4
LOCK = re.compile(r"\n    PERFORM FROM members_member[^;]*;|\n    PERFORM protect_lock_number[^;]*;"
                  r"|\n    PERFORM FROM protect_consent\b[^;]*;")  # fmt: skip

spawn = mp.get_context("spawn")
CALL = (
    "INSERT INTO protect_outboundcontact (member_id, kind, purpose, person_id, basis)"
    " VALUES (%s, 'advertising', 'survey', %s, '')"
)
WITHDRAW = (
    "UPDATE protect_consent SET withdrawn_at = now(), withdrawn_way = 'telephone', withdrawn_taken_by_id = %s"
    " WHERE member_id = %s AND withdrawn_at IS NULL"
)


def house() -> None:
    """In this process, and in each that it starts."""
    home = Path(os.environ.get("FIRSTHAND_BENCH_HOME", str(Path(tempfile.gettempdir()) / "firsthand-bench")))
    os.environ.update(
        FIRSTHAND_HOME=str(home),
        FIRSTHAND_FORGETFUL="1",  # a race is lost by order, not by a power cut
        FIRSTHAND_COUNTRY="DE",
        DJANGO_SETTINGS_MODULE="firsthand.config.settings",
    )
    import django
    from django.conf import settings

    django.setup()
    for place in settings.DATABASES.values():
        place["OPTIONS"].pop("pool", None)


def connect() -> Any:
    """As the owner: the bench is about the trigger, not about who may call it."""
    import psycopg
    from django.db import connections

    owner = connections["owner" if "owner" in connections.databases else "default"]
    given = owner.get_connection_params()
    plain = {
        key: value for key, value in given.items() if key in {"host", "port", "user", "password", "dbname"}
    }
    return psycopg.connect(**plain, autocommit=True)


def prepare(count: int) -> list[int]:
    """So many members with a consent each; those of earlier runs are left as they are."""
    with connect() as db:
        db.execute("UPDATE protect_outreachrules SET country = 'DE', zone = 'Europe/Berlin'")
        person = who(db)
        tag = f"B{time.time_ns() // 10**8 % 16**5:05X}"  # with the count twelve characters, no more
        db.execute(
            "INSERT INTO members_household (street, postcode, town, canton) VALUES ('x', '1', 'x', '')"
        )
        home = db.execute("SELECT max(id) FROM members_household").fetchone()[0]
        db.execute(
            "INSERT INTO members_member (number, given_name, family_name, sort_name, born_on, household_id,"
            " phone, email, language) SELECT %s || n, 'B', 'B', 'b', '1960-01-01', %s,"
            " '+4930' || lpad(n::text, 8, '0'), '', 'de' FROM generate_series(1, %s) n",
            [tag, home, count],
        )
        db.execute(
            "INSERT INTO protect_consent (member_id, scope, way, wording, name, address, company,"
            " taken_by_id, country, withdrawn_way)"
            " SELECT id, 'survey', 'app', 'w', 'n', 'a', 'c', %s, 'DE', ''"
            " FROM members_member WHERE number LIKE %s || '%%'",
            [person, tag],
        )
        rows = db.execute("SELECT id FROM members_member WHERE number LIKE %s || '%%'", [tag]).fetchall()
    return [member for (member,) in rows]


def who(db: Any) -> int:
    found = db.execute("SELECT id FROM people_person ORDER BY id LIMIT 1").fetchone()
    if found is None:
        db.execute(
            "INSERT INTO people_person"
            " (password, email, name, roles, languages, language, is_active, synthetic)"
            " VALUES ('', 'bench@x.example', 'Bench', '{advisor}', '{de}', '', true, false)"
        )
        return who(db)
    return int(found[0])


def races(members: list[int]) -> tuple[int, int, list[float]]:
    """All dialers and the one who withdraws go through the members together, each in an order of chance
    within a window, so that they meet. Calls made, calls after the withdrawal, and the milliseconds of the
    calls.
    """
    gate, found = spawn.Barrier(DIALERS + 1), spawn.Queue()
    jobs = [spawn.Process(target=dial, args=(members, n, gate, found)) for n in range(DIALERS)]
    jobs.append(spawn.Process(target=take_back, args=(members, gate)))
    for job in jobs:
        job.start()
    took = [one for _ in range(DIALERS) for one in found.get()]
    for job in jobs:
        job.join()
    with connect() as db:
        made, after = db.execute(
            "SELECT count(*), count(*) FILTER (WHERE o.at > c.withdrawn_at) FROM protect_outboundcontact o"
            " JOIN protect_consent c ON c.member_id = o.member_id WHERE o.member_id = ANY (%s)",
            [members],
        ).fetchone()
    return made, after, took


def dial(members: list[int], n: int, gate: Any, found: Any) -> None:
    house()
    import psycopg

    chance, took = random.Random(n), []  # noqa: S311
    with connect() as db:
        person = who(db)
        gate.wait()
        for at in meeting(members, gate):
            time.sleep(chance.random() * 0.0006)
            begun = time.perf_counter()
            try:
                db.execute(CALL, [at, person])
                took.append((time.perf_counter() - begun) * 1000)
            except psycopg.errors.IntegrityError:
                pass
    found.put(took)


def take_back(members: list[int], gate: Any) -> None:
    house()
    chance = random.Random(99)  # noqa: S311
    with connect() as db:
        person = who(db)
        gate.wait()
        for at in meeting(members, gate):
            time.sleep(chance.random() * 0.0012)
            db.execute(WITHDRAW, [person, at])


def meeting(members: list[int], gate: Any) -> Iterator[int]:
    """One race after the other. They meet at every tenth, so that nobody runs ahead of the others."""
    for n, member in enumerate(members):
        if n % 10 == 0:
            gate.wait()
        yield member


def without_locks() -> str:
    """The trigger without its locks; what it was comes back."""
    with connect() as db:
        kept = db.execute("SELECT pg_get_functiondef('protect_outbound_begins'::regproc)").fetchone()[0]
        bare, gone = LOCK.subn("", kept)
        if gone != 3:
            raise RuntimeError(f"{gone} locks were found, not three")
        db.execute(bare)
    return str(kept)


def run() -> Iterator[Figure]:
    house()
    from firsthand.cli.prepare import migrate
    from firsthand.kernel import zones

    with zones.of(zones.OWNER):
        migrate()
    members = prepare(RACES)
    begun = time.monotonic()
    made, after, took = races(members)
    said = f"{RACES} races of {DIALERS} who dial and one who withdraws, {time.monotonic() - begun:.0f} s, DE"
    yield Figure(BENCH, "calls after the withdrawal", after, "calls", "0", f"of {made} calls made; {said}")
    yield Figure(BENCH, "a call with its proof, p50", percentile(took, 0.5), "ms", against=said)
    yield Figure(BENCH, "a call with its proof, p99", percentile(took, 0.99), "ms", against=said)
    kept = without_locks()
    try:
        made, after, _ = races(prepare(CONTROL))
    finally:
        with connect() as db:
            db.execute(kept)
    yield Figure(
        BENCH, "control: without the locks", after, "calls", "> 0", f"of {made} calls made; {CONTROL} races"
    )


if __name__ == "__main__":
    json.dump([asdict(figure) for figure in run()], sys.stdout, indent=1)
