"""An open page asks for its part again when something changes: the part is there, and it is not the whole page."""

import pytest
from django.urls import reverse

from tests import world
from tests.plan import planned

pytestmark = pytest.mark.django_db

OF_A_WEEK = ["overview", "people", "call", "hold", "roster", "what_if"]


@pytest.fixture
def week():
    made = planned.week()
    planned.need(made, {"de": (1, 2, 3)})
    planned.rostered(planned.roster(made), "de", 2)
    return made


def part(client, address: str) -> str:
    answer = client.get(address, headers={"HX-Request": "true"})
    assert answer.status_code == 200, address
    return answer.content.decode()


def test_every_part_of_an_organisers_page_is_there(client, week):
    client.force_login(world.otto())
    pages = [reverse(f"plan:{name}", args=[week.pk]) for name in OF_A_WEEK]
    pages += [
        reverse("plan:letters", args=[week.pk, "roster"]),
        reverse("plan:forecast"),
        reverse("plan:upload"),
    ]
    pages += [
        "/weeks/",
        f"/weeks/{week.pk}/hold/{week.starts_on}/",
    ]
    assert [page for page in pages if "<main" in part(client, page)] == []


def test_ones_own_half_days_come_alone(client, week):
    mine = week.rosters.first().assignments.first()
    client.force_login(mine.person)
    found = part(client, f"/shifts/{week.pk}/")
    assert "Your half-days" in found
    assert "<main" not in found
    assert "<main" not in part(client, reverse("plan:exchange", args=[mine.pk]))


@pytest.mark.parametrize(
    ("name", "there", "not_there"), [("progress", "Published", "<table"), ("sheet", "<table", "Published")]
)
def test_each_part_of_the_roster_comes_by_its_own_name(client, week, name, there, not_there):
    client.force_login(world.otto())
    headers = {"HX-Request": "true", "HX-Live": name}
    found = client.get(reverse("plan:roster", args=[week.pk]), headers=headers).content.decode()
    assert there in found
    assert not_there not in found


def test_who_waits_for_the_first_roster_gets_it_with_all_that_belongs_to_it(client, week):
    """What the open page asks for when the planner is done: the sheet is there, and that there is none is not."""
    client.force_login(world.otto())
    address = reverse("plan:roster", args=[week.pk])
    week.rosters.all().delete()
    waiting = planned.roster(week, published=False)
    week.rosters.update(state="working")
    assert 'id="sheet"' in client.get(address).content.decode()
    week.rosters.update(state="done")
    found = part(client, address)
    assert waiting in week.rosters.all()
    assert "<table" in found
    assert "There is no roster yet" not in found
    assert "Work it out anew" in found
