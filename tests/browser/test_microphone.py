"""Each way a browser refuses the microphone, and what the page says then."""

from __future__ import annotations

import pytest

from tests.browser import barriers
from tests.browser.conftest import MICROPHONE, new_context, shot
from tests.browser.test_voice import until
from tests.browser.tones import tone

pytestmark = pytest.mark.browser
FAKE_DEVICE, FAKE_CONSENT = MICROPHONE
THROWS = """navigator.mediaDevices.getUserMedia = async () => { throw new DOMException("", "%s"); }"""


@pytest.fixture
def say(house, chromium):
    """What the page of the microphone test says after the button was pressed."""

    def press(*arguments: str, script: str = "", address: str = "") -> str:
        context = new_context(chromium(*arguments))
        if script:
            context.add_init_script(script)
        page = context.new_page()
        page.goto(f"{address or house.address}/voice/microphone/")
        page.click("text=Test the microphone")
        words = page.locator("microphone-test [data-words]")
        until(lambda: "now asks" not in words.inner_text() and "The test shows" not in words.inner_text())
        return words.inner_text()

    return press


def test_who_says_no_is_told_how_to_say_yes(say):
    assert say(FAKE_DEVICE).startswith("This page may not use your microphone. Click the lock")


def test_without_a_device_a_headset_is_asked_for(say):
    assert say(FAKE_CONSENT).startswith("No microphone was found. Plug in a headset")


@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        ("NotReadableError", "Your microphone is used by another program."),
        ("OverconstrainedError", "The microphone you chose is not plugged in."),
        ("TypeError", "The microphone does not work."),
    ],
)
def test_each_other_refusal_has_its_own_sentence(say, error, sentence):
    assert say(*MICROPHONE, script=THROWS % error).startswith(sentence)


def test_over_plain_http_from_another_machine_the_page_says_what_to_do(say, house):
    """Chromium hides the microphone on such an address; the server answers it under its own name here."""
    port = house.port
    said = say(
        *MICROPHONE,
        "--host-resolver-rules=MAP firsthand.test 127.0.0.1",
        address=f"http://firsthand.test:{port}",
    )
    assert said.startswith("Your browser gives no microphone to this address, because it is not encrypted.")
    assert "https" in said
    assert "firsthand certs" in said


def test_a_microphone_that_works_is_seen_to_work_and_can_be_heard(house, chromium):
    context = new_context(chromium(*MICROPHONE, f"--use-file-for-fake-audio-capture={tone(440)}"))
    page = context.new_page()
    page.goto(f"{house.address}/voice/microphone/")
    shot(page, "microphone-before")
    page.click("text=Test the microphone")
    words = page.locator("microphone-test [data-words]")
    until(lambda: words.inner_text() == "Your microphone works.")
    barriers.none(page, "microphone-works")
    assert page.locator("microphone-test meter").evaluate("meter => meter.value") > 0.3
    page.click("text=Let me hear myself")
    assert page.locator("[data-do=echo]").inner_text() == "Stop hearing myself"
    page.click("text=End the test")
    assert words.inner_text().endswith("Nothing is kept.")
    kept = page.evaluate("Object.keys(localStorage).concat(Object.keys(sessionStorage))")
    assert [name for name in kept if not name.startswith("htmx-")] == []
