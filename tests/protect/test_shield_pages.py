"""Who is kept apart is said by oneself or by the officer, and seen by nobody else."""

from datetime import date

import pytest
from django.http import Http404

from firsthand.journal.models import Entry
from firsthand.people.models import Role
from firsthand.protect import actions, queries
from firsthand.protect.models import Shield
from tests import world
from tests.answer.pages import says
from tests.people.signing import client_of

pytestmark = pytest.mark.django_db
KELLER = {"number": "100 200 300", "born_on": "4.3.58", "kind": "relative"}


def test_one_names_ones_own_family_and_sees_it():
    world.frau_keller()
    client = client_of(world.beat())
    assert client.post("/protect/mine/", {**KELLER, "born_on": "04.03.1958"}).status_code == 302
    assert "Ruth Keller" in says(client.get("/protect/mine/"))
    assert "Ruth Keller" not in says(client_of(world.ada()).get("/protect/mine/"))
    assert "/protect/mine/" in says(client.get("/people/me/"))


@pytest.mark.parametrize(
    "wrong", [{"number": "999"}, {"born_on": "5.3.1958"}, {"born_on": "nonsense"}, {"kind": "x"}]
)
def test_it_is_no_way_to_look_somebody_up(wrong):
    world.frau_keller()
    answer = client_of(world.beat()).post("/protect/mine/", {**KELLER, "born_on": "4.3.1958", **wrong})
    assert answer.status_code == 422
    assert "Ruth" not in answer.content.decode()
    assert not Shield.objects.exists()


def test_nobody_but_the_officer_says_it_of_somebody_else():
    world.frau_keller()
    said = {"number": "100200300", "born_on": date(1958, 3, 4), "kind": "relative"}
    with pytest.raises(Http404):
        actions.shield(world.beat(), **said, by=world.ada())
    assert not Shield.objects.exists()
    assert actions.shield(world.beat(), **said, by=world.petra()).person == world.beat()


def test_it_is_tried_ten_times_an_hour_at_most():
    world.frau_keller()
    client = client_of(world.beat())
    pages = [
        client.post("/protect/mine/", {**KELLER, "number": str(n), "born_on": "4.3.1958"}) for n in range(12)
    ]
    assert "too often" in pages[-1].content.decode()


def test_the_officer_names_and_takes_back_and_nobody_else_does():
    world.frau_keller()
    beat, officer = world.beat(), client_of(world.petra())
    form = {**KELLER, "born_on": "4.3.1958", "person": beat.pk}
    assert officer.post("/protect/shields/", form).status_code == 302
    assert "Beat Aebi" in says(officer.get("/protect/shields/"))
    kept = Shield.objects.get()
    for role in (Role.ORGANISER, Role.EXECUTIVE, Role.HELPER, Role.ADVISOR):
        stranger = client_of(world.person(f"{role.value.title()} Zuber", role))
        assert stranger.get("/protect/shields/").status_code == 404
        assert stranger.post(f"/protect/shields/{kept.pk}/take-back/").status_code == 404
    assert officer.post(f"/protect/shields/{kept.pk}/take-back/").status_code == 302
    assert not Shield.objects.exists()


def test_nobody_opens_their_own_way_to_a_file():
    world.frau_keller()
    petra = world.petra()
    kept = actions.shield(petra, number="100200300", born_on=date(1958, 3, 4), kind="self", by=petra)
    with pytest.raises(Http404):
        actions.unshield(kept, by=petra)
    with pytest.raises(Http404):
        actions.shield(
            world.ada(), number="100200300", born_on=date(1958, 3, 4), kind="self", by=world.otto()
        )
    assert queries.is_kept_from(petra, world.frau_keller())


def test_the_journal_says_that_and_not_whom():
    world.frau_keller()
    beat = world.beat()
    actions.shield(beat, number="100200300", born_on=date(1958, 3, 4), kind="self", by=beat)
    entry = Entry.objects.get(verb="shielded")
    assert entry.details == {}
