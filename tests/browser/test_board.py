"""Two taps from any page: what is said stands on everybody's board; what is half typed stays."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from firsthand.kernel import zones
from firsthand.learn import actions
from tests import world
from tests.browser import barriers

pytestmark = pytest.mark.browser
WORDS = "Niemand versteht den zweiten Absatz."


def say(page: Page, words: str) -> None:
    page.keyboard.press("Alt+o")
    page.keyboard.type(words)
    page.get_by_role("button", name="Say it").click()


def on_board(page: Page, words: str):
    return page.locator("article", has_text=words)


def test_two_taps_and_it_stands_on_the_executives_page(person_page):
    ada, eva = person_page(world.ada(), "/board/"), person_page(world.eva(), "/")
    say(ada, WORDS)
    expect(ada.get_by_text("It is on the board now, under “Something else”.")).to_be_visible()
    expect(ada.get_by_label("What did you hear?")).to_have_value("")
    expect(ada.get_by_role("button", name="Say it")).to_be_focused()
    expect(on_board(eva, WORDS)).to_be_visible()
    on_board(eva, WORDS).get_by_role("button", name="Me too").click()
    expect(on_board(ada, WORDS).get_by_text("1 other heard the same")).to_be_visible()


def test_a_no_is_said_at_the_field(person_page):
    ada = person_page(world.ada(), "/board/")
    say(ada, " ")
    expect(ada.get_by_role("alert").filter(has_text="no words yet")).to_be_visible()


def test_what_is_half_typed_outlives_filtering_and_news(person_page):
    actions.observe("Der Knopf fehlt.", about="portal", by=world.carla())
    actions.observe("Der Brief.", about="letters", by=world.carla())
    ada = person_page(world.ada(), "/board/")
    ada.get_by_label("What did you hear?").fill("Halb")
    ada.get_by_role("link", name="Portal and app").first.click()
    ada.wait_for_url("**/board/?about=portal")
    expect(on_board(ada, "Der Brief.")).to_have_count(0)
    expect(ada.get_by_label("What did you hear?")).to_have_value("Halb")
    actions.observe("Auch der zweite Knopf.", about="portal", by=world.carla())
    expect(on_board(ada, "Auch der zweite Knopf.")).to_be_visible()
    expect(ada.get_by_label("What did you hear?")).to_have_value("Halb")


def test_the_author_withdraws_and_the_place_stays(person_page):
    actions.observe(WORDS, by=world.ada())
    ada = person_page(world.ada(), "/board/")
    ada.get_by_text("Withdraw", exact=True).click()
    ada.get_by_role("button", name="Yes, withdraw my words").click()
    expect(ada.get_by_text("Withdrawn by its author")).to_be_visible()
    expect(ada.get_by_text(WORDS)).to_have_count(0)


def test_paper_gets_the_words_and_no_buttons(person_page):
    actions.observe(WORDS, by=world.carla())
    ada = person_page(world.ada(), "/board/")
    ada.emulate_media(media="print")
    expect(on_board(ada, WORDS).locator("blockquote")).to_be_visible()
    expect(ada.get_by_text("chain", exact=False).last).to_be_visible()
    expect(ada.get_by_label("What did you hear?")).to_be_hidden()
    expect(ada.locator("button:visible")).to_have_count(0)


START = {
    world.ada: ["/", "/board/"],
    world.otto: ["/", "/board/owners/"],
    world.eva: ["/"],
    world.dario: ["/"],
    world.petra: ["/"],
}


@pytest.mark.parametrize(("who", "paths"), START.items(), ids=[who.__name__ for who in START])
def test_board_and_start_pages_are_free_of_barriers(person_page, house, who, paths):
    actions.observe(WORDS, about="terms", by=world.carla())
    dario = world.dario()
    with zones.of(zones.LEARN):
        actions.hand_over("terms", dario, by=None)
    page = person_page(who())
    for path in paths:
        page.goto(house.address + path)
        barriers.none(page, f"{who.__name__}{path.replace('/', '-')}", barriers.WIDTHS)
