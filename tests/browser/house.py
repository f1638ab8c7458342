"""A whole house for browser tests: own home, own port, web and worker as processes that may be killed.

It has the database of this test process, to which the test speaks by ordinary actions and queries.
"""

from __future__ import annotations

import contextlib
import os
import random
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import psycopg
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.core.management import call_command
from django.db import connections
from playwright.sync_api import BrowserContext

from firsthand.config import grants
from firsthand.kernel import zones
from firsthand.people.models import Person
from tests import triggers, world
from tests.logins import administrator

ROOT = Path(__file__).parents[2]
# What happened in a test is taken away before the next; who works here and what the house knows stays.
HAPPENED = ("answer_", "voice_", "protect_", "learn_")
KEPT = {
    "answer_rules",
    "protect_wall_key",
    "protect_numbersalt",
    "protect_outreachrules",
    "protect_read_seal",
}
TABLES = "SELECT relname FROM pg_class WHERE relkind IN ('r', 'p') AND relnamespace = 'public'::regnamespace"


class House:
    def __init__(self, home: Path) -> None:
        self.home = home
        self.log = home / "house.log"
        self.port = _free_port()
        self.address = f"http://localhost:{self.port}"
        self.processes: dict[str, subprocess.Popen[bytes]] = {}
        self.more: dict[str, str] = {}

    @contextlib.contextmanager
    def open(self) -> Iterator[House]:
        """What tests do without and a house needs."""
        with zones.of(zones.OWNER):
            call_command("createcachetable", "firsthand_cache", verbosity=0)
            grants.apply()
        try:
            yield self
        finally:
            self.stop()
            connections.close_all()

    # What runs

    def start(self, **more: str) -> None:
        """Both processes, unless they run already with the same settings."""
        if more != self.more:
            self.stop()
            self.more = more
        for name in ("web", "worker"):
            if not self.runs(name):
                self.start_one(name)
        self.wait_for_web()

    def start_one(self, name: str) -> None:
        command = {"web": ["serve", "--port", str(self.port)], "worker": ["worker"]}[name]
        with self.log.open("ab") as log:
            self.processes[name] = subprocess.Popen(
                [sys.executable, "-m", "firsthand", *command],
                cwd=ROOT,
                env=self.environment(),
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def environment(self) -> dict[str, str]:
        database = connections["default"].settings_dict
        return {
            **{name: value for name, value in os.environ.items() if not name.startswith("FIRSTHAND_")},
            "DJANGO_SETTINGS_MODULE": "tests.browser.settings",
            "BROWSER_TEST_DATABASE": database["NAME"],
            "BROWSER_TEST_CLUSTER": database.get("HOME", ""),
            "FIRSTHAND_HOME": str(self.home),
            "FIRSTHAND_FORGETFUL": "1",
            "FIRSTHAND_HOSTS": "localhost,127.0.0.1,firsthand.test",
            "FIRSTHAND_ADDRESS": self.address,
            "FIRSTHAND_SECRET": settings.SECRET_KEY,  # so that a session made here is believed there
            "FIRSTHAND_WALL_KEY": settings.WALL_KEY,
            "PYTHONUNBUFFERED": "1",
            **self.more,
        }

    def runs(self, name: str) -> bool:
        return name in self.processes and self.processes[name].poll() is None

    def kill(self, name: str) -> None:
        """As a crash would: no farewell to anybody. With it whatever it had started."""
        process = self.processes.pop(name)
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()

    def stop(self) -> None:
        for name in list(self.processes):
            self.kill(name)

    def wait_for_web(self, seconds: float = 60) -> None:
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            with contextlib.suppress(OSError):
                urllib.request.urlopen(f"{self.address}/voice/microphone/", timeout=2).close()
                return
            assert self.runs("web"), self.log.read_text()[-4000:]
            time.sleep(0.1)
        raise AssertionError(self.log.read_text()[-4000:])

    # What is in it

    def clean(self) -> None:
        """No call, no contact, nobody at a desk; the small world is there."""
        for more in (True, True, False):
            try:
                self._empty()
                break
            except psycopg.OperationalError:  # the worker was at the same tables in another order
                if not more:
                    raise
        for make in (world.ada, world.beat, world.carla, world.dario, world.eva, world.otto, world.petra):
            make()
        world.frau_keller()

    @staticmethod
    def _empty() -> None:
        with administrator() as plain, plain.transaction():
            tables = [table for (table,) in plain.execute(TABLES)]
            tables = [table for table in tables if table.startswith(HAPPENED) and table not in KEPT]
            # Append-only tables refuse even this; the house looks at each start whether they still do.
            with plain.cursor() as cursor, triggers.without(cursor, tables):
                cursor.execute(f"TRUNCATE {', '.join(tables)}")

    def sign_in(self, context: BrowserContext, person: Person) -> None:
        """The cookie that a sign-in would have left."""
        session = SessionStore()
        session[SESSION_KEY] = str(person.pk)
        session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
        session[HASH_SESSION_KEY] = person.get_session_auth_hash()
        session.save()
        self.cookie(context, settings.SESSION_COOKIE_NAME, session.session_key)

    def cookie(self, context: BrowserContext, name: str, value: str) -> None:
        context.add_cookies([{"name": name, "value": value, "url": self.address, "httpOnly": True}])


def _free_port() -> int:
    """Not one that the kernel gives to whoever asks: while a house is down, nobody else may come to have its port.
    By chance, since two may look at the same moment.
    """
    for port in random.sample(range(20_000, 32_000), 100):
        with socket.socket() as probe, contextlib.suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port
    raise AssertionError("no port is free")
