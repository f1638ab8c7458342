"""A number in an address or a form may be anything: more digits than Python reads, other digits, no digits."""

from __future__ import annotations

import pytest
from django.urls import reverse

from firsthand.kernel import typed
from firsthand.plan.forms import roster as forms
from tests import world
from tests.people.signing import client_of
from tests.plan import planned

MANY = "9" * 4301
ODD = {"far too many digits": MANY, "more than a key holds": "9" * 19, "no digits": "two", "a sign": "-1",
       "other digits": "٢", "raised digits": "²", "nothing": ""}  # fmt: skip


@pytest.mark.parametrize("written", ODD.values(), ids=ODD)
def test_what_is_no_plain_number_is_none(written):
    assert typed.number(written) is None
    assert typed.key(written) == 0


def test_a_plain_number_is_read():
    assert [typed.number(one) for one in ("0", "007", "9" * 18)] == [0, 7, 10**18 - 1]
    assert typed.key("17") == 17
    assert typed.number(None) is None


@pytest.mark.django_db
@pytest.mark.parametrize("written", ODD.values(), ids=ODD)
def test_no_page_of_planning_breaks_on_it(written):
    otto = client_of(world.otto())
    week = planned.week()
    at = f"/weeks/{week.pk}"
    for address, name in (
        ("/volumes/", "weeks"), ("/forecast/", "weeks"), (f"{at}/roster/", "draft"), (f"{at}/roster/", "page"),
        (f"{at}/people/", "page"), (f"{at}/letters/callup/", "to"), (f"{at}/roster/rooms/", "draft"),
    ):  # fmt: skip
        assert otto.get(address, {name: written}).status_code in (200, 404), (address, name)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "written", [one for one in ODD.values() if one], ids=[one for one in ODD if ODD[one]]
)
def test_nothing_that_is_sent_breaks_on_it(written):
    otto = client_of(world.otto())
    week, roster = (made := planned.week()), planned.roster(made)
    ada = world.ada()
    planned.rostered(roster, "de", 1)
    shift = week.shifts.first()
    place = reverse("plan:place", args=[roster.pk, ada.pk, shift.pk])
    assert otto.post(place, {"room": written}).status_code in (404, 422)
    changed = otto.post(reverse("plan:change", args=[week.pk]), {"may_lose": written})
    assert changed.status_code == 422
    assert otto.post(reverse("plan:call_up", args=[week.pk]), {"person": written}).status_code < 500
    assert forms.chosen({f"way-{written}": "x"}) == {}
