"""What a reader sees of the stream: news at once, an honest word when it breaks, the rest when it is back."""

from __future__ import annotations

import time

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import Locator, Page, expect

from firsthand.learn import actions as learn
from firsthand.live import bus, topics
from tests import world
from tests.browser.conftest import shot

pytestmark = pytest.mark.browser

# Counts what a page opens; stands before the page's own script.
INSTRUMENT = """
  window.testStreams = [];
  window.EventSource = class extends EventSource {
    constructor(...said) { super(...said); testStreams.push(this); }
  };
"""


def streams(page: Page) -> int:
    """How many are open now."""
    return page.evaluate("testStreams.filter((stream) => stream.readyState !== 2).length")


def eventually(page: Page, script: str) -> None:
    """Playwright's own way evaluates in the page, which the page's policy forbids."""
    for _ in range(600):
        if page.evaluate(script):
            return
        page.wait_for_timeout(50)
    raise AssertionError(script)


def board(person_page, person, **more) -> Page:
    page = person_page(person, "/about-to-listen/", **more)
    page.add_init_script(INSTRUMENT)
    page.goto(page.url.replace("/about-to-listen/", "/board/"))
    eventually(page, "testStreams.some((stream) => stream.readyState === 1)")
    page.evaluate("window.sameDocument = true")
    return page


def said(page: Page, words: str) -> Locator:
    return page.locator("blockquote", has_text=words)


def say(words: str) -> float:
    learn.observe(words, about="letters", by=world.ada())
    return time.monotonic()


def test_what_one_says_the_others_read_within_two_seconds(house, person_page):
    eva, otto = board(person_page, world.eva()), board(person_page, world.otto())
    eva.locator("textarea").first.fill("I am still writing this")
    for number in range(5):
        began = say(f"The letter says {number} three times")
        for page in (eva, otto):
            expect(said(page, f"The letter says {number} three times")).to_be_visible(timeout=2000)
        assert time.monotonic() - began < 2
    assert eva.locator("textarea").first.input_value() == "I am still writing this"
    assert eva.evaluate("window.sameDocument") is True
    assert streams(eva) == streams(otto) == 1


def test_a_killed_web_process_is_said_in_words_and_everything_is_there_when_it_is_back(house, person_page):
    page = board(person_page, world.eva())
    house.kill("web")
    lost = page.get_by_text("The connection is lost.")
    expect(lost).to_be_visible(timeout=6000)
    shot(page, "live-lost")
    say("Said while nobody could hear it")
    house.start()
    expect(lost).to_be_hidden(timeout=20_000)
    expect(said(page, "Said while nobody could hear it")).to_be_visible(timeout=5000)
    say("And after that")
    expect(said(page, "And after that")).to_be_visible(timeout=2000)
    assert page.evaluate("window.sameDocument") is True
    assert streams(page) == 1


def test_a_server_that_is_stopped_does_not_wait_for_its_open_pages(house, person_page):
    page = board(person_page, world.eva())
    web = house.processes["web"]
    before = house.log.stat().st_size
    web.terminate()
    assert web.wait(10) == 0
    assert "refused to gracefully stop" not in house.log.read_text()[before:]
    house.start()
    eventually(page, "testStreams.some((stream) => stream.readyState === 1)")


def test_going_from_page_to_page_keeps_one_stream_and_hears_the_new_page(house, person_page):
    page = board(person_page, world.eva())
    page.locator("a.brand").click()
    expect(page).not_to_have_url(f"{house.address}/board/")
    page.go_back()
    expect(page.locator("#observations")).to_be_visible()
    page.wait_for_timeout(500)
    say("Heard after going back")
    expect(said(page, "Heard after going back")).to_be_visible(timeout=2000)
    assert page.evaluate("window.sameDocument") is True
    page.wait_for_timeout(300)
    assert streams(page) == 1


def test_a_page_on_which_nothing_changes_opens_no_stream(house, person_page):
    page = person_page(world.otto(), "/people/")
    page.add_init_script(INSTRUMENT)
    page.reload()
    page.wait_for_timeout(500)
    assert page.locator("[data-live], [data-live-messages]").count() == 0
    assert streams(page) == 0


