"""What a slow way to the server does to what is typed and asked."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, Route, expect

from firsthand.answer.models import Contact
from firsthand.know import actions as know
from tests import world
from tests.browser.conftest import new_context
from tests.browser.test_answer_a_call import _patient, connect, press
from tests.browser.test_voice import until

pytestmark = pytest.mark.browser
__all__ = ["_patient"]


def complaints(page: Page) -> list[str]:
    said: list[str] = []
    page.on("console", lambda one: said.append(one.text) if one.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    return said


def test_an_older_save_never_comes_after_a_newer_one(house, chromium, person_page):
    ada = person_page(world.ada(), "/desk/", hz=700)
    caller = new_context(chromium(hz=440)).new_page()
    caller.goto(f"{house.address}/call/?language=en")
    contact = connect(ada, caller)
    said = complaints(ada)
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    ada.route("**/record/", hold)
    press(ada, "Alt+w")
    ada.keyboard.type("Half")
    until(lambda: _waited(ada) and len(held) == 1)
    ada.keyboard.type(" and the rest")
    ada.wait_for_timeout(1500)
    assert len(held) == 1
    held[0].continue_()
    until(lambda: _waited(ada) and len(held) == 2)
    held[1].continue_()
    until(lambda: Contact.objects.get(pk=contact.pk).answered == "Half and the rest")
    assert said == []


def test_a_question_that_a_newer_one_replaces_is_no_error(person_page):
    know.load_catalogue()
    page = person_page(world.ada(), "/know/")
    said = complaints(page)
    held: list[Route] = []
    page.route("**/know/?words=*", lambda route: route.continue_() if held else held.append(route))
    page.keyboard.type("deduct")
    until(lambda: _waited(page) and held)
    page.keyboard.type("ible")
    expect(page.locator("#found a")).to_have_count(4)
    assert said == []


def _waited(page: Page) -> bool:
    page.wait_for_timeout(50)  # Playwright hears of a request only while it waits
    return True
