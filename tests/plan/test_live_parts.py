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
        f"/weeks/{week.pk}/roster/?part=progress",
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
