"""A day that nobody means, in year 1 or 9999: said at its field, instead of an error now or on each later page."""

import pytest
from django.urls import reverse

from tests import world
from tests.people.signing import client_of
from tests.protect import outreach

pytestmark = pytest.mark.django_db

DAYS = pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])


@DAYS
@pytest.mark.parametrize(
    ("page", "typed"),
    [
        ("/shifts/absent/", {"first": "{}", "last": "{}"}),
        ("/weeks/", {"name": "Autumn", "starts_on": "{}", "ends_on": "{}"}),
        ("/volumes/", {"kind": "outage", "reason": "Power", "starts_at": "{}T08:00", "ends_at": "{}T09:00"}),
        ("/volumes/events/", {"kind": "letters", "name": "Letters", "first": "{}", "last": "{}"}),
    ],
)
def test_a_planner_is_told(page, typed, day):
    otto = client_of(world.otto())
    answer = otto.post(page, {name: value.format(day) for name, value in typed.items()})
    assert answer.status_code == 422
    assert otto.get("/volumes/").status_code == otto.get(page.replace("absent/", "")).status_code == 200


@DAYS
def test_an_organiser_is_told_and_nobodys_seat_stumbles_over_it(day):
    beat = world.beat()
    refused = client_of(world.otto()).post(f"/readiness/{beat.pk}/", {"until": day})
    assert refused.status_code == 422


@DAYS
def test_an_officer_is_told(day):
    officer = client_of(world.petra())
    letter = {"kind": "access", "way": "letter", "received_on": day, "number": "044 321 87 65"}
    hold = {"number": world.frau_keller().number, "until": day, "reason": "A proceeding about May"}
    assert officer.post("/protect/requests/", letter).status_code == 422
    assert officer.post("/protect/retention/", hold).status_code == 422
    for page in ("/protect/requests/", "/protect/retention/", f"/protect/looked/?since={day}&until={day}"):
        assert officer.get(page).status_code == 200


@DAYS
def test_an_advisor_is_told(day):
    outreach.in_switzerland()
    keller = world.frau_keller().pk
    advisor, page = client_of(outreach.alma()), reverse("protect:consents_of", args=[keller])
    given = {"scope": "survey", "way": "written", "given_at": f"{day}T14:30", "name": "Ruth Keller"}
    given |= {"address": "Rue du Lac 3, Biel", "company": "Firnlicht", "wording": "I agree to be asked."}
    assert advisor.post(f"{page}give/", given).status_code == 422
    assert advisor.get(page).status_code == 200
