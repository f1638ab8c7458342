"""Find what is true and come back; make somebody ready by keyboard; see who looked."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from firsthand.know import actions as know
from firsthand.plan import actions as plan
from firsthand.protect import actions as protect
from firsthand.protect import queries as protect_queries
from firsthand.train.models import Readiness
from tests import world
from tests.browser import barriers
from tests.plan import planned

pytestmark = pytest.mark.browser


@pytest.fixture
def week(house):
    """The house stands through all tests, and what was planned in it."""
    planned.forget()
    Readiness.objects.filter(person=world.beat()).delete()
    today = timezone.localdate()
    return plan.make("Autumn", today, today + timedelta(days=5), by=None)


def found(page: Page):
    return page.locator("#found a")


def test_it_finds_as_one_types_and_back_comes_back_to_it(person_page):
    know.load_catalogue()
    ada = person_page(world.ada(), "/know/")
    ada.keyboard.type("deductible")  # the field has the cursor already
    expect(found(ada)).to_have_count(4)
    ada.get_by_role("link", name="Which deductible is worth it?").click()
    ada.wait_for_url("**/know/CH10/")
    expect(ada.get_by_text("Not confirmed")).to_be_visible()
    ada.go_back()
    ada.wait_for_url("**/know/?words=deductible*")
    expect(ada.get_by_label("What does the caller say?")).to_have_value("deductible")
    expect(found(ada)).to_have_count(4)


def test_an_organiser_needs_no_mouse(person_page, week):
    otto = person_page(world.otto(), "/readiness/")
    cell = otto.locator("button[aria-label^='Beat Aebi, Moving, family, new job']")
    cell.focus()
    otto.keyboard.press("Enter")
    expect(otto.get_by_role("button", name="Beat Aebi, Moving, family, new job: ready until")).to_be_focused()
    otto.keyboard.press("Enter")
    expect(otto.get_by_role("button", name="Beat Aebi, Moving, family, new job: not ready")).to_be_focused()
    otto.keyboard.press("Alt+g")
    expect(otto.get_by_text("4 of 4 are ready for everything.")).to_be_visible()


def test_another_organisers_change_is_seen(person_page, week):
    one, other = person_page(world.otto(), "/readiness/"), person_page(world.otto(), "/readiness/")
    one.get_by_role("button", name="Make ready Beat Aebi").click()
    expect(other.get_by_text("4 of 4 are ready for everything.")).to_be_visible()


def test_the_officer_finds_a_member_without_a_number_in_the_address(person_page):
    keller, ada = world.frau_keller(), world.ada()
    protect.open_file(41, keller, by=ada)
    protect_queries.file_for(ada, 41)
    petra = person_page(world.petra(), "/protect/looked/")
    expect(petra.get_by_text("complete and unchanged (")).to_be_visible()
    petra.get_by_label("Member number or AHV number").fill("756.1234.5678.97")
    petra.keyboard.press("Enter")
    petra.wait_for_url(f"**/protect/looked/?member={keller.pk}")
    expect(petra.locator("tbody")).to_contain_text("Ada Lindner")  # below Petra's own look at this list
    with petra.expect_download() as download:
        petra.get_by_role("button", name="For the member (CSV)").click()
    rows = download.value.path().read_text(encoding="utf-8-sig").splitlines()
    assert any("Helper" in row and row.endswith(",41") for row in rows)
    petra.goto(petra.url.split("?")[0])
    petra.get_by_label("Member number or AHV number").fill("1")
    petra.keyboard.press("Enter")
    expect(petra.get_by_text("No member has this number.")).to_be_visible()


LISTS = {
    world.ada: ["/know/", "/know/CH14/", "/protect/who-looked/"],
    world.otto: ["/promises/", "/readiness/", "/weeks/", "/weeks/{week}/"],
    world.petra: [
        "/protect/looked/",
        "/protect/",
        "/protect/retention/",
        "/protect/needs/",
        "/protect/needs/?topic=umzug",
        "/protect/reviews/",
        "/protect/requests/",
        "/protect/consents/",
    ],
}


@pytest.mark.parametrize(("who", "paths"), LISTS.items(), ids=[who.__name__ for who in LISTS])
def test_they_are_free_of_barriers(person_page, house, week, who, paths):
    know.load_catalogue()
    protect.open_file(41, world.frau_keller(), by=world.ada())
    protect_queries.file_for(world.ada(), 41)
    protect.hold(world.frau_keller(), reason="Court case", until=timezone.localdate(), by=world.petra())
    protect.dry_run(timezone.localdate() + timedelta(days=1), by=None)
    page = person_page(who())
    for path in paths:
        page.goto(house.address + path.format(week=week.pk))
        barriers.none(page, path.strip("/").replace("/", "-"), barriers.WIDTHS)
