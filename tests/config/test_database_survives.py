"""Killed at any moment, the server comes back with everything that was acknowledged."""

import os
import signal
import subprocess
import sys
import time

import psutil
import psycopg
import pytest
from psycopg.pq import Ping

from firsthand.config.embedded import Server
from tests.config import homes

pytestmark = pytest.mark.chaos

# Each line it prints is a row the server has acknowledged.
WRITE = """
import sys, psycopg
from firsthand.config.embedded import Server
server = Server(sys.argv[1])
row = 0
while True:
    try:
        server.ensure()
        with server.connect() as connection:
            while True:
                connection.execute("INSERT INTO written VALUES (%s, %s)", [sys.argv[2], row + 1])
                row += 1
                print(row, flush=True)
    except psycopg.errors.UniqueViolation:
        row += 1  # committed, and the answer was lost with the server
    except psycopg.OperationalError:
        pass
"""


def writer(folder, number: int) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", WRITE, str(folder), str(number)],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        cwd="/",
    )


def acknowledged(process: subprocess.Popen[str], before: int = 0) -> int:
    """The last row it was told of; `before` is what has been read of it already."""
    process.kill()
    lines = process.communicate()[0].split("\n")[:-1]
    return int(lines[-1]) if lines else before


def prepared(folder) -> Server:
    server = Server(folder)
    server.ensure()
    with server.connect() as connection:
        connection.execute("CREATE TABLE written (writer int, row int, PRIMARY KEY (writer, row))")
    return server


def rows(server: Server) -> dict[int, int]:
    server.ensure()
    with server.connect() as connection:
        return dict(connection.execute("SELECT writer, count(*) FROM written GROUP BY writer").fetchall())


def test_nothing_acknowledged_is_lost_when_app_and_server_are_killed():
    with homes.home() as folder:
        server = prepared(folder)
        process = writer(folder, 1)
        read = [int(process.stdout.readline()) for _ in range(50)]
        homes.kill_postmaster(server)
        homes.until(lambda: server.ping() is Ping.OK)  # the writer has started it again
        read.append(int(process.stdout.readline()))
        os.kill(homes.postmaster(server), signal.SIGKILL)
        sure = acknowledged(process, before=read[-1])
        assert sure > 50
        assert rows(server)[1] >= sure


def test_a_killed_backend_is_recovered_from():
    with homes.home() as folder:
        server = prepared(folder)
        with server.connect() as connection:
            os.kill(connection.info.backend_pid, signal.SIGKILL)
            with pytest.raises(psycopg.OperationalError):
                connection.execute("SELECT 1")
        assert rows(server) == {}


def test_it_stops_while_it_recovers_from_a_killed_backend():
    """A fast stop would hang here for ever."""
    with homes.home() as folder:
        server = prepared(folder)
        with server.connect() as connection:
            os.kill(connection.info.backend_pid, signal.SIGKILL)
        began = time.monotonic()
        server.stop()
        assert server.gone()
        assert time.monotonic() - began < 30
        assert rows(server) == {}


@pytest.mark.parametrize("same_user", [True, False])
def test_files_that_name_a_foreign_process_are_no_obstacle(same_user):
    """After the restart of a container the old number belongs to somebody else."""
    with homes.home() as folder:
        server = prepared(folder)
        written = server.places.pidfile.read_text().splitlines()
        homes.kill_postmaster(server)
        become = server.places.owner.becomes if same_user else {}
        foreign = subprocess.Popen(["/bin/sleep", "100"], cwd="/", **become)
        try:
            written[0] = str(foreign.pid)
            written[2] = str(int(psutil.Process(foreign.pid).create_time()) - 3600)
            for file in (server.places.pidfile, server.places.lock):
                file.write_text("\n".join(written) + "\n")
            assert rows(server) == {}
            assert foreign.poll() is None
        finally:
            foreign.kill()
            foreign.wait()


def test_a_half_made_cluster_is_made_anew():
    with homes.home() as folder:
        half = folder / ".postgresql-18.new"
        half.mkdir(parents=True)
        (half / "PG_VERSION").write_text("18\n")
        Server(folder, forgetful=True).ensure()
        assert not half.exists()


def test_nine_crashes_with_four_writers_lose_nothing():
    with homes.home() as folder:
        server = prepared(folder)
        writers = {number: writer(folder, number) for number in range(4)}
        sure = dict.fromkeys(range(4), 0)
        for crash in range(9):
            time.sleep(0.7)
            homes.until(lambda: not server.gone())
            if crash % 3 == 0:
                os.kill(homes.postmaster(server), signal.SIGKILL)
            elif crash % 3 == 1:
                server.ensure()
                with server.connect() as connection:
                    os.kill(connection.info.backend_pid, signal.SIGKILL)
            else:
                sure[crash % 4] = acknowledged(writers[crash % 4])
                writers[crash % 4] = writer(folder, 10 + crash)
                writers[10 + crash] = writers.pop(crash % 4)
                sure[10 + crash] = 0
        for number, process in writers.items():
            sure[number] = acknowledged(process)
        found = rows(server)
        assert sum(sure.values()) > 100
        assert not {
            number: sure[number] - found.get(number, 0)
            for number in sure
            if sure[number] > found.get(number, 0)
        }
