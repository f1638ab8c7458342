"""From "Call" to "Done": a real call between two browsers, the helper on the keyboard."""

import re

import pytest
from playwright.sync_api import Page, expect

from firsthand.answer import queries
from firsthand.answer.models import Contact, Promise
from firsthand.know import actions as know
from firsthand.protect.models import Grant, Note
from tests import world
from tests.browser import barriers
from tests.browser.conftest import new_context, shot
from tests.browser.test_voice import until
from tests.logins import everything

pytestmark = pytest.mark.browser
LONG = 20_000  # a busy machine takes seconds for what a quiet one does at once


@pytest.fixture(autouse=True)
def _patient():
    expect.set_options(timeout=LONG)
    yield
    expect.set_options(timeout=5_000)


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


@pytest.fixture
def caller(house, chromium) -> Page:
    page = new_context(chromium(hz=440)).new_page()
    page.goto(f"{house.address}/call/?language=en")
    return page


@pytest.fixture
def ada(house, person_page) -> Page:
    know.load_catalogue()
    return person_page(world.ada(), "/desk/", hz=700)


def connect(ada: Page, caller: Page, **typed: str) -> Contact:
    press(ada, "Alt+r")
    expect(ada.get_by_text("You are ready")).to_be_visible()
    for label, value in typed.items():
        caller.get_by_label(label).fill(value)
    caller.get_by_role("button", name="Call", exact=True).click()
    expect(ada.get_by_text("A caller for you").first).to_be_visible(timeout=LONG)
    press(ada, "Alt+a")
    talking(ada)
    return Contact.objects.get()


def talking(ada: Page) -> None:
    expect(ada.locator("#call time-since")).to_be_visible(timeout=LONG)


def state(contact: Contact) -> str:
    contact.refresh_from_db()
    return contact.state


def test_a_call_from_ready_to_closed_without_a_mouse(house, ada, caller):
    barriers.none(ada, "desk-1-not-ready")
    press(ada, "Alt+r")
    expect(ada.get_by_text("You are ready")).to_be_visible()
    barriers.none(ada, "desk-2-ready")

    barriers.none(caller, "call-2-start")
    caller.get_by_label("Premium and payment").check()
    caller.get_by_label("Your name").fill("Ruth Keller")
    caller.get_by_role("button", name="Call", exact=True).click()
    expect(caller.get_by_text("You are next")).to_be_visible()

    expect(ada.get_by_text("A caller for you").first).to_be_visible(timeout=LONG)
    expect(ada).to_have_title(re.compile("A caller for you"))
    expect(ada.get_by_text("not verified")).to_be_visible()
    expect(ada.get_by_role("button", name="Answer")).to_be_focused()
    assert not barriers.found(ada)
    shot(ada, "desk-3-offered")
    press(ada, "Alt+a")
    talking(ada)
    expect(caller.get_by_text("You are talking to Ada.")).to_be_visible()
    barriers.none(caller, "call-4-talking")

    expect(ada.locator("#verify-name")).to_be_focused()
    barriers.none(ada, "desk-4-contact")
    ada.keyboard.type("Ruth Keller")
    for fact in ("4.3.1958", "8005"):
        press(ada, "Tab")
        ada.keyboard.type(fact)
    press(ada, "Enter")
    expect(ada.get_by_text("100200300")).to_be_visible()
    expect(ada.get_by_role("heading", name="Ruth Keller")).to_be_focused()

    press(ada, "Alt+c")
    ada.keyboard.type("more")
    expect(ada.locator("#found button")).to_have_count(1)
    barriers.none(ada, "desk-5-concerns")
    ada.evaluate("document.querySelector('#found button').before_it_is_asked_anew = true")
    press(ada, "Space", "ArrowDown")  # the arrow is faster than the answer
    until(lambda: not ada.evaluate("document.querySelector('#found button').before_it_is_asked_anew"))
    expect(ada.locator("#found button")).to_be_focused()
    press(ada, "Enter")
    expect(ada.locator("#concern h2")).to_have_text(re.compile("Why do I pay more"))
    expect(ada.locator("#knowledge")).to_contain_text("What a right answer needs")
    barriers.none(ada, "desk-6-verified")

    press(ada, "Alt+w")
    expect(ada.locator("#record-answered")).to_be_focused()
    ada.keyboard.type("The mean premium rises; yours with it.")
    press(ada, "Alt+n")
    ada.keyboard.type("Wants the new premium in a letter.")
    expect(ada.locator("#record-said")).to_have_text(re.compile(r"Saved \d\d:\d\d"))

    press(ada, "Alt+v")
    expect(ada.get_by_label("What did you promise?")).to_be_focused()
    ada.keyboard.type("Send the letter")
    ada.get_by_label("By when?").fill(
        "2099-12-31"
    )  # day or month first: as the browser's own language has it
    press(ada, "Enter")
    expect(ada.locator("#promises li")).to_contain_text("Send the letter")
    expect(ada.locator("#promises summary")).to_be_focused()

    press(ada, "Alt+h")
    expect(ada.locator("#call")).to_contain_text("On hold")
    expect(caller.get_by_text("Ada looks something up for you")).to_be_visible()
    barriers.none(caller, "call-5-on-hold")
    press(ada, "Alt+h")
    talking(ada)

    press(ada, "Alt+x")
    expect(ada.locator("#call")).to_contain_text("The call has ended.")
    expect(caller.get_by_role("heading", name="Thank you for your call")).to_be_visible()
    expect(caller.get_by_text("Send the letter")).to_be_visible()
    barriers.none(caller, "call-6-ended")
    press(ada, "Alt+s")
    expect(ada.locator("#record-solved_0")).to_be_focused()
    press(ada, "Space")
    barriers.none(ada, "desk-7-wrap-up")
    press(ada, "Alt+f")
    expect(ada.get_by_text("You are ready")).to_be_visible()

    contact = Contact.objects.get()
    assert (state(contact), contact.solved, contact.answered) == (
        "closed",
        True,
        "The mean premium rises; yours with it.",
    )
    with everything():
        assert Note.objects.get().words == "Wants the new premium in a letter."
    assert Promise.objects.get().due_on.year == 2099
    assert not Grant.objects.open().exists()
    assert "100200300" not in ada.content()


