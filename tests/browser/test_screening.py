"""A confidence typed at the desk: shown under the field, sealed, and a closed line at the next contact."""

import pytest
from playwright.sync_api import Page, expect

from firsthand.answer import actions
from firsthand.answer.models import Contact
from firsthand.know import actions as know
from firsthand.know.models import Concern, ConcernText
from firsthand.protect.models import Confidence, Note
from tests import world
from tests.answer import room
from tests.browser import barriers
from tests.browser.test_answer_a_call import press
from tests.logins import everything

pytestmark = pytest.mark.browser
SAID = "Sie trinkt wieder."
LONG = 20_000


@pytest.fixture(autouse=True)
def _patient():
    expect.set_options(timeout=LONG)
    yield
    expect.set_options(timeout=5_000)


@pytest.fixture
def ada(house, person_page) -> Page:
    know.load_catalogue()
    world.frau_keller()
    page = person_page(world.ada(), "/desk/", hz=700)
    press(page, "Alt+r")
    expect(page.get_by_text("You are ready")).to_be_visible()
    return page


def with_keller(house, ada: Page, code: str) -> Contact:
    """Frau Keller calls and is verified, and the concern is named."""
    contact = room.arrive()
    expect(ada.get_by_text("A caller for you").first).to_be_visible()
    press(ada, "Alt+a")
    expect(ada.locator("#call")).to_be_visible()
    room.verify(contact)
    actions.name_concern(contact, Concern.objects.get(code=code), by=world.ada())
    ada.goto(f"{house.address}/desk/")
    expect(ada.locator("#person")).to_contain_text("Ruth Keller")
    return contact


def test_a_confidence_is_sealed_at_the_desk_and_opened_with_a_reason_by_the_next(house, ada):
    contact = with_keller(house, ada, "CH28")

    press(ada, "Alt+n")
    ada.keyboard.type(f"Neue Adresse ab Mai. {SAID}")
    part = ada.locator("#screen-record-words")
    expect(part).to_contain_text("Sounds like: addiction.")
    expect(part.locator("mark")).to_contain_text("trinkt")
    expect(ada.locator("#record-words")).to_be_focused()
    barriers.none(ada, "screen-1-found")

    press(ada, "Alt+l")
    expect(part).to_contain_text("is sealed.")
    expect(ada.locator("#record-words")).to_be_focused()
    ada.keyboard.type(" Police schicken.")
    expect(ada.locator("#record-said")).to_contain_text("sealed: addiction")
    ada.wait_for_timeout(1500)
    expect(part).not_to_contain_text("Sounds like")  # asked once
    barriers.none(ada, "screen-2-sealed")
    contact.refresh_from_db()
    assert "trinkt" not in contact.note_words
    assert ada.evaluate("JSON.stringify([{...localStorage}, {...sessionStorage}])").count("trinkt") == 0

    actions.hang_up(contact, by=world.ada())
    expect(ada.locator("#call")).to_contain_text("The call has ended.")
    press(ada, "Alt+s", "Space", "Alt+f")
    expect(ada.get_by_text("You are ready")).to_be_visible()
    with everything():
        assert Confidence.objects.living().count() == 1
        assert "trinkt" not in Note.objects.get().words

    with_keller(house, ada, "CH21")
    person = ada.locator("#person")
    expect(person).to_contain_text("Sealed")
    expect(person).to_contain_text("kept until")
    assert "trinkt" not in ada.content()
    barriers.none(ada, "screen-3-line")
    for width in (390, 1440):
        ada.set_viewport_size({"width": width, "height": 900})
        assert not barriers.found(ada)
        field, button = (
            ada.locator(f"form[role=search] {one}").bounding_box() for one in ("input[type=search]", "button")
        )
        assert field
        assert button
        assert abs(field["y"] - button["y"]) < field["height"], "beside, not below"
    person.get_by_text("Open with a reason").click()
    expect(person.get_by_label("Why do you need it now?")).to_be_focused()
    ada.keyboard.type("Frage nach der Therapie")
    press(ada, "Enter")
    expect(person).to_contain_text("trinkt wieder")
    barriers.none(ada, "screen-4-opened")
    ada.reload()
    expect(ada.locator("#person")).to_contain_text("Open with a reason")
    assert "trinkt" not in ada.content()


def test_needed_because_takes_a_reason_and_gives_the_keyboard_back(house, ada):
    contact = with_keller(house, ada, "CH28")
    press(ada, "Alt+n")
    ada.keyboard.type("Sie lebt getrennt.")
    part = ada.locator("#screen-record-words")
    expect(part).to_contain_text("Sounds like: separation.")
    press(ada, "Alt+b")
    expect(part.get_by_label("Needed because")).to_be_focused()
    ada.keyboard.type("zwei Haushalte")
    barriers.none(ada, "screen-5-reason")
    with ada.expect_response(lambda answer: answer.url.endswith("/record/")):  # a decision saves, too
        press(ada, "Enter")
        expect(part).to_contain_text("stays: zwei Haushalte.")
    expect(ada.locator("#record-words")).to_be_focused()
    expect(ada.locator("#record-said")).to_contain_text("Saved")
    contact.refresh_from_db()
    assert contact.note_words == "Sie lebt getrennt."
    assert contact.needed[0]["why"] == "zwei Haushalte"


def test_another_concern_asks_about_what_the_first_one_needed(house, ada):
    with_keller(house, ada, "CH21")
    press(ada, "Alt+n")
    ada.keyboard.type(SAID)
    expect(ada.locator("#record-said")).to_contain_text("Saved")
    part = ada.locator("#screen-record-words")
    expect(part).not_to_contain_text("Sounds like")

    press(ada, "Alt+c")
    expect(ada.locator("#concern-words")).to_be_focused()
    ada.keyboard.type(ConcernText.objects.get(concern__code="CH28", language="en").question)
    expect(ada.locator("#concern button.choose")).to_have_count(1)
    press(ada, "ArrowDown", "Enter")
    expect(part).to_contain_text("Sounds like: addiction.")
