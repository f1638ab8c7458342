"""Many threads with tokens of different purposes over few connections: each sees its own rows, in every pool.

The negative control says that the test can see: with a setting of the session, not of the transaction, rows
of other purposes come through.
"""

import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from random import Random

import psycopg
import pytest
from psycopg.conninfo import make_conninfo
from psycopg_pool import ConnectionPool

from firsthand.config.database import clean
from firsthand.protect import actions, wall
from firsthand.protect.models import Purpose
from tests import world
from tests.logins import plain

pytestmark = [pytest.mark.chaos, pytest.mark.django_db(transaction=True)]

CONTACT, THREADS, EACH, CONNECTIONS = 41, 16, 400, 6
PURPOSES = [Purpose.KVG_A, Purpose.KVG_B, Purpose.KVG_C, Purpose.VVG_CONTRACT]
SEEN = "SELECT array_agg(DISTINCT purpose::text ORDER BY purpose::text) FROM protect_note"


@pytest.fixture(autouse=True)
def notes():
    keller, ada = world.frau_keller(), world.ada()
    actions.open_file(CONTACT, keller, by=ada)
    for purpose in PURPOSES:
        actions.write_note(CONTACT, keller, words="Brille", purpose=purpose, by=ada)
    return ada.pk


def wrong(pool, actor: int, *, local: bool = True) -> int:
    """How many of all answers were not for the purposes that were asked for."""

    def one(number: int) -> int:
        rng = Random(number)
        return sum(asked(rng.sample(PURPOSES, rng.randint(0, 3))) for _ in range(EACH))

    def asked(purposes: list[str]) -> int:
        held = wall.signed(purposes, actor, CONTACT, None, int(time.time()) + 60) if purposes else ""
        with pool() as connected:
            if purposes and local:
                with connected.transaction():
                    connected.execute("SELECT set_config('firsthand.token', %s, true)", [held])
                    (seen,) = connected.execute(SEEN).fetchone()
            else:
                if purposes:
                    connected.execute("SELECT set_config('firsthand.token', %s, false)", [held])
                (seen,) = connected.execute(SEEN).fetchone()
        return (seen or []) != sorted(purpose.value for purpose in purposes)

    with ThreadPoolExecutor(THREADS) as threads:
        return sum(threads.map(one, range(THREADS)))


@contextmanager
def own_pool(**more) -> Iterator:
    params = {**plain("default"), "autocommit": True}
    with ConnectionPool(kwargs=params, min_size=CONNECTIONS, max_size=CONNECTIONS, **more) as pool:
        yield pool.connection


def test_nobody_sees_the_rows_of_another_purpose_over_our_pool(notes):
    with own_pool(reset=clean) as pool:
        assert wrong(pool, notes) == 0


def test_with_a_setting_of_the_session_they_would(notes):
    with own_pool() as pool:
        assert wrong(pool, notes, local=False) > 0


def test_but_for_our_pool_which_cleans_up_after_everybody(notes):
    with own_pool(reset=clean) as pool:
        assert wrong(pool, notes, local=False) == 0


@contextmanager
def bouncer(folder) -> Iterator:
    """PgBouncer in transaction mode before the test server."""
    program = shutil.which("pgbouncer")
    if not program:
        pytest.skip("PgBouncer is not installed (apt-get install pgbouncer)")
    params = plain("default")
    behind = make_conninfo(**{name: params[name] for name in ("host", "user", "dbname")})
    folder.chmod(0o777)
    (folder / "users").write_text('"firsthand_front" ""\n')
    settings = {
        "listen_addr": "",
        "listen_port": 6432,
        "unix_socket_dir": folder,
        "auth_type": "any",
        "auth_file": folder / "users",
        "pool_mode": "transaction",
        "default_pool_size": CONNECTIONS,
        "ignore_startup_parameters": "extra_float_digits",
        "logfile": folder / "log",
    }
    lines = "\n".join(f"{name} = {value}" for name, value in settings.items())
    (folder / "pgbouncer.ini").write_text(f"[databases]\nnotes = {behind}\n[pgbouncer]\n{lines}\n")
    for path in folder.iterdir():
        path.chmod(0o644)
    # It refuses to be root; the server lets in whom it runs as.
    server = {"user": os.stat(params["host"]).st_uid} if os.geteuid() == 0 else {}
    running = subprocess.Popen([program, "-q", str(folder / "pgbouncer.ini")], cwd="/", **server)
    through = {"host": str(folder), "port": 6432, "user": "firsthand_front", "dbname": "notes"}
    try:
        end = time.monotonic() + 10
        while not (folder / ".s.PGSQL.6432").exists() and time.monotonic() < end:
            time.sleep(0.05)
        # Many connections to the pooler, few behind it; nothing is prepared.
        params = {**through, "autocommit": True, "prepare_threshold": None}
        with ConnectionPool(kwargs=params, min_size=THREADS, max_size=THREADS) as pool:
            yield pool.connection
    finally:
        running.terminate()
        running.wait(timeout=10)


@pytest.fixture
def open_folder():
    """That the user of the pooler may reach, too."""
    folder = Path(tempfile.mkdtemp(prefix="fhb-"))
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


def test_nobody_does_behind_pgbouncer_either(notes, open_folder):
    with bouncer(open_folder) as pool:
        assert wrong(pool, notes) == 0


def test_behind_pgbouncer_a_setting_of_the_session_would_leak(notes, open_folder):
    with bouncer(open_folder) as pool:
        assert wrong(pool, notes, local=False) > 0


def test_what_is_read_off_the_wire_is_the_login_of_the_pages(open_folder):
    with bouncer(open_folder) as pool, pool() as connected:
        assert connected.execute("SELECT session_user").fetchone() == ("firsthand_front",)
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connected.execute("SELECT * FROM protect_wall_key")
