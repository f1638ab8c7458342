"""A file that has closed is gone from the open page within a second."""

import time

import pytest
from playwright.sync_api import Page, expect

from firsthand.answer import actions as answer
from firsthand.answer.models import Contact
from firsthand.know import actions as know
from firsthand.protect import actions as protect
from tests import world
from tests.answer import room

pytestmark = pytest.mark.browser
LONG = 20_000
WITHIN = 1.0


def gone_after(page: Page, file: str) -> float:
    began = time.monotonic()
    expect(page.get_by_text(file)).to_have_count(0, timeout=10_000)
    return time.monotonic() - began


def opened_at_desk(page: Page) -> Contact:
    page.keyboard.press("Alt+r")
    expect(page.get_by_text("You are ready")).to_be_visible(timeout=LONG)
    contact = room.arrive(carrier="fake")
    expect(page.get_by_text("A caller for you").first).to_be_visible(timeout=LONG)
    page.keyboard.press("Alt+a")
    expect(page.locator("#verify-name")).to_be_visible(timeout=LONG)
    for field, words in (("name", "Ruth Keller"), ("born_on", "4.3.1958"), ("postcode", "8005")):
        page.locator(f"#verify-{field}").fill(words)
    page.keyboard.press("Alt+i")
    expect(page.get_by_text("100200300")).to_be_visible(timeout=LONG)
    return contact


def test_the_desk_loses_the_file_when_the_contact_goes_back_to_the_queue(house, person_page):
    know.load_catalogue()
    world.frau_keller()
    page = person_page(world.ada(), "/desk/", hz=0)
    contact = opened_at_desk(page)
    answer.helper_silent(contact)
    assert gone_after(page, "100200300") <= WITHIN


def test_broken_glass_closes_on_the_open_page(house, person_page):
    world.frau_keller()
    carla = world.carla()
    page = person_page(carla, "/protect/open/")
    page.get_by_label("Member number or AHV number").fill("100200300")
    page.get_by_label("A letter or an e-mail to answer").check()
    page.get_by_label("Why do you need it now?").fill("A letter about the invoice of May")
    page.keyboard.press("Alt+o")
    expect(page.get_by_text("Limmatstrasse")).to_be_visible(timeout=LONG)
    protect.close_opened(by=carla)
    assert gone_after(page, "Limmatstrasse") <= WITHIN
