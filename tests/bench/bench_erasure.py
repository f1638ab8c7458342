"""Erasure reaches backups: dumped, erased, keys changed, restored; then every restored row is tried.

Own home, some 30 seconds. The backup is one of `pg_dump`, restored into a second database. Tried is every row
of it with every key that exists. The control tries the same rows with the keys as they were.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from tests.bench.figure import Figure

ROWS = int(os.environ.get("FIRSTHAND_BENCH_ROWS", "5000"))
ERASED = 0.2
WORDS = "Lebt getrennt von ihrem Mann und weiss nicht, wie sie die Praemie zahlen soll."
ALL = "SELECT id, contact_id, member_id, category, purpose, sealed, wrapped_key FROM protect_confidence"


def run() -> Iterator[Figure]:
    home = Path(tempfile.mkdtemp(prefix="firsthand-bench-"))
    home.chmod(0o711)
    settings = {"DJANGO_SETTINGS_MODULE": "firsthand.config.settings", "FIRSTHAND_HOME": str(home)}
    command = [sys.executable, "-m", "tests.bench.bench_erasure"]
    try:
        done = subprocess.run(command, env={**os.environ, **settings}, stdout=subprocess.PIPE, check=True)
    finally:
        shutil.rmtree(home, ignore_errors=True)
    found = json.loads(done.stdout.splitlines()[-1])
    about = f"{found['rows']:,} confidences, {found['erased']:,} erased, pg_dump and pg_restore"
    control = "the same restored rows with the keys of before: the control"
    yield Figure("erasure", "erased, opened from the backup", found["erased_opened"], "rows", "0", about)
    yield Figure("erasure", "any, opened from the backup", found["any_opened"], "rows", "", about)
    yield Figure("erasure", "opened with the old keys", found["control"], "share", "1", control)
    yield Figure("erasure", "living, opened in the house", found["living"], "share", "1", about)
    yield Figure("erasure", "re-wrapped", found["rewrapped"], "rows/s", "", about)
    yield Figure("erasure", "seal", found["seal_us"], "µs", "", "one core, in memory")
    yield Figure("erasure", "open", found["open_us"], "µs", "", "one core, in memory")


def main() -> None:
    from firsthand.cli import prepare

    prepare.prepare()
    from firsthand.protect import actions, keys

    filled()
    old = keys.ring()
    backup = Path(os.environ["FIRSTHAND_HOME"]) / "backup"
    program("pg_dump", "--format=custom", f"--file={backup}", dbname())
    gone = erased(int(ROWS * ERASED))
    began = time.perf_counter()
    renewed = actions.rotate_keys(by=None)
    seconds = time.perf_counter() - began
    program("createdb", "restored")
    program("pg_restore", "--dbname=restored", str(backup))
    restored, now = rows("restored"), keys.ring()
    living = [row for row in rows(dbname()) if row[6] is not None]
    found = {
        "rows": len(restored),
        "erased": len(gone),
        "erased_opened": sum(opens(row, now.keys) for row in restored if row[0] in gone),
        "any_opened": sum(opens(row, now.keys) for row in restored),
        "control": sum(opens(row, old.keys) for row in restored) / len(restored),
        "living": sum(opens(row, now.keys) for row in living) / len(living),
        "rewrapped": renewed.wrapped / seconds,
        **micros(),
    }
    assert (found["rows"], len(living)) == (ROWS, ROWS - len(gone)), found
    print(json.dumps(found))


def filled() -> None:
    from firsthand.kernel import zones
    from firsthand.people.models import Person, Role
    from firsthand.protect import actions
    from firsthand.protect.models import Field
    from firsthand.protect.pure.categories import Category
    from firsthand.protect.pure.screen import Sealed
    from firsthand.protect.wall import IMPORT

    with zones.of(zones.OWNER):
        by = Person.objects.create(email="bench@x.example", name="Bench", roles=[Role.HELPER.value])
        given = {"field": Field.NOTE, "purpose": "kvg_b", "through": IMPORT, "by": by}
        for contact in range(1, ROWS // 100 + 1):
            actions.seal(contact, None, sealed=[Sealed(Category.SEPARATION, WORDS)] * 100, **given)


def erased(how_many: int) -> set[Any]:
    from firsthand.kernel import zones
    from firsthand.protect import actions, wall
    from firsthand.protect.models import Confidence

    with zones.of(zones.PROTECTION), wall.within({wall.RETENTION}, person=None):
        gone = list(Confidence.objects.order_by("pk")[:how_many])
        actions.erase(gone, why="bench", by=None)
    return {one.pk for one in gone}


def opens(row: tuple[Any, ...], with_keys: Iterable[Any]) -> bool:
    """With any of these keys, whatever name the row gives."""
    from firsthand.protect.pure import sealing

    pk, contact, member, category, purpose, sealed, wrapped = row
    to = sealing.bound(str(pk), contact=contact, member=member, category=category, purpose=purpose)
    for key in with_keys:
        try:
            return sealing.unseal(bytes(sealed), bytes(wrapped or b""), key, row=str(pk), to=to) == WORDS
        except sealing.DoesNotOpen:
            continue
    return False


def rows(database: str) -> list[tuple[Any, ...]]:
    import psycopg

    with psycopg.connect(**{**address(), "dbname": database}) as plain:
        return plain.execute(ALL).fetchall()


def address() -> dict[str, Any]:
    """As the administrator of the embedded server: whoever makes backups sees every row."""
    from firsthand.config.embedded.rules import ADMINISTRATOR
    from tests.logins import plain

    return plain("default", user=ADMINISTRATOR)


def dbname() -> str:
    return str(address()["dbname"])


def program(name: str, *arguments: str) -> None:
    from firsthand.config.embedded import programs

    where = address()
    variables = {
        "PGHOST": str(where["host"]),
        "PGPORT": str(where.get("port") or 5432),
        "PGUSER": where["user"],
    }
    path = programs._installed() / "bin" / name
    subprocess.run([str(path), *arguments], env={**os.environ, **variables}, check=True, stdout=sys.stderr)


def micros() -> dict[str, float]:
    from firsthand.protect.pure import sealing

    key, many = sealing.new_key(), 20_000
    to = sealing.bound("r", contact=1, member=2, category="separation", purpose="kvg_b")
    began = time.perf_counter()
    boxes = [sealing.seal(WORDS, key, row="r", to=to) for _ in range(many)]
    sealed = time.perf_counter() - began
    began = time.perf_counter()
    for box in boxes:
        sealing.unseal(box.sealed, box.wrapped, key, row="r", to=to)
    opened = time.perf_counter() - began
    return {"seal_us": sealed / many * 1e6, "open_us": opened / many * 1e6}


if __name__ == "__main__":
    main()
