"""`house`: web, worker and database, started once and cleaned before each test. `chromium`: real browsers."""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Callable, Iterator
from itertools import chain
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
def standing_house(django_db_setup, django_db_blocker, tmp_path_factory, playwright) -> Iterator[House]:
    """Goes before Playwright's loop does: connections made beside a loop are seen beside it only."""
    with django_db_blocker.unblock(), House(tmp_path_factory.mktemp("house")).open() as house:
        house.start()
        yield house


@pytest.fixture
def house(standing_house: House) -> House:
    standing_house.clean()
    standing_house.start()
    return standing_house


@pytest.fixture(scope="session")
def browsers(playwright: Playwright) -> Iterator[dict[int | None, list[Browser]]]:
    """Those that run and wait for the next test, by what their microphone hums: each start is a second of work."""
    waiting: dict[int | None, list[Browser]] = defaultdict(list)
    yield waiting
    for browser in chain.from_iterable(waiting.values()):
        browser.close()


@pytest.fixture
def chromium(playwright: Playwright, browsers: dict[int | None, list[Browser]]) -> Iterator[Start]:
    """A Chromium: `chromium()`, or with a microphone that hums: `chromium(hz=440)` (0 is silence).

    One process for each party: Chromium has one fake microphone a process. What a page may see of another test
    is in a context, and these are closed."""
    used: list[tuple[int | None, Browser]] = []
    special: list[Browser] = []

    def launch(*arguments: str) -> Browser:
        return playwright.chromium.launch(
            executable_path=os.environ.get("CHROMIUM", "/usr/bin/chromium"), args=[*ARGUMENTS, *arguments]
        )

    def start(*arguments: str, hz: int | None = None) -> Browser:
        if arguments:
            special.append(launch(*arguments))
            return special[-1]
        humming = () if hz is None else (*MICROPHONE, f"--use-file-for-fake-audio-capture={tone(hz)}")
        browser = browsers[hz].pop() if browsers[hz] else launch(*humming)
        used.append((hz, browser))
        return browser

    yield start
    for browser in special:
        browser.close()
    for hz, browser in used:
        for context in browser.contexts:
            context.close()
        if browser.is_connected():  # some tests kill one
            browsers[hz].append(browser)


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
