import fcntl

import pytest
from django.conf import settings

from firsthand.plan.pure import erlang, need
from tests import world


@pytest.fixture(scope="session")
def compiled():
    """What finds the need, before a test opens its transaction: in a fresh checkout it is compiled for half a minute,
    and PostgreSQL ends a transaction in which nothing happens for so long. One process compiles; others wait and read.
    """
    room = need.Room(200, 200, consult_share=0.25, consult=90, finish=60, patience=180)
    half_hour = need.Day((need.Calls(8.0, 12.0, 16.0),))
    with (settings.HOME / "compiling.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        need.of([need.Stream("de", room, (half_hour,))], need.Aim(erlang.Target(service_level=0.8)))


@pytest.fixture
def otto(db, client):
    """The browser of the organiser."""
    client.force_login(world.otto())
    return client
