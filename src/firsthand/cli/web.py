"""The pages: granian in front of `firsthand.config.asgi`."""

import argparse
import os

from firsthand.cli import place
from firsthand.cli.halt import Halt
from firsthand.config import env, orphan

# An open page holds one stream for as long as it is open.
OPEN_PAGES = 6000


def run(given: argparse.Namespace) -> int:
    place.into_environment(given)
    if os.environ.get(orphan.SUPERVISED):
        orphan.watch()
        os.environ.update(orphan.environment())  # the processes of granian end with this one
    else:
        place.check_port(given.host, given.port)
        check_wall()
    server(given).serve()
    return 0


def check_wall() -> None:
    """Each process that serves looks for itself (config/asgi.py); here a sentence ends it all at once."""
    import django
    from django.db import InterfaceError, OperationalError, connections

    django.setup()
    from firsthand.config import walls

    try:
        found = walls.faults()
    except (OperationalError, InterfaceError):  # the pages say so, and look when it is back
        found = []
    for connection in connections.all():
        connection.close()
        connection.close_pool()  # type: ignore[attr-defined]  # its threads do not live on in what is forked
    if found:
        raise Halt(walls.sentence(found))


def server(given: argparse.Namespace):  # type: ignore[no-untyped-def]  # granian's own type differs by platform
    from granian.constants import HTTPModes, Interfaces
    from granian.log import LogLevels
    from granian.server import Server

    pair = place.tls(given)
    return Server(
        "firsthand.config.asgi:application",
        address=given.host,
        port=given.port,
        interface=Interfaces.ASGI,
        http=HTTPModes.auto,
        workers=env.number("FIRSTHAND_WEB_WORKERS", 1, least=1),
        backpressure=OPEN_PAGES,
        websockets=False,
        respawn_failed_workers=True,
        respawn_interval=0.5,
        workers_kill_timeout=5,
        log_level=LogLevels.warning,
        ssl_cert=pair[0] if pair else None,
        ssl_key=pair[1] if pair else None,
    )