def test_nothing_is_swapped_under_the_hands_of_somebody_who_types(house, person_page):
    page = board(person_page, world.otto())
    page.evaluate(
        "document.querySelector('#observations').insertAdjacentHTML('afterbegin', '<input id=typed>')"
    )
    page.locator("#typed").fill("half a sent")
    say("Meanwhile")
    page.wait_for_timeout(700)
    assert page.locator("#typed").input_value() == "half a sent"
    assert said(page, "Meanwhile").count() == 0
    page.locator("#typed").blur()
    expect(said(page, "Meanwhile")).to_be_visible(timeout=2000)


def test_the_keyboard_keeps_its_place_when_a_part_is_drawn_anew(house, person_page):
    say("Said first")
    other = learn.observe("Said next", about="letters", by=world.ada())
    page = board(person_page, world.otto())
    first, after = said(page, "Said first"), said(page, "Said next")
    link = page.locator("article", has=first).get_by_role("link")
    link.focus()
    say("Meanwhile another")
    expect(said(page, "Meanwhile another")).to_be_visible(timeout=2000)
    expect(link).to_be_focused()
    button = page.locator("article", has=after).get_by_role("button", name="Me too")
    button.focus()
    learn.me_too(other, by=world.otto())
    expect(page.locator("article", has=after)).to_contain_text("you too", timeout=2000)
    expect(button).to_have_count(0)
    expect(page.locator("[data-live]:focus")).to_have_count(1)


def test_a_stream_that_was_asked_for_and_never_speaks_is_asked_for_again(house, person_page):
    page = person_page(world.otto(), "/about-to-listen/")
    page.clock.install()
    silent = []
    page.route("**/live/?*", lambda route: silent.append(route) if not silent else route.continue_())
    page.goto(f"{house.address}/board/")
    page.wait_for_timeout(300)
    assert silent
    page.clock.run_for(32_000)
    say("Heard by the second")
    expect(said(page, "Heard by the second")).to_be_visible(timeout=5000)


def test_a_busy_topic_is_fetched_seldom_and_its_last_change_is_shown(house, person_page):
    page = board(person_page, world.otto())
    page.evaluate("document.querySelector('#observations').dataset.liveThrottle = 1000")
    asked: list[str] = []
    page.on("request", lambda request: "hx-live" in request.headers and asked.append(request.url))
    for number in range(12):
        say(f"Busy {number}")
        page.wait_for_timeout(100)
    expect(said(page, "Busy 11")).to_be_visible(timeout=3000)
    assert 2 <= len(asked) <= 4


def test_what_comes_back_unchanged_is_not_touched(house, person_page):
    say("It stands")
    page = board(person_page, world.otto())
    page.evaluate("document.querySelector('#observations').firstElementChild.testMark = true")
    with page.expect_response(lambda response: "hx-live" in response.request.headers):
        bus.touch("board")
    page.wait_for_timeout(300)
    assert page.evaluate("document.querySelector('#observations').firstElementChild.testMark") is True


def test_who_signs_out_in_one_tab_is_told_so_in_the_other(house, person_page):
    page = board(person_page, world.otto())
    key = next(cookie["value"] for cookie in page.context.cookies() if "session" in cookie["name"])
    Session.objects.filter(session_key=key).delete()
    bus.touch(topics.session(key))
    expect(page.get_by_text("You are signed out.")).to_be_visible(timeout=3000)
    expect(page.locator("main")).to_be_empty()
    page.wait_for_timeout(1000)
    assert streams(page) == 0
    shot(page, "live-ended")


def test_a_hidden_tab_goes_quiet_and_shows_everything_when_it_is_seen_again(house, person_page):
    page = person_page(world.otto(), "/about-to-listen/")
    page.clock.install()
    page.add_init_script(INSTRUMENT)
    page.goto(f"{house.address}/board/")
    eventually(page, "testStreams.some((stream) => stream.readyState === 1)")
    hide = """(hidden) => {
      Object.defineProperty(document, "hidden", { configurable: true, value: hidden });
      document.dispatchEvent(new Event("visibilitychange"));
    }"""
    page.evaluate(hide, True)
    page.clock.fast_forward(31_000)
    eventually(page, "testStreams.every((stream) => stream.readyState === 2)")
    say("Nobody was looking")
    page.evaluate(hide, False)
    page.clock.run_for(2000)
    expect(said(page, "Nobody was looking")).to_be_visible(timeout=5000)
    assert streams(page) == 1
