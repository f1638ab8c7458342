"""500 open pages on one machine: what of 20 nudges a second arrives, how fast, and what a page costs.

Own home, own port, loopback only, some 30 seconds. The pages are plain sockets: the house is measured, not a
browser. A nudge is committed with fsync; it goes outbox → NOTIFY → hub → granian → socket.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import secrets
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path

from tests.bench.figure import Figure, percentile

PAGES = int(os.environ.get("FIRSTHAND_BENCH_PAGES", "500"))
TEAM = 20  # pages that show the same topic
RATE = 20  # nudges a second, each to one team
SECONDS = 15


def run() -> Iterator[Figure]:
    """In a process of its own: the house reads its settings once."""
    home = Path(tempfile.mkdtemp(prefix="firsthand-bench-"))
    home.chmod(0o711)  # as root the database runs as another user
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "firsthand.config.settings",
        "FIRSTHAND_HOME": str(home),
        "FIRSTHAND_SECRET": secrets.token_urlsafe(32),
    }
    try:
        done = subprocess.run(
            [sys.executable, "-m", "tests.bench.bench_live"],
            env=environment,
            stdout=subprocess.PIPE,
            check=True,
        )
    finally:
        shutil.rmtree(home, ignore_errors=True)
    found = json.loads(done.stdout.splitlines()[-1])
    given = f"{PAGES} pages, {RATE} nudges/s to {TEAM} pages each, {SECONDS} s, granian, one process"
    yield Figure("live", "nudges delivered", found["delivered"], "share", "1", given)
    yield Figure(
        "live", "commit → page p50", found["p50_ms"], "ms", "", "of which up to 50 are a wait for more"
    )
    yield Figure("live", "commit → page p99", found["p99_ms"], "ms", "< 200 ms", given)
    yield Figure(
        "live", "memory for an open page", found["kB_page"], "kB", "< 100 kB", "web process, after − before"
    )
    yield Figure("live", "processor of the web process", found["core"], "cores", "< 1", given)


class Pages:
    """Open streams, and when each last heard of its topic."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.heard: list[list[float]] = [[] for _ in range(PAGES)]
        self.open = 0

    async def listen(self, number: int) -> None:
        from firsthand.live import topics

        token = topics.sign(f"team:{number // TEAM}", topics.ANYONE)
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        writer.write(f"GET /live/?topics={token}&age=0 HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
        assert b"200" in await reader.readline()
        self.open += 1
        with contextlib.suppress(asyncio.CancelledError):
            while line := await reader.readline():
                if b'"touched"' in line:
                    self.heard[number].append(time.monotonic())
        writer.close()


def nudge(sent: list[tuple[float, int]]) -> None:
    """From another thread, as an action would: each in its own transaction."""
    from django.db import connection, transaction

    from firsthand.live import bus

    teams, start = PAGES // TEAM, time.monotonic()
    for number in range(RATE * SECONDS):
        time.sleep(max(0.0, start + number / RATE - time.monotonic()))
        with transaction.atomic():
            bus.touch(f"team:{number % teams}")
            before = time.monotonic()
        sent.append((before, number % teams))
    connection.close()


def delays(sent: list[tuple[float, int]], heard: list[list[float]]) -> tuple[list[float], int]:
    """For each nudge and page of its team the wait in ms; how many should have come."""
    found = []
    for at, team in sent:
        for page in range(team * TEAM, (team + 1) * TEAM):
            after = [moment - at for moment in heard[page] if 0 <= moment - at < 1]
            found.extend([min(after) * 1000] if after else [])
    return found, len(sent) * TEAM


async def measure(port: int, web: list) -> dict[str, float]:
    pages = Pages(port)
    before = sum(process.memory_info().rss for process in web)
    tasks = []
    for number in range(PAGES):
        tasks.append(asyncio.create_task(pages.listen(number)))
        if number % 25 == 24:
            await asyncio.sleep(0.1)
    while pages.open < PAGES:
        await asyncio.sleep(0.1)
    await asyncio.sleep(1)
    held = sum(process.memory_info().rss for process in web) - before
    used = sum(sum(process.cpu_times()[:2]) for process in web)
    sent: list[tuple[float, int]] = []
    thread = threading.Thread(target=nudge, args=(sent,))
    began = time.monotonic()
    thread.start()
    await asyncio.to_thread(thread.join)
    await asyncio.sleep(1)
    took = time.monotonic() - began
    found, due = delays(sent, pages.heard)
    used = sum(sum(process.cpu_times()[:2]) for process in web) - used
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    return {
        "delivered": len(found) / due,
        "p50_ms": percentile(found, 0.5),
        "p99_ms": percentile(found, 0.99),
        "kB_page": held / 1024 / PAGES,
        "core": used / took,
    }


def main() -> None:
    import psutil

    from firsthand.cli.prepare import prepare

    prepare()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    program = [str(Path(sys.executable).parent / "granian"), "--interface", "asgi", "--port", str(port)]
    server = subprocess.Popen(
        [*program, "--backpressure", "6000", "--log-level", "warning", "firsthand.config.asgi:application"],
        stdout=subprocess.DEVNULL,
    )
    try:
        while True:
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
                break
            time.sleep(0.1)
        time.sleep(2)
        web = psutil.Process(server.pid).children(recursive=True)
        print(json.dumps(asyncio.run(measure(port, web))))
    finally:
        server.terminate()
        server.wait(20)


if __name__ == "__main__":
    main()
