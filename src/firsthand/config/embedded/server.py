"""Started on first use, shared between processes, stopped with the last one.

    server = Server(folder)
    psycopg.connect(**server.ensure())

Whether it runs is asked of the server itself, never of a number in a file.
"""

import atexit
import os
import time
from typing import Any

import psutil
import psycopg
from psycopg.pq import PGconn, Ping

from firsthand.config import home, logins
from firsthand.config.embedded import cluster, leftovers, locks, programs, rules
from firsthand.config.embedded.owner import Owner
from firsthand.config.embedded.places import Places
from firsthand.config.embedded.trouble import CannotStart

RECOVERY = 15 * 60  # seconds: after a crash a busy server reads its log again
REFUSALS = (
    30  # seconds in which a server that ends at once is started again: its predecessor may still be ending
)
FAST = 20  # seconds for an orderly stop


class Server:
    def __init__(self, folder: str | os.PathLike[str], *, forgetful: bool = False) -> None:
        self.places = Places(os.fspath(folder))
        self.wants_forgetful = forgetful

    def ensure(self, *, patience: float = RECOVERY) -> dict[str, Any]:
        """It runs when this returns, and this process counts as a user until it ends."""
        places = self.places
        home.make(places.home)
        places.check_way(places.owner)
        with locks.starting(places.home):
            owner = self._prepare()
            if self.ping() is not Ping.OK:
                rules.write(places, owner)
                places.make_socket_folder(owner)
                self._start(owner, patience)
            cluster.make_database(places, owner)
            if locks.share(places.home):
                atexit.register(self.release, os.getpid())
        return cluster.login(places, owner)

    def _prepare(self) -> Owner:
        """The server's user and its cluster."""
        owner = self.places.owner
        if not (self.places.data / "PG_VERSION").exists():
            try:
                cluster.make(self.places, owner, forgetful=self.wants_forgetful)
            except OSError as error:
                raise CannotStart(
                    f"The database could not be made in {self.places.home}: {error.strerror}."
                ) from None
        return owner

    def ping(self) -> Ping:
        host = str(self.places.socket).replace("\\", "\\\\").replace("'", "\\'")
        return Ping(PGconn.ping(f"host='{host}' dbname=postgres user=firsthand connect_timeout=2".encode()))

    def gone(self) -> bool:
        """Nobody listens: a server that starts, recovers or stops still answers."""
        return self.ping() is Ping.NO_RESPONSE

    def _start(self, owner: Owner, patience: float) -> None:
        began = time.monotonic()
        number = 0
        while self.ping() is not Ping.OK:
            waited = time.monotonic() - began
            if waited > patience:
                raise CannotStart(
                    f"The database still recovers after {patience / 60:.0f} minutes: {self.says()}"
                )
            if not _alive(number) and self.ping() is Ping.NO_RESPONSE:
                if waited > REFUSALS:
                    raise CannotStart(f"The database does not start: {self.says()}")
                leftovers.clear(self.places)
                number = programs.launch(self.places, owner)
            elif waited > FAST and leftovers.status(self.places) == "stopping":
                self._pg_ctl_stop(owner, "immediate", 15)  # the hang that is described at `stop`
            time.sleep(0.05)

    def says(self) -> str:
        """The server's own last word about a start."""
        try:
            lines = self.places.log.read_text(encoding="utf-8", errors="replace").splitlines()
        except OSError:
            return f"see {self.places.data}/log"
        telling = [line for line in lines if "FATAL:" in line or "PANIC:" in line or "error" in line]
        return (telling or lines or [f"see {self.places.data}/log"])[-1].rpartition(":  ")[2]

    def release(self, process: int | None = None) -> None:
        """This process needs it no longer; the last one stops it. A forked child never stops its parent's."""
        if process not in (None, os.getpid()) or not self.places.home.exists():
            return
        with locks.starting(self.places.home):
            if locks.leave(self.places.home) and os.environ.get("FIRSTHAND_PG_KEEP") != "1":
                self.stop()

    def stop(self) -> None:
        """Fast, then immediate: an immediate stop costs a recovery at the next start and loses nothing.

        A fast stop that arrives during the recovery after a crashed backend never ends (PostgreSQL 16 and 18,
        each time): so ask for it only when the server answers, and never wait for ever.
        """
        if not self.places.pidfile.exists():
            return
        owner = self.places.owner
        deadline = time.monotonic() + 5
        while self.ping() is Ping.REJECT and time.monotonic() < deadline:
            time.sleep(0.1)
        if self.ping() is not Ping.OK or not self._pg_ctl_stop(owner, "fast", FAST):
            self._pg_ctl_stop(owner, "immediate", 15)

    def _pg_ctl_stop(self, owner: Owner, mode: str, seconds: int) -> bool:
        data = self.places.data
        code, _ = programs.run(
            self.places, owner, "pg_ctl", "stop", "-w", "-t", str(seconds), "-m", mode, "-D", data
        )
        return code == 0

    def connect(self, database: str = logins.DATABASE, role: str = logins.OWNER) -> psycopg.Connection[Any]:
        """A plain connection, for what is about the server itself."""
        login = cluster.login(self.places, self.places.owner, database, role)
        return psycopg.connect(**login, autocommit=True)


def _alive(number: int) -> bool:
    """Whether the server that we launched still runs; 0 = none yet."""
    try:
        return number > 0 and psutil.Process(number).status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False
