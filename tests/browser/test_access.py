"""Who does not see the page, or has no mouse: what is said aloud, where the keyboard stands, what still has an edge."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests import world
from tests.browser.conftest import new_context
from tests.browser.test_answer_a_call import LONG, press

pytestmark = pytest.mark.browser

# What a screen reader is given to say in a while, by the nearest live region around each change.
SPOKEN = """async () => {
  const said = [];
  const region = (node) => node?.closest("[aria-live], [role=status], [role=alert]");
  const watch = new MutationObserver((changes) => {
    for (const { target } of changes) {
      const around = region(target.nodeType === 1 ? target : target.parentElement);
      if (around && around.getAttribute("aria-live") !== "off") said.push(around.textContent.trim());
    }
  });
  watch.observe(document.body, { subtree: true, childList: true, characterData: true });
  await new Promise((done) => setTimeout(done, 2500));
  return said;
}"""


REGION = "((words) => document.querySelector(`main ${words}`).closest('[role=status]'))"


@pytest.fixture
def ada(house, person_page) -> Page:
    return person_page(world.ada(), "/desk/", hz=700)


@pytest.fixture
def caller(house, chromium) -> Page:
    page = new_context(chromium(hz=440)).new_page()
    page.goto(f"{house.address}/call/?language=en")
    return page


def test_a_ringing_call_says_what_it_is_and_its_clock_is_not_read_out_each_second(ada, caller):
    expect.set_options(timeout=LONG)
    try:
        press(ada, "Alt+r")
        expect(ada.get_by_text("You are ready")).to_be_visible()
        caller.get_by_role("button", name="Call", exact=True).click()
        answer = ada.get_by_role("button", name="Answer")
        expect(answer).to_be_focused()
        expect(answer).to_have_accessible_description("A caller for you English")
        # The region was there before its words changed, or nothing would be said.
        caller.evaluate(f"{REGION}('.lead').was = true")
        press(ada, "Alt+a")
        expect(ada.locator("#call time-since")).to_be_visible()
        expect(caller.get_by_text("You are talking to Ada.")).to_be_visible()
        assert caller.evaluate(f"{REGION}('.talking').was") is True
        assert not ada.evaluate(SPOKEN)
    finally:
        expect.set_options(timeout=5_000)


def test_the_keyboard_stands_in_the_first_field_that_is_wrong(caller):
    caller.get_by_label("Your phone number").fill("nothing")
    caller.get_by_role("button", name="Call", exact=True).click()
    wrong = caller.locator("[aria-invalid=true]").first
    expect(wrong).to_be_focused()
    expect(wrong).to_have_accessible_description(re.compile("."))


def test_copied_is_said_only_of_what_was_copied(house, person_page):
    page = person_page(world.otto(), f"/people/{world.beat().pk}/")
    page.get_by_role("button", name="invitation").click()
    page.evaluate("Object.defineProperty(navigator, 'clipboard', { value: undefined })")  # as over plain http
    page.evaluate("document.execCommand = () => false")
    copy = page.get_by_role("button", name="Copy the link")
    copy.click()
    page.wait_for_timeout(100)
    expect(page.get_by_text("Copied.")).to_be_hidden()
    page.evaluate("delete document.execCommand")
    page.evaluate("document.addEventListener('copy', () => { document.body.dataset.copied = 'yes'; })")
    copy.click()
    expect(page.get_by_text("Copied.")).to_be_visible()
    expect(page.locator("body[data-copied=yes]")).to_have_count(1)


def test_forced_colours_keep_what_only_a_colour_says(house, person_page):
    page = person_page(world.otto(), "/room/")
    page.emulate_media(forced_colors="active")
    edges = page.evaluate(
        "[...document.querySelectorAll('#nav > a')]"
        ".map((link) => [link.matches('[aria-current]'), getComputedStyle(link).borderBlockEndWidth])"
    )
    assert {width for here, width in edges if here} == {"2px"}
    assert {width for here, width in edges if not here} == {"0px"}
