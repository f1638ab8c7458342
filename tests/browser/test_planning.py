"""Planning by keyboard: does Tuesday hold, who answers when, and nobody's eyes are left out."""

from __future__ import annotations

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from firsthand.plan.actions import rostering
from firsthand.plan.models import Assignment, FrontWeek, Roster
from tests import world
from tests.browser import barriers
from tests.browser.conftest import shot
from tests.plan import planned

pytestmark = pytest.mark.browser


@pytest.fixture
def week(house) -> FrontWeek:
    """The house stands through all tests, and what was planned in it."""
    planned.forget()
    made = planned.week()
    planned.need(made, {"de": (2, 3, 4), "fr": (1, 1, 2)})
    roster = planned.roster(made)
    planned.rostered(roster, "de", 4)
    planned.rostered(roster, "fr", 1, parts=("morning",))
    return made


def test_the_strip_is_walked_with_arrows_down_to_the_person(person_page, week):
    otto = person_page(world.otto(), f"/weeks/{week.pk}/hold/")
    expect(otto.get_by_role("heading", level=1)).to_have_text("Will Monday hold?")
    assert not barriers.found(otto)
    shot(otto, "hold")
    cells = otto.locator(".heat tbody td a")
    cells.first.focus()
    otto.keyboard.press("ArrowDown")
    otto.keyboard.press("End")
    expect(cells.nth(39)).to_be_focused()
    otto.keyboard.press("Enter")
    day = f"{week.ends_on:%Y-%m-%d}"
    otto.wait_for_url(f"**/hold/{day}/1730/")
    expect(otto.get_by_text("FR0 Muster")).to_be_visible()  # free in the afternoon
    assert not barriers.found(otto)
    otto.keyboard.press("Alt+ArrowUp")
    otto.wait_for_url(f"**/hold/{day}/")
    assert not barriers.found(otto)


def test_somebody_is_put_into_a_room_without_a_mouse(person_page, week):
    otto = person_page(world.otto(), f"/weeks/{week.pk}/roster/")
    assert not barriers.found(otto)
    shot(otto, "roster")
    free = otto.get_by_role("link", name="FR0 Muster, Monday afternoon: free")
    free.focus()
    otto.keyboard.press("Enter")
    otto.get_by_role("radio", name="Léman").focus()
    otto.keyboard.press("Space")
    assert not barriers.found(otto)
    otto.keyboard.press("Alt+s")
    expect(otto.get_by_role("link", name="FR0 Muster, Monday afternoon: Léman, locked")).to_be_visible()
    assert (
        Assignment.objects.filter(person__name="FR0 Muster", shift__day=week.starts_on, locked=True).count()
        == 1
    )


def test_the_door_and_ones_own_page_have_no_barrier(person_page, week):
    rostering.publish(Roster.objects.create(week=week, state="done"), by=world.otto())
    Roster.objects.filter(assignments__isnull=False).update(published_at=timezone.now())
    mine = Assignment.objects.filter(duty="answers").first().person
    page = person_page(mine, "/shifts/")
    expect(page.get_by_role("heading", name="Your half-days")).to_be_visible()
    assert not barriers.found(page)
    page.get_by_role("link", name="Who is in which room?").click()
    page.wait_for_url("**/rooms/")
    expect(page.get_by_text("DE0 Muster").first).to_be_visible()
    assert not barriers.found(page)
