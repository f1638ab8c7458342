"""`house`: web, worker and database, started once and cleaned before each test. `chromium`: real browsers."""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, sync_playwright

from tests.browser.house import House
from tests.browser.switches import ARGUMENTS, MICROPHONE
from tests.browser.tones import tone

# Playwright's sync API keeps a loop in this thread, and Django would take our queries for a mistake.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"

Start = Callable[..., Browser]


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as running:
        yield running


@pytest.fixture(scope="session")
def standing_house(django_db_blocker) -> Iterator[House]:
    # Not pytest's own folder: as root the database runs as another user, who may not enter there. Removed
    # when the database has stopped, which it does at the very end of this process.
    home = Path(tempfile.mkdtemp(prefix="firsthand-house-"))
    home.chmod(0o711)
    atexit.register(shutil.rmtree, home, ignore_errors=True)
    with django_db_blocker.unblock(), House(home).open() as house:
        house.start()
        yield house


@pytest.fixture
def house(standing_house: House) -> House:
    standing_house.clean()
    standing_house.start()
    return standing_house


@pytest.fixture
def chromium(playwright: Playwright) -> Iterator[Start]:
    """Start a Chromium: `chromium()`, or with a microphone that hums: `chromium(hz=440)` (0 is silence).

    One process for each party: Chromium has one fake microphone a process."""
    started: list[Browser] = []

    def start(*arguments: str, hz: int | None = None) -> Browser:
        if hz is not None:
            arguments = (*arguments, *MICROPHONE, f"--use-file-for-fake-audio-capture={tone(hz)}")
        browser = playwright.chromium.launch(
            executable_path=os.environ.get("CHROMIUM", "/usr/bin/chromium"), args=[*ARGUMENTS, *arguments]
        )
        started.append(browser)
        return browser

    yield start
    for browser in started:
        browser.close()


@pytest.fixture
def person_page(house: House, chromium: Start) -> Callable[..., Page]:
    """A page of somebody who is signed in: `person_page(world.ada(), "/desk/", hz=700)`."""

    def open_page(
        person, path: str = "/", *, browser: Browser | None = None, hz: int | None = None, **more
    ) -> Page:
        context = new_context(browser or chromium(hz=hz), **more)
        house.sign_in(context, person)
        page = context.new_page()
        page.goto(house.address + path)
        return page

    return open_page


def new_context(browser: Browser, **more) -> BrowserContext:
    """A context in English whose pages may be left without a question."""
    context = browser.new_context(**{"locale": "en-GB", "viewport": {"width": 1440, "height": 900}, **more})
    context.on("dialog", lambda dialog: dialog.accept())
    return context


def shot(page: Page, name: str) -> None:
    """A screenshot for human eyes, in FIRSTHAND_SHOTS when that is set."""
    if folder := os.environ.get("FIRSTHAND_SHOTS"):
        Path(folder).mkdir(parents=True, exist_ok=True)
        page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)
