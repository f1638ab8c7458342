"""What only a browser can show of the frame: passkeys, the lock, keys, a refusal in place."""

import time
from importlib import import_module

import pytest
from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase
from django.contrib.sessions.models import Session
from playwright.sync_api import Page, expect

from firsthand.people import actions
from tests import world
from tests.browser import barriers
from tests.browser.conftest import new_context, shot

pytestmark = pytest.mark.browser
FINGER = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


def with_a_finger(page: Page) -> list[str]:
    """Give the computer of this page a fingerprint reader; the list is what the browser complains about."""
    device = page.context.new_cdp_session(page)
    device.send("WebAuthn.enable")
    device.send("WebAuthn.addVirtualAuthenticator", {"options": FINGER})
    complaints: list[str] = []
    page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    return complaints


def invited(house, chromium, person) -> Page:
    """A browser without anybody, on the page of an invitation."""
    page = new_context(chromium()).new_page()
    page.goto(house.address + actions.invite(person, by=None))
    return page


def make_a_passkey(page: Page) -> None:
    page.get_by_role("button", name="Make a passkey").click()
    page.get_by_label("A name for this key").fill("my laptop")
    page.get_by_role("button", name="Make the passkey").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Codes for an emergency")


def sessions() -> list[SessionBase]:
    engine = import_module(settings.SESSION_ENGINE).SessionStore
    return [engine(row.session_key) for row in Session.objects.all()]


def nobody_touched_it_for(minutes: float) -> None:
    for session in sessions():
        session["people_seen"] = time.time() - minutes * 60
        session.save()


def test_a_passkey_is_made_and_signs_in(house, chromium):
    page = invited(house, chromium, world.beat())
    complaints = with_a_finger(page)
    make_a_passkey(page)
    page.locator(".house .self").click()
    page.get_by_role("button", name="Sign out").click()
    page.get_by_role("button", name="Sign in with my passkey").click()
    expect(page.locator(".house .self-name")).to_have_text("Beat Aebi")
    assert complaints == []


def test_an_idle_page_locks_and_a_passkey_leads_back(house, chromium):
    page = invited(house, chromium, world.carla())
    with_a_finger(page)
    make_a_passkey(page)
    page.clock.install()
    page.goto(f"{house.address}/people/secrecy/?from=test")
    nobody_touched_it_for(minutes=16)
    page.clock.fast_forward("16:00")
    expect(page.get_by_role("heading", level=1)).to_have_text("Is it still you?")
    assert "Everything you learn" not in page.content()
    page.go_back()
    expect(page.get_by_role("heading", level=1)).to_have_text("Is it still you?")
    shot(page, "locked")
    page.get_by_role("link", name="Use my passkey").click()
    page.get_by_role("button", name="Use my passkey").click()
    page.wait_for_url("**/people/secrecy/?from=test")


def warned_page(person_page) -> Page:
    """Somebody typed a name fourteen minutes and a half ago and has gone for a coffee."""
    page = person_page(world.otto(), "/people/add/")
    page.clock.install()
    page.reload()
    page.get_by_label("Name").fill("Gre")
    with page.expect_response("**/people/here/"):  # of a hand that is told at the end of its minute
        page.clock.fast_forward("01:00")
    nobody_touched_it_for(minutes=14.5)
    page.clock.fast_forward("14:30")
    expect(page.locator("#lock")).to_have_text("This page locks in a minute. Press any key to stay. Stay")
    return page


def test_a_page_says_a_minute_before_that_it_locks_and_a_key_keeps_it(house, person_page):
    page = warned_page(person_page)
    assert page.locator("#lock").get_attribute("role") == "status"
    expect(page.get_by_label("Name")).to_be_focused()
    barriers.none(page, "locks-in-a-minute", barriers.WIDTHS)
    with page.expect_response("**/people/here/") as told:
        page.keyboard.press("t")
    assert told.value.request.method == "POST"
    expect(page.locator("#lock .notice")).to_have_count(0)
    expect(page.get_by_label("Name")).to_have_value("Gret")
    page.clock.fast_forward("02:00")
    expect(page.get_by_role("heading", level=1)).to_have_text("Who is new?")


def test_the_button_of_the_warning_keeps_the_page_too(house, person_page):
    page = warned_page(person_page)
    with page.expect_response("**/people/here/"):
        page.get_by_role("button", name="Stay").click()
    expect(page.locator("#lock .notice")).to_have_count(0)
    expect(page.get_by_label("Name")).to_have_value("Gre")


def test_a_hand_in_another_tab_takes_the_warning_back(house, person_page):
    page = warned_page(person_page)
    nobody_touched_it_for(minutes=0)
    page.clock.fast_forward("00:15")
    expect(page.locator("#lock .notice")).to_have_count(0)


def they_show_that_it_is_them(page: Page) -> None:
    """As a sign-in does, which renews the token of the forms too."""
    page.context.add_cookies([{"name": "csrftoken", "value": "a" * 32, "domain": "localhost", "path": "/"}])
    for session in sessions():
        session["people_seen"] = time.time()
        session.pop("people_locked", None)
        session.save()


