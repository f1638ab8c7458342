"""From a clean checkout to the first page and to the first answered call; and the second start.

README's command, run in a fresh clone with an empty home and no environment of Python's. What uv has
downloaded before is in its cache: the figure is "after the download".
"""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests.bench.figure import Figure, cores
from tests.browser.switches import ARGUMENTS, MICROPHONE

ROOT = Path(__file__).parents[2]
TALKING = """async () => { const call = (await firsthandVoice.stats()).at(-1);
  return JSON.stringify(call ?? {}).match(/"packetsReceived":[1-9]/) !== null; }"""


def run() -> Iterator[Figure]:
    folder = Path(tempfile.mkdtemp(prefix="firsthand-clean-"))
    folder.chmod(0o711)
    try:
        checkout = folder / "checkout"
        subprocess.run(["git", "clone", "--quiet", str(ROOT), str(checkout)], check=True)
        began = time.monotonic()
        with demo(checkout, folder / "home") as address:
            yield figure("clean checkout → first page", began, "< 60 s")
            call(address)
            yield figure("clean checkout → first answered call", began, "")
        began = time.monotonic()
        with demo(checkout, folder / "home"):
            yield figure("second start → first page", began, "< 5 s")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def figure(what: str, began: float, goal: str) -> Figure:
    return Figure("start", what, time.monotonic() - began, "s", goal, f"./firsthand demo, {cores()} cores")


@contextlib.contextmanager
def demo(checkout: Path, home: Path) -> Iterator[str]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("FIRSTHAND_", "VIRTUAL_ENV", "PYTHON"))
    }
    running = subprocess.Popen(
        [str(checkout / "firsthand"), "demo", "--port", str(port)],
        env={**kept, "FIRSTHAND_HOME": str(home)},
        stdout=subprocess.DEVNULL,
    )
    address = f"http://localhost:{port}"
    try:
        until_it_answers(running, address)
        yield address
    finally:
        running.send_signal(signal.SIGTERM)
        running.wait(60)


def until_it_answers(running: subprocess.Popen[bytes], address: str) -> None:
    end = time.monotonic() + 180
    while time.monotonic() < end and running.poll() is None:
        with contextlib.suppress(OSError):
            urllib.request.urlopen(f"{address}/demo/", timeout=5).close()
            return
        time.sleep(0.05)
    raise AssertionError("the demo did not start")


def call(address: str) -> None:
    """As README says: be Ada, say ready; call in another window; answer."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path="/usr/bin/chromium", args=[*ARGUMENTS, *MICROPHONE]
        )
        ada, caller = (browser.new_context(locale="en-GB").new_page() for _ in range(2))
        ada.goto(f"{address}/demo/")
        ada.get_by_role("button", name="Ada Lindner").click()
        ada.goto(f"{address}/desk/")
        ada.get_by_role("button", name="Ready").click()
        caller.goto(f"{address}/call/?language=en")
        caller.get_by_role("button", name="Call", exact=True).click()
        ada.get_by_role("button", name="Answer").click(timeout=30_000)
        for page in (ada, caller):
            page.wait_for_function(TALKING, polling=50, timeout=30_000)
        browser.close()
