"""A number that nobody calls: found by the number itself, and off the list only as the person said, in the journal."""

import pytest
from django.urls import reverse

from firsthand.journal.models import Entry
from firsthand.people.models import Role
from firsthand.protect import actions, queries
from firsthand.protect.models import Suppression
from tests import world
from tests.answer.pages import says
from tests.people.signing import client_of
from tests.protect import outreach

pytestmark = pytest.mark.django_db
NUMBER = "044 321 87 65"  # Frau Keller's
FIND = "/protect/consents/no-calls/find/"
ASKED = {"because": "asked", "way": "written"}


@pytest.fixture
def desk():
    """Alma's browser, the advisor's."""
    outreach.in_switzerland()
    return client_of(outreach.alma())


@pytest.fixture
def officer():
    outreach.in_switzerland()
    return client_of(world.petra())


def kept_out(why: str = "wish") -> Suppression:
    return actions.suppress(number=NUMBER, why=why, by=world.petra())


def page(row: Suppression, more: str = "") -> str:
    return reverse("protect:no_calls_of", args=[row.pk]) + more


def lifted(row: Suppression) -> bool:
    row.refresh_from_db()
    return row.lifted_at is not None


def allowed() -> bool:
    return all(one.allowed for one in queries.standings(world.frau_keller().pk))


def test_a_number_is_found_by_itself_and_stands_in_no_address(desk):
    row = kept_out()
    found = desk.post(FIND, {"number": "+41 44 321 87 65"})
    assert found["Location"] == page(row)
    shown = says(desk.get(page(row)))
    assert "Yes. Nobody calls it to advertise." in shown
    assert not any(word in shown for word in ("443218765", "321 87 65", "Keller", row.number))
    assert Entry.objects.filter(verb="looked at no calls", actor_id=outreach.alma().pk).count() == 1


def test_of_a_number_that_nobody_named_it_says_so(desk):
    kept_out()
    for number, sentence in (
        ("044 700 00 00", "not on the list"),
        ("four", "no telephone number"),
        ("", "no telep"),
    ):
        answer = desk.post(FIND, {"number": number})
        assert answer.status_code == 422
        assert sentence in answer.content.decode()


def test_the_list_is_not_tried_out(desk, monkeypatch):
    monkeypatch.setattr(actions.no_calls, "LOOK_UPS", 3)
    tried = [desk.post(FIND, {"number": f"044 700 00 0{n}"}).content.decode() for n in range(5)]
    assert ["too often" in one for one in tried] == [False] * 3 + [True] * 2


def test_nobody_counts_through_the_list(desk):
    row = kept_out()
    assert desk.get(f"/protect/consents/no-calls/{row.pk}/").status_code == 404
    of_member = actions.suppress(member=world.frau_keller(), by=world.petra())
    assert desk.get(page(of_member)).status_code == 404, "what a member wished stands with their consents"


def test_who_asked_for_it_themself_is_called_again(desk):
    row = kept_out()
    assert not allowed()
    assert desk.post(page(row, "lift/"), ASKED)["Location"] == page(row)
    assert lifted(row)
    assert row.lifted_by == outreach.alma()
    assert allowed()
    entry = Entry.objects.get(verb="no calls lifted")
    assert entry.details == {"why": "wish", "because": "asked", "way": "written"}
    shown = says(desk.get(page(row)))
    assert "No longer. This alone allows no call" in shown
    assert "Take it off the list" not in shown
    assert desk.post(FIND, {"number": NUMBER}).status_code == 422


@pytest.mark.parametrize(
    "said",
    [{}, {"because": "asked"}, {"way": "written"}, {"because": "directory"}, {**ASKED, "because": "useful"}],
)
def test_without_what_changed_and_how_it_was_said_nothing_changes(desk, said):
    row = kept_out()
    answer = desk.post(page(row, "lift/"), said)
    assert answer.status_code == 422
    assert "only for a reason that is kept" in answer.content.decode()
    assert not lifted(row)
    with pytest.raises(actions.NobodySaidSo):
        actions.lift(row, because=said.get("because", ""), way=said.get("way", ""), by=world.petra())


def test_what_the_directory_said_the_directory_takes_back(desk):
    row = kept_out(why="star")
    assert desk.post(page(row, "lift/"), {"because": "directory"}).status_code == 302
    assert lifted(row)
    assert Entry.objects.get(verb="no calls lifted").details == {"why": "star", "because": "directory"}


def test_a_complaint_is_the_officers(desk, officer):
    row = kept_out(why="complaint")
    shown = says(desk.get(page(row)))
    assert "Only the data-protection officer takes a complaint off the list." in shown
    assert "What has changed?" not in shown
    refused = desk.post(page(row, "lift/"), ASKED)
    assert refused.status_code == 422
    assert "Only the data-protection officer takes it off" in refused.content.decode()
    assert not lifted(row)
    assert officer.post(page(row, "lift/"), ASKED).status_code == 302
    assert lifted(row)


def test_each_no_of_a_number_is_taken_back_by_itself(officer):
    wish, star = kept_out(), kept_out(why="star")
    officer.post(page(wish, "lift/"), ASKED)
    shown = says(officer.get(page(wish)))
    assert "Yes. Nobody calls it to advertise." in shown
    assert "A star in the telephone directory" in shown
    assert not lifted(star)


def test_what_a_member_wished_goes_with_their_consent_only():
    own = actions.suppress(member=world.frau_keller(), by=world.petra())
    with pytest.raises(actions.NobodySaidSo):
        actions.lift(own, because="asked", way="written", by=world.petra())


@pytest.mark.parametrize("role", [Role.HELPER, Role.SPECIALIST, Role.OWNER, Role.EXECUTIVE])
def test_for_everybody_else_the_list_does_not_exist(role):
    stranger, row = client_of(world.person("Zoe Zuber", role)), kept_out()
    assert stranger.post(FIND, {"number": NUMBER}).status_code == 404
    assert stranger.get(page(row)).status_code == 404
    assert stranger.post(page(row, "lift/"), ASKED).status_code == 404
    assert not lifted(row)
