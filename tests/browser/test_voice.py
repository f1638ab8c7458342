"""Real calls between real browsers. Each party hums a tone; what is heard is told by ear, not by state."""

from __future__ import annotations

import time
from collections.abc import Callable
from itertools import pairwise

import pytest
from playwright.sync_api import Page

from firsthand.live import queries as live
from firsthand.voice import actions, queries
from firsthand.voice.models import Call, Leg
from firsthand.voice.pure.modes import HEARS
from tests import world
from tests.browser import barriers
from tests.browser.conftest import new_context, shot
from tests.browser.ears import TONES, figures, heard, put_ears

pytestmark = pytest.mark.browser
Pages = dict[str, Page]


def until(true: Callable[[], object], seconds: float = 15) -> object:
    """Wait for it. Says what it was when it did not come."""
    end = time.monotonic() + seconds
    while not (value := true()):
        assert time.monotonic() < end, f"not within {seconds} s"
        time.sleep(0.05)
    return value


def talking(page: Page, lines: int = 1) -> bool:
    said = figures(page).get("lines", {})
    return len(said) >= lines and all(line["state"] == "connected" for line in said.values())


def settled(page: Page, mode: str) -> bool:
    said = figures(page)
    return said.get("mode") == mode and all(
        line["state"] == "connected" and line["direction"] == line["wanted"]
        for line in said["lines"].values()
    )


@pytest.fixture
def open_page(house, chromium) -> Callable[[Leg], Page]:
    """The page of one party of the call, in a browser of its own."""

    def start(leg: Leg, script: str = "") -> Page:
        context = new_context(chromium(hz=TONES[leg.role]))
        put_ears(context)
        if script:
            context.add_init_script(script)
        if leg.person:
            house.sign_in(context, leg.person)
        else:
            house.cookie(context, queries.CALLER_COOKIE, leg.key)
        page = context.new_page()
        page.on("console", lambda said: print(leg.role, "console:", said.text))  # shown when the test fails
        page.on("pageerror", lambda error: print(leg.role, "error:", error))
        page.on("response", lambda answer: print(leg.role, answer.status, answer.request.method, answer.url))
        page.goto(house.address + ("/test/desk/" if leg.person else "/test/caller/"))
        return page

    return start


@pytest.fixture
def call(house) -> Call:
    return actions.start(carrier="browser")[0]


@pytest.fixture
def pair(call, open_page) -> Pages:
    """Frau Keller and Ada in a call, both hearing each other."""
    customer = open_page(call.legs.get())
    helper = open_page(actions.join(call, "helper", world.ada(), by=world.ada()))
    until(lambda: talking(customer) and talking(helper), 30)
    return {"customer": customer, "helper": helper}


def sounds(pages: Pages) -> dict[str, set[str]]:
    return {name: heard(page) for name, page in pages.items()}


def packets(page: Page) -> int:
    return sum(line["packetsReceived"] for line in figures(page)["lines"].values())


def test_two_people_hear_each_other_and_the_talk_clock_starts_with_the_sound(pair, call):
    assert sounds(pair) == {"customer": {"helper"}, "helper": {"customer"}}
    before = {name: figures(page)["lines"] for name, page in pair.items()}
    time.sleep(1)
    for name, other in (("customer", "helper"), ("helper", "customer")):
        now, then = figures(pair[name])["lines"][other], before[name][other]
        assert now["bytesReceived"] > then["bytesReceived"]
        assert now["bytesSent"] > then["bytesSent"]
    call.refresh_from_db()
    assert call.audible_at is not None
    assert call.audible_at > call.started_at
    clock = pair["helper"].locator("phone-bar [data-clock]")
    until(lambda: clock.inner_text() not in {"", "0:00"}, 5)
    assert pair["helper"].locator("phone-bar [data-words]").inner_text() == "You are talking."
    shot(pair["helper"], "phone-bar-talking")
    shot(pair["customer"], "caller-phone-talking")


def test_in_each_mode_exactly_those_hear_who_may(pair, call, open_page):
    ada = world.ada()
    pair["specialist"] = open_page(actions.join(call, "specialist", world.carla(), by=ada))
    order = [
        "talk",
        "hold",
        "talk",
        "consult",
        "whisper",
        "listen",
        "whisper",
        "conference",
        "hold",
        "conference",
    ]
    wrong = []
    for before, mode in pairwise(order):
        actions.set_mode(call, mode, by=ada)
        until(lambda mode=mode: all(settled(page, mode) for page in pair.values()))
        time.sleep(0.4)  # what was on its way has been played
        expected = {name: {speaker for speaker, ear in HEARS[mode] if ear == name} for name in pair}
        found = sounds(pair)
        if found != expected:
            # A click has every tone in it, also one's own: a packet that the receiver of a busy machine made
            # up. What is wrong lasts.
            time.sleep(1)
            found = sounds(pair)
        if found != expected:
            wrong.append((before, mode, found))
    assert wrong == []