def laid_aside(person_page) -> Page:
    page = warned_page(person_page)
    nobody_touched_it_for(minutes=16)
    page.clock.fast_forward("00:31")
    expect(page.get_by_role("heading", level=1)).to_have_text("Is it still you?")
    assert "Who is new?" not in page.content()
    expect(page.locator("header")).to_be_hidden()
    return page


def test_what_was_typed_outlives_the_lock(house, person_page):
    page = laid_aside(person_page)
    barriers.none(page, "laid-aside", barriers.WIDTHS)
    with page.expect_popup() as other:
        page.get_by_role("link", name="Show that it is you").click()
    expect(other.value.get_by_role("heading", level=1)).to_have_text("Is it still you?")
    they_show_that_it_is_them(page)
    page.clock.fast_forward("00:05")
    expect(page.get_by_role("heading", level=1)).to_have_text("Who is new?")
    expect(page.get_by_label("Name")).to_have_value("Gre")
    expect(page.get_by_label("Name")).to_be_focused()
    assert other.value.is_closed()
    page.get_by_label("Name").press("t")
    expect(page.get_by_label("Name")).to_have_value("Gret")


def test_nobody_else_gets_what_was_typed(house, person_page):
    page = laid_aside(person_page)
    house.sign_in(page.context, world.ada())
    page.clock.fast_forward("00:05")
    expect(page.get_by_role("heading", level=1)).to_have_text("This page does not exist")
    expect(page.get_by_label("Name")).to_have_count(0)


def test_what_is_sent_after_the_lock_is_typed_still(house, person_page):
    page = person_page(world.otto(), "/people/add/")
    page.get_by_label("Name").fill("Greta")
    page.get_by_label("E-mail address").fill("greta@firnlicht.example")
    page.get_by_label("Helper").check()
    nobody_touched_it_for(minutes=16)
    page.get_by_role("button", name="Add").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Is it still you?")
    they_show_that_it_is_them(page)
    expect(page.get_by_label("Name")).to_have_value("Greta", timeout=12_000)
    page.get_by_role("button", name="Add").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Greta")


def test_typing_keeps_a_page_open(house, person_page):
    page = person_page(world.otto(), "/people/add/")
    page.clock.install()
    page.reload()
    nobody_touched_it_for(minutes=14)
    page.clock.fast_forward("02:00")
    with page.expect_response("**/people/here/"):
        page.get_by_label("Name").press("G")
    page.clock.fast_forward("02:00")
    expect(page.get_by_role("heading", level=1)).to_have_text("Who is new?")


def test_a_refusal_leaves_what_was_typed(house, person_page):
    page = person_page(world.otto(), f"/people/{world.otto().pk}/")
    page.get_by_label("Name", exact=True).fill("Typed but not saved")
    page.get_by_role("button", name="no longer works here").click()
    expect(page.locator("#notices")).to_contain_text("This is the last organiser.")
    expect(page.get_by_label("Name", exact=True)).to_have_value("Typed but not saved")
    page.locator("#notices").get_by_role("button", name="Close").click()
    expect(page.locator("#notices .notice")).to_have_count(0)


def test_keys_press_and_are_listed(house, person_page):
    page = person_page(world.otto(), "/people/")
    page.keyboard.press("?")
    expect(page.locator("dialog[open]")).to_have_count(
        0
    )  # a sign alone is somebody's word, typed or dictated
    page.keyboard.press("Alt+k")
    expect(page.get_by_role("dialog")).to_contain_text("Add somebody")
    page.keyboard.press("Escape")
    page.locator(".house .self").click()
    page.get_by_role("button", name="Keys of this page").click()
    expect(page.get_by_role("dialog")).to_contain_text("Add somebody")
    page.keyboard.press("Escape")
    page.get_by_label("Name, address or team").press("?")
    expect(page.get_by_role("dialog")).to_have_count(0)
    page.wait_for_url("**/people/?words=%3F*")
    expect(page.locator("#found")).to_contain_text("Nobody fits")
    page.keyboard.press("Alt+n")
    expect(page.get_by_role("heading", level=1)).to_have_text("Who is new?")
    assert page.evaluate("document.activeElement.localName") == "main"
    page.go_back()
    expect(page.get_by_role("heading", level=1)).to_have_text("Who works here?")
    assert (
        page.evaluate("Object.keys(localStorage).concat(Object.keys(sessionStorage)).join()").count(
            "history-cache"
        )
        == 0
    )


def test_nobody_is_kept_out_before_signing_in(house, chromium):
    page = new_context(chromium(), viewport={"width": 390, "height": 844}).new_page()
    link = actions.invite(world.beat(), by=None)
    for path in ["/accounts/login/", "/accounts/password/reset/", "/accounts/signup/", link]:
        page.goto(house.address + path)
        barriers.none(page, path.strip("/").replace("/", "-") if path != link else "invited")


PAGES = ["/people/", "/people/add/", "/people/me/", "/people/secrecy/", "/accounts/2fa/", "/nowhere/"]


def test_no_page_of_ours_keeps_anybody_out(house, person_page):
    page = person_page(world.otto())
    for path in [*PAGES, f"/people/{world.beat().pk}/"]:
        page.goto(house.address + path)
        barriers.none(page, path.strip("/").replace("/", "-"), barriers.WIDTHS)
