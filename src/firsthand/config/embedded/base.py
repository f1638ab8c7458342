"""django.db.backends.postgresql, started on the first connection."""

from typing import Any

from django.db.backends.postgresql import base

from firsthand.config.embedded.launcher import Embedded

_running: dict[str, Embedded] = {}


def running(home: str, durable: bool = True) -> Embedded:
    if home not in _running:
        server = Embedded(home, durable=durable)
        server.ensure()
        server.createdb()
        _running[home] = server
    return _running[home]


class DatabaseWrapper(base.DatabaseWrapper):
    def get_connection_params(self) -> dict[str, Any]:
        server = running(self.settings_dict["HOME"], self.settings_dict.get("DURABLE", True))
        self.settings_dict["HOST"] = str(server.sock)
        self.settings_dict["USER"] = "firsthand"
        return super().get_connection_params()
