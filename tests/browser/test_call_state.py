"""The pure part of the telephone in the page: which sentence, which clock; nothing old overrules the new."""

from pathlib import Path

import pytest

import firsthand.voice
from firsthand.voice.pure.modes import HEARS
from tests.browser.conftest import ARGUMENTS

pytestmark = pytest.mark.browser
TOPOLOGY = {
    "over": False,
    "ended_by": "",
    "epoch": 5,
    "role": "helper",
    "mode": "talk",
    "lines": [{"role": "customer", "instance": "c", "send": True, "recv": True, "direction": "sendrecv"}],
    "others": ["customer"],
    "away": [],
    "talked_for": None,
}


@pytest.fixture(scope="module")
def page(standing_house, playwright):
    browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=ARGUMENTS)
    page = browser.new_page()
    page.goto(f"{standing_house.address}/voice/microphone/")
    page.evaluate("async () => { window.call = await import('/static/voice/call.js'); }")
    yield page
    browser.close()


def after(page, *events) -> dict:
    return page.evaluate("events => events.reduce(call.next, call.start)", list(events))


def sentence(page, *events) -> str:
    return page.evaluate("events => call.sentence(events.reduce(call.next, call.start))", list(events))


def seen(**more) -> dict:
    return {"type": "topology", "topology": {**TOPOLOGY, **more}, "at": 0}


LEG, LINKED = {"type": "leg"}, {"type": "linked", "role": "customer", "on": True}


def test_what_is_older_is_ignored(page):
    assert after(page, LEG, seen(epoch=5), seen(epoch=4, mode="hold"))["mode"] == "talk"
    assert after(page, LEG, seen(epoch=5), seen(epoch=6, mode="hold"))["mode"] == "hold"


def test_what_is_over_stays_over(page):
    state = after(page, LEG, seen(), {"type": "over", "endedBy": "customer"}, seen(epoch=9))
    assert (state["phase"], state["lines"]) == ("over", [])


@pytest.mark.parametrize(
    ("events", "key"),
    [
        ([], "idle"),
        ([LEG], "joining"),
        ([LEG, seen(others=[], lines=[])], "alone"),
        ([LEG, seen(others=["specialist"], lines=[])], "alone"),
        ([LEG, seen(away=["customer"], lines=[])], "away"),
        ([LEG, seen()], "connecting"),
        ([LEG, seen(lines=[])], "connecting"),  # its page is just being loaded
        ([LEG, seen(role="specialist", others=["customer", "helper"], lines=[])], "aside"),
        ([LEG, seen(), LINKED], "talk"),
        ([LEG, seen(), LINKED, {**LINKED, "on": False}], "connecting"),
        ([LEG, seen(mode="hold", lines=[{"role": "customer", "send": False, "recv": False}])], "hold"),
        ([LEG, seen(away=["specialist"], others=["customer", "specialist"]), LINKED], "talk"),
        ([LEG, seen(), {"type": "elsewhere"}], "elsewhere"),
        ([LEG, seen(), {"type": "over", "endedBy": "lost"}], "over-lost"),
        ([LEG, seen(), {"type": "over", "endedBy": ""}], "over-house"),
    ],
)
def test_how_it_stands_is_one_sentence(page, events, key):
    assert sentence(page, *events) == key


def test_who_is_muted_stays_muted_when_the_call_moves(page):
    muted = {"type": "muted", "on": True}
    assert after(page, LEG, muted, seen(), {"type": "elsewhere"})["muted"] is True
    assert after(page, muted, LEG)["muted"] is True


def test_every_sentence_stands_in_both_telephones():
    """A state without words would leave a caller in silence."""
    folder = Path(firsthand.voice.__file__).parent / "templates/voice"
    keys = [*HEARS, "joining", "alone", "connecting", "away", "elsewhere", "muted"]
    keys += [f"over-{who}" for who in ("customer", "helper", "lost", "house")]
    for name in ("phone_bar.html", "caller_phone.html"):
        text = (folder / name).read_text()
        assert [key for key in keys if f'data-say="{key}"' not in text] == []


@pytest.mark.parametrize(
    ("seconds", "shown"), [(0, "0:00"), (65, "1:05"), (3599, "59:59"), (3600, "1:00:00"), (3665, "1:01:05")]
)
def test_the_clock_is_written_as_the_server_writes_it(page, seconds, shown):
    from firsthand.ui.templatetags.ui import minutes

    assert page.evaluate("seconds => call.clock(seconds)", seconds) == shown == minutes(seconds)


def test_the_talk_clock_goes_on_from_what_the_server_said(page):
    state = after(page, LEG, {**seen(talked_for=12.4), "at": 1000})
    assert page.evaluate("([state, now]) => call.talked(state, now)", [state, 4000]) == 15
    assert page.evaluate("([state, now]) => call.talked(state, now)", [after(page, LEG), 4000]) is None
