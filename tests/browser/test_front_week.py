"""A front week by keyboard, on a phone and on a desk, in light and in dark: nobody's eyes are left out."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Locator, Page, expect

from firsthand.people.models import Role
from firsthand.plan.actions import moving, rostering
from firsthand.plan.models import FrontWeek, Wish
from tests import world
from tests.browser import barriers
from tests.plan import planned

pytestmark = pytest.mark.browser


@pytest.fixture
def week(house) -> FrontWeek:
    """A published roster that was changed since; answers are still open. The house stands through all tests."""
    planned.forget()
    made = planned.week()
    made.answers_until = timezone.localdate() + timedelta(days=1)
    made.save()
    starts, ends = made.shifts.values_list("starts_at", "ends_at").first()
    made.trainings.create(
        day=made.starts_on,
        part="morning",
        language="de",
        seats=9,
        starts_at=starts,
        ends_at=ends,
        refresher=True,
    )
    planned.need(made, {"de": (1, 2, 3)})
    roster = planned.roster(made, published=False)
    for one in planned.rostered(roster, "de", 3, parts=("morning",)):
        one.roles = [Role.ADVISOR.value]  # answers all year: needs no training day
        one.save()
    rostering.publish(roster, by=world.otto())
    roster.refresh_from_db()
    moving.let_go(roster.assignments.order_by("pk").last(), by=world.otto())
    return made


@pytest.fixture
def quiet_page(house, person_page) -> Callable[..., Page]:
    """Nothing is said to the console, whatever is done on it."""
    said: list[str] = []

    def open_page(*args, **more) -> Page:
        page = person_page(*args, reduced_motion="reduce", **more)
        page.on("console", lambda one: said.append(one.text) if one.type in ("error", "warning") else None)
        page.on("pageerror", lambda error: said.append(str(error)))
        return page

    yield open_page
    assert not said, house.log.read_text()[-4000:]


def tab_to(page: Page, wanted: Locator) -> None:
    """By Tab alone, from wherever the focus is."""
    for _step in range(120):
        page.keyboard.press("Tab")
        if wanted.evaluate("e => e === document.activeElement"):
            return
    pytest.fail(f"no Tab leads to {wanted}")


def test_no_page_of_a_front_week_keeps_an_organiser_out(quiet_page, house, week):
    somebody = week.callups.first()
    of = {"w": week.pk, "p": somebody.person_id, "s": week.shifts.first().pk, "r": week.rosters.first().pk}
    pages = {
        "people": "/weeks/{w}/people/",
        "person": "/weeks/{w}/people/{p}/",
        "call": "/weeks/{w}/call/",
        "days": "/weeks/{w}/days/",
        "rules": "/weeks/{w}/rules/",
        "letters": "/weeks/{w}/letters/changed/",
        "place": "/rosters/{r}/{p}/{s}/",
        "door": "/weeks/{w}/roster/rooms/?day=all",
    }
    otto = quiet_page(world.otto(), "/weeks/")
    for name, path in pages.items():
        otto.goto(house.address + path.format(**of))
        barriers.none(otto, f"week-{name}", barriers.WIDTHS)
    otto.emulate_media(media="print", color_scheme="light")
    expect(otto.get_by_text("DE0 Muster").first).to_be_visible()
    for on_screen_only in (".house", "nav[aria-label=Days]"):
        expect(otto.locator(on_screen_only)).to_be_hidden()


def test_a_front_week_is_arranged_without_a_mouse(quiet_page, week):
    otto = quiet_page(world.otto(), f"/weeks/{week.pk}/days/")
    tab_to(otto, otto.get_by_role("button", name="Afternoon").first)
    otto.keyboard.press("Space")
    expect(otto.get_by_role("button", name="Afternoon").first).to_have_attribute("aria-pressed", "false")
    expect(otto.get_by_role("button", name="Afternoon").first).to_be_focused()
    assert week.shifts.count() == 3
    tab_to(otto, otto.locator("summary", has_text="Add a room"))
    otto.keyboard.press("Enter")
    for typed in ("Rigi", "", "7"):  # the language stays German
        otto.keyboard.press("Tab")
        otto.keyboard.type(typed)
    otto.keyboard.press("Enter")
    expect(otto.get_by_role("row", name="Rigi")).to_contain_text("7")


def test_a_colleague_says_what_suits_and_exchanges_without_a_mouse(quiet_page, house, week):
    *_, free = (one.person for one in week.callups.order_by("pk"))
    mine = week.rosters.first().assignments.order_by("-starts_at", "pk").first()
    page = quiet_page(mine.person, "/shifts/")
    barriers.none(page, "week-shifts", barriers.WIDTHS)
    tab_to(page, page.get_by_role("combobox").nth(1))
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("status").filter(has_text="Kept")).to_be_visible()
    assert Wish.objects.get().kind == Wish.Kind.GLADLY
    page.keyboard.press("Shift+Tab")
    tab_to(page, page.get_by_role("link", name="Exchange").last)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Who could take this half-day?")
    barriers.none(page, "week-exchange", barriers.WIDTHS)
    tab_to(page, page.get_by_role("radio").first)
    page.keyboard.press("Space")
    page.keyboard.press("Alt+s")
    expect(page.get_by_text(f"You asked {free.name} to take")).to_be_visible()
    other = quiet_page(free, "/shifts/")
    barriers.none(other, "week-asked", barriers.WIDTHS)
    tab_to(other, other.get_by_role("button", name="Yes", exact=True))
    other.keyboard.press("Enter")
    expect(other.get_by_role("button", name="Yes", exact=True)).to_have_count(0)
    mine.refresh_from_db()
    assert mine.person == free