def test_on_hold_the_caller_is_told_and_the_helper_too(pair, call):
    actions.set_mode(call, "hold", by=world.ada())
    words = "You are on hold. Your helper cannot hear you and will be back soon."
    until(lambda: pair["customer"].locator("caller-phone [data-words]").inner_text() == words)
    said = "On hold. The caller hears that they are waiting and cannot hear you."
    until(lambda: pair["helper"].locator("phone-bar [data-words]").inner_text() == said)
    assert sounds(pair) == {"customer": set(), "helper": set()}
    for page in pair.values():
        assert not barriers.found(page)
    actions.set_mode(call, "talk", by=world.ada())
    until(lambda: sounds(pair) == {"customer": {"helper"}, "helper": {"customer"}})


def test_who_mutes_is_not_heard_and_nobody_is_told(pair):
    helper, customer = pair["helper"], pair["customer"]
    words = customer.locator("caller-phone").inner_text()
    helper.keyboard.press("Alt+m")
    until(lambda: heard(customer) == set())
    assert helper.locator("phone-bar [data-trouble]").inner_text() == "You are muted. Nobody hears you."
    assert customer.locator("caller-phone [data-words]").inner_text() in words
    assert figures(customer)["muted"] is False
    helper.reload()  # a page that comes back must not open the microphone of somebody who is muted
    until(lambda: talking(helper) and talking(customer))
    time.sleep(1)
    assert heard(customer) == set()
    helper.keyboard.press("Alt+m")
    until(lambda: heard(customer) == {"helper"})


def test_a_forged_offer_is_refused_and_in_the_journal(pair, call, open_page):
    ada = world.ada()
    specialist = open_page(actions.join(call, "specialist", world.carla(), by=ada))
    actions.set_mode(call, "whisper", by=ada)
    until(lambda: settled(specialist, "whisper") and heard(specialist) == {"customer", "helper"})
    specialist.evaluate("""() => {
      for (const line of testLines) for (const each of line.getTransceivers()) each.direction = "sendrecv";
    }""")
    refused = until(lambda: specialist.evaluate("testAnswers"))
    assert (refused[0]["status"], refused[0]["code"]) == (409, "direction")
    time.sleep(1)
    # What would get through goes on; what a starved machine stutters for a moment is no voice.
    until(lambda: heard(pair["customer"]) == {"helper"})
    from firsthand.journal.models import Entry

    entry = Entry.objects.filter(verb="offer_refused").latest("at")
    assert entry.details["role"] == "specialist"
    assert "sdp" not in str(entry.details)


@pytest.mark.parametrize("who", ["helper", "customer"])
def test_a_reloaded_page_is_back_in_the_same_call(pair, call, who):
    pair[who].reload()
    until(lambda: all(talking(page) for page in pair.values()))
    until(lambda: sounds(pair) == {"customer": {"helper"}, "helper": {"customer"}})
    call.refresh_from_db()
    assert call.ended_at is None
    assert call.legs.count() == 2


def test_links_forms_and_back_do_not_end_a_call(pair, house):
    helper = pair["helper"]
    born = figures(helper)["lines"]["customer"]["born"]
    helper.click("text=other page")
    helper.wait_for_url("**/test/other/")
    assert helper.locator("h1").inner_text() == "other"
    helper.go_back()
    helper.wait_for_url("**/test/desk/")
    assert figures(helper)["lines"]["customer"]["born"] == born
    assert sounds(pair) == {"customer": {"helper"}, "helper": {"customer"}}


def test_a_lost_stream_is_not_noticed(pair):
    """Signalling gone for three seconds: the same connection goes on, and a change made meanwhile arrives."""
    helper = pair["helper"]
    born, before = figures(helper)["lines"]["customer"]["born"], packets(helper)
    helper.context.set_offline(True)
    time.sleep(3)
    assert packets(helper) > before + 50
    helper.context.set_offline(False)
    assert figures(helper)["lines"]["customer"]["born"] == born
    assert heard(helper) == {"customer"}


