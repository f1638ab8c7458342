"""The supervisor's share of the database: ours is started again when killed, and stopped at the end."""

import os
import sys
import threading

from django.conf import settings
from django.db import connections

from firsthand.config.embedded import CannotStart, Server

LOOK = 0.5
AGAIN = 5.0


class Keeper(threading.Thread):
    """Nothing to do for a database of somebody else's (DATABASE_URL)."""

    def __init__(self, stopping: threading.Event) -> None:
        super().__init__(name="database", daemon=True)
        self.stopping = stopping
        self.server: Server | None = None

    def start(self) -> None:
        connections.close_all()
        default = settings.DATABASES["default"]
        if default["ENGINE"] == "firsthand.config.embedded":
            from firsthand.config.embedded.base import running

            self.server, _ = running(default["HOME"], default["FORGETFUL"])
            super().start()

    def run(self) -> None:
        pause = LOOK
        while self.server and not self.stopping.wait(pause):
            pause = self._revive(self.server) if self.server.gone() else LOOK

    def _revive(self, server: Server) -> float:
        """How long to wait until the next look."""
        self._say("The database ended; it is started again.")
        try:
            server.ensure()
        except (CannotStart, OSError) as error:
            self._say(f"{error} Trying again.")
            return AGAIN
        self._say("The database is back.")
        return LOOK

    def end(self) -> None:
        """Stop it when nobody else uses it. While it recovers, it is left to that."""
        if self.server is None:
            return
        self.join(timeout=5)
        if self.is_alive():
            self._say("The database is still recovering and goes on by itself.")
            sys.stderr.flush()
            os._exit(0)
        for connection in connections.all():
            connection.close()
            connection.close_pool()  # type: ignore[attr-defined]
        self.server.release()

    def _say(self, sentence: str) -> None:
        print(f"firsthand: {sentence}", file=sys.stderr, flush=True)
