"""A file of past calls is read in without a mouse, and what the pages show is fit for a screen reader."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from firsthand.plan.actions import importing
from firsthand.plan.models import Import, Queue, Upload, Volume
from tests import world
from tests.browser import barriers
from tests.browser.conftest import shot

pytestmark = pytest.mark.browser

HEAD = "Datum;Zeit;Hotline;Anrufe;Angenommen;Aufgelegt;AHT\n"
ROWS = "".join(
    f"{day:02}.11.2026;{hour:02}:{half};Hotline DE;{20 + hour};18;2;300\n"
    for day in range(2, 7)
    for hour in range(8, 12)
    for half in ("00", "30")
)


@pytest.fixture(autouse=True)
def _nothing_read_in(house):
    for model in (Upload, Volume, Import, Queue):
        model.objects.all().delete()


def tab_to(page: Page, words: str) -> None:
    """Tab on until what has the focus is called so; a loop that misses it is a page without a way there."""
    focused = page.locator(":focus")
    for _ in range(60):
        page.keyboard.press("Tab")
        name = focused.evaluate("e => (e.labels?.[0] ?? e).innerText ?? ''") if focused.count() else ""
        if words in name:
            return
    pytest.fail(f"no Tab leads to “{words}”")


def press(page: Page, words: str) -> None:
    tab_to(page, words)
    page.keyboard.press("Enter")


def test_a_file_is_read_in_with_the_keyboard_alone(person_page):
    otto = person_page(world.otto(), "/volumes/import/")
    otto.on("filechooser", lambda _: None)  # Chromium is told now that it is ours to answer, before the key
    tab_to(otto, "File")
    with otto.expect_file_chooser() as chosen:
        otto.keyboard.press("Enter")
    chosen.value.set_files({"name": "x.csv", "mimeType": "text/csv", "buffer": (HEAD + ROWS).encode()})
    press(otto, "Look into this file")
    expect(otto.get_by_role("heading", name="Which column holds what?")).to_be_visible()
    expect(otto.get_by_label("Anrufe")).to_have_value("offered")
    assert not barriers.found(otto)
    press(otto, "Go on")
    expect(otto.get_by_role("heading", name="Which queue is which?")).to_be_visible()
    expect(otto.get_by_label("Hotline DE")).to_have_value("new:de")
    press(otto, "Check the file")
    expect(otto.get_by_role("progressbar")).to_be_visible()
    importing.check(Upload.objects.get().pk)  # what the planner's process does
    expect(otto.get_by_text("40 intervals of 30 minutes")).to_be_visible()
    press(otto, "Read it in")
    expect(otto.get_by_role("heading", name="The calls are being read in")).to_be_visible()
    importing.read_in(Upload.objects.get().pk)
    expect(otto.get_by_role("heading", name="It is read in")).to_be_visible()
    assert Volume.objects.count() == 40
    press(otto, "Look at the past calls")
    expect(otto.get_by_role("img", name="Calls a day from")).to_be_visible()
    assert not barriers.found(otto)
    shot(otto, "volumes")


def test_a_fault_is_shown_where_it_is(person_page):
    otto = person_page(world.otto(), "/volumes/import/")
    wrong = HEAD + ROWS + "06.11.2026;12:00;Hotline DE;-4;1;1;300\n"
    otto.set_input_files("input[type=file]", {"name": "x", "mimeType": "text/csv", "buffer": wrong.encode()})
    for name in ("Look into this file", "Go on", "Check the file"):
        otto.get_by_role("button", name=name).click()
    expect(otto.get_by_role("progressbar")).to_be_visible()
    importing.check(Upload.objects.get().pk)
    expect(otto.get_by_role("row", name="42 “-4” in “Anrufe” is less than nothing.")).to_be_visible()
    assert not barriers.found(otto)
    otto.get_by_role("button", name="Change how it is understood").click()
    expect(otto.get_by_role("heading", name="Which column holds what?")).to_be_visible()