def test_sound_goes_on_while_the_server_is_dead_and_the_state_comes_back(pair, call, house):
    born = {name: [line["born"] for line in figures(page)["lines"].values()] for name, page in pair.items()}
    house.kill("web")
    before = {name: packets(page) for name, page in pair.items()}
    time.sleep(30)
    for name, page in pair.items():
        assert packets(page) > before[name] + 1000
    assert sounds(pair) == {"customer": {"helper"}, "helper": {"customer"}}
    house.start_one("web")
    house.wait_for_web()
    actions.set_mode(call, "hold", by=world.ada())
    until(lambda: all(settled(page, "hold") for page in pair.values()), 30)
    actions.set_mode(call, "talk", by=world.ada())
    until(lambda: sounds(pair) == {"customer": {"helper"}, "helper": {"customer"}})
    assert {n: [line["born"] for line in figures(p)["lines"].values()] for n, p in pair.items()} == born


@pytest.mark.parametrize(
    ("who", "words"),
    [("customer", "phone-bar"), ("helper", "caller-phone")],
)
def test_who_hangs_up_the_other_sees(pair, call, who, words):
    pair[who].click("[data-do='hang-up']")
    other = pair["helper" if who == "customer" else "customer"]
    said = {"customer": "The caller has hung up.", "helper": "The call has ended. Thank you for calling."}[
        who
    ]
    until(lambda: other.locator(f"{words} [data-words]").inner_text() == said, 5)
    until(lambda: figures(other) == {}, 5)
    call.refresh_from_db()
    assert call.ended_by == who
    with pytest.raises(actions.CallOver):
        actions.set_mode(call, "hold", by=None)


def test_a_second_window_does_not_steal_the_call_until_it_is_asked_to(pair, house):
    first = pair["helper"]
    second = first.context.new_page()
    second.goto(house.address + "/test/desk/")
    until(lambda: second.locator("phone-bar [data-words]").inner_text() == "Your call is in another window.")
    assert heard(first) == {"customer"}
    shot(second, "phone-bar-elsewhere")
    second.click("text=Bring the call here")
    until(lambda: talking(second) and heard(second) == {"customer"})
    until(lambda: first.locator("phone-bar [data-words]").inner_text() == "Your call is in another window.")


def test_a_page_that_is_gone_is_lost_and_then_the_call_ends(pair, call, house):
    until(live.serving_since)
    pair["customer"].context.browser.close()
    helper = pair["helper"].locator("phone-bar [data-words]")
    away = "The other side has closed or reloaded its page. Waiting for it to come back."
    until(lambda: helper.inner_text() == away, 20)
    until(lambda: call.legs.get(role="customer").lost_at, 16)
    until(lambda: helper.inner_text() == "The connection to the caller is gone.", 16)
    call.refresh_from_db()
    assert call.ended_by == "lost"


SPEAKERS = """
window.testSaid = [];
const voice = (lang, localService, name) => ({ lang, localService, name, default: false, voiceURI: name });
Object.defineProperty(window, "speechSynthesis", { value: Object.assign(new EventTarget(), {
  speaking: false,
  getVoices: () => VOICES,
  speak: ({ text, voice }) => testSaid.push([voice.name, text]),
  cancel: () => {},
}) });
window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
window.testTonesMade = 0;
const start = OscillatorNode.prototype.start;
OscillatorNode.prototype.start = function (...at) { testTonesMade += 1; return start.apply(this, at); };
"""
NETWORK, GERMAN, OWN = (
    'voice("en-US", false, "of the network")',
    'voice("de-DE", true, "German")',
    'voice("en-GB", true, "own")',
)


@pytest.mark.parametrize(
    ("voices", "spoken_by"),
    [([NETWORK, GERMAN, OWN], "own"), ([NETWORK, GERMAN], None)],
    ids=["own voice", "none"],
)
def test_who_waits_hears_it_said_by_this_computer_or_a_tone(call, open_page, voices, spoken_by):
    """A voice of the network would learn what is said; then a tone and the words on the page must do."""
    customer = open_page(call.legs.get(), script=SPEAKERS.replace("VOICES", f"[{', '.join(voices)}]"))
    customer.click("h1")  # as somebody who has just pressed "Call"
    until(lambda: customer.evaluate("testTonesMade") > 0, 10)
    open_page(actions.join(call, "helper", world.ada(), by=world.ada()))
    until(lambda: talking(customer), 30)
    made = customer.evaluate("testTonesMade")
    actions.set_mode(call, "hold", by=world.ada())
    words = "You are on hold. Your helper cannot hear you and will be back soon."
    until(lambda: customer.locator("caller-phone [data-words]").inner_text() == words)
    until(lambda: customer.evaluate("testTonesMade") > made, 10)
    said = customer.evaluate("testSaid")
    assert {speaker for speaker, _ in said} == ({spoken_by} if spoken_by else set())
    assert bool(spoken_by) == ([spoken_by, words] in said)