def test_back_and_other_pages_do_not_end_the_call(ada, caller):
    contact = connect(ada, caller)
    ada.get_by_role("banner").get_by_role("link", name="The room").click()
    expect(ada.get_by_role("heading", name="How is it going in the room?")).to_be_visible()
    ada.go_back()
    talking(ada)
    ada.locator("#promises summary").click()
    ada.get_by_label("What did you promise?").fill("Send it")
    ada.get_by_label("By when?").fill("2099-01-01")
    ada.get_by_role("button", name="Write the promise down").click()
    expect(ada.locator("#promises li")).to_contain_text("Send it")
    assert state(contact) == "connected"
    expect(caller.get_by_text("You are talking to Ada.")).to_be_visible()


def test_a_reload_of_either_page_brings_the_same_call_back(ada, caller):
    contact = connect(ada, caller)
    ada.get_by_label("What did you answer?").fill("Half a sentence")
    expect(ada.locator("#record-said")).to_contain_text("Saved")
    ada.reload()
    talking(ada)
    expect(ada.get_by_label("What did you answer?")).to_have_value("Half a sentence")
    caller.reload()
    expect(caller.get_by_text("You are talking to Ada.")).to_be_visible()
    expect(caller.locator("caller-phone")).to_contain_text("You are talking")
    assert state(contact) == "connected"
    assert contact.call.ended_at is None


def test_what_is_being_typed_survives_the_end_of_the_call(ada, caller):
    connect(ada, caller)
    field = ada.get_by_label("What did you answer?")
    field.click()
    ada.keyboard.type("I was just saying")
    caller.get_by_role("button", name="Hang up").click()
    expect(ada.locator("#call")).to_contain_text("The call has ended.")
    ada.keyboard.type(" that it is late")
    expect(field).to_have_value("I was just saying that it is late")


def test_a_killed_caller_frees_the_desk(ada, caller):
    contact = connect(ada, caller)
    caller.context.browser.close()
    expect(ada.locator("#call")).to_contain_text("The call has ended.", timeout=60_000)
    assert state(contact) == "wrap_up"
    ada.get_by_label("No, something stays open").check()
    press(ada, "Alt+p")
    expect(ada.get_by_text("You are not ready")).to_be_visible()


def test_a_second_window_is_told_that_the_desk_is_elsewhere(house, ada):
    press(ada, "Alt+r")
    expect(ada.get_by_text("You are ready")).to_be_visible()
    other = ada.context.new_page()
    other.goto(f"{house.address}/desk/")
    expect(other.get_by_text("Your desk is open in another window")).to_be_visible()
    other.get_by_role("button", name="Use this window").click()
    expect(ada.get_by_text("Your desk is open in another window")).to_be_visible(timeout=LONG)


def test_an_offer_nobody_answers_leaves_and_says_why(ada, caller):
    press(ada, "Alt+r")
    expect(ada.get_by_text("You are ready")).to_be_visible()
    caller.get_by_role("button", name="Call", exact=True).click()
    expect(ada.get_by_text("A caller for you").first).to_be_visible(timeout=LONG)
    expect(ada.get_by_text("You are not ready")).to_be_visible(timeout=60_000)
    expect(ada.locator("main .notice")).to_contain_text("Say “ready” when you are")
    expect(caller.get_by_text("You are next")).to_be_visible()


def test_the_room_s_pages_have_no_barrier(house, person_page, ada, caller):
    connect(ada, caller)
    otto = person_page(world.otto(), "/room/")
    for number, address in enumerate(("/room/", "/room/watch/", "/promises/"), start=1):
        otto.goto(house.address + address)
        barriers.none(otto, f"room-{number}")
    otto.goto(house.address + "/call/")
    barriers.none(otto, "call-1-choose")


def test_the_wall_asks_for_a_hand_when_the_longest_wait_passes_its_goal(house, person_page, caller):
    otto = person_page(world.otto(), "/room/")
    rules = queries.rules()
    rules.target_seconds = 5
    rules.save()
    try:
        caller.get_by_role("button", name="Call", exact=True).click()
        longest = otto.locator(".figure", has_text="the longest wait")
        expect(longest.locator("time-since")).to_be_visible()
        expect(longest).to_have_class(re.compile(r"\bnow\b"))
    finally:
        rules.target_seconds = 30
        rules.save()


def test_in_german_no_label_of_the_three_facts_is_broken_in_a_word(house, person_page, caller):
    know.load_catalogue()
    ada = person_page(world.ada(), "/desk/", hz=700, locale="de-CH")
    press(ada, "Alt+r")
    expect(ada.get_by_text("Sie sind bereit")).to_be_visible()
    caller.get_by_role("button", name="Call", exact=True).click()
    expect(ada.get_by_text("Ein Anruf für Sie").first).to_be_visible(timeout=LONG)
    press(ada, "Alt+a")
    talking(ada)
    labels = ada.locator(".pair label")
    expect(labels).to_contain_text(["Geburtsdatum", "Postleitzahl"])
    lines = "all => all.map(one => one.getClientRects().length && Math.round(one.offsetHeight / "
    lines += "parseFloat(getComputedStyle(one).lineHeight)))"
    assert labels.evaluate_all(lines) == [1, 1]
