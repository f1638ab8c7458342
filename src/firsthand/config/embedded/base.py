"""Django's PostgreSQL backend, with the server started on the first connection."""

import os
import threading
from typing import Any

from django.db.backends.postgresql import base
from django.db.utils import OperationalError

from firsthand.config.embedded.server import Server
from firsthand.config.embedded.trouble import CannotStart

_running: dict[str, tuple[Server, dict[str, Any]]] = {}
_one_at_a_time = threading.Lock()


def running(home: str, forgetful: bool = False) -> tuple[Server, dict[str, Any]]:
    """The server of this home, started if it does not run, and how to connect to it."""
    with _one_at_a_time:
        if home not in _running:
            server = Server(home, forgetful=forgetful)
            _running[home] = server, server.ensure()
        return _running[home]


class DatabaseWrapper(base.DatabaseWrapper):
    def get_connection_params(self) -> dict[str, Any]:
        _, login = self._running()
        self.settings_dict["HOST"] = login["host"]
        return {**super().get_connection_params(), "requirepeer": login["requirepeer"]}

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        try:
            return super().get_new_connection(conn_params)
        except self.Database.OperationalError:
            server, _ = self._running()
            # Under `firsthand demo` and `up` the supervisor starts it again: no page waits for a recovery.
            if os.environ.get("FIRSTHAND_SUPERVISED") or not server.gone():
                raise
            server.ensure()
            return super().get_new_connection(conn_params)

    def _running(self) -> tuple[Server, dict[str, Any]]:
        try:
            return running(self.settings_dict["HOME"], self.settings_dict.get("FORGETFUL", False))
        except CannotStart as error:
            raise OperationalError(str(error)) from error
