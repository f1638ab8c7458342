"""An insurer is told the law of its own country: on the officer's pages, and in what a member is given."""

import json

import pytest

from firsthand.protect import actions
from firsthand.protect.actions import packaging
from tests import world
from tests.logins import everything
from tests.people.signing import client_of

pytestmark = pytest.mark.django_db
OF_THE_OTHER = {
    "CH": ("GDPR", "SGB", "BDSG", "DE: ", "DE §"),
    "DE": ("FADP", "HIA", "Art. 958f", "CH: ", "CH Art"),
}


@pytest.fixture(params=OF_THE_OTHER)
def country(request, settings):
    settings.COUNTRY = request.param
    return request.param


def foreign(text: str, country: str) -> list[str]:
    return [one for one in OF_THE_OTHER[country] if one in text]


def asked(kind: str):
    petra = world.petra()
    with everything():
        request = actions.take_down(
            kind, way="letter", member=world.frau_keller(), identity="papers", by=petra
        )
        actions.start(request, by=petra)
        if kind == "erasure":
            actions.decide(request, "granted", by=petra)
    return request


@pytest.mark.parametrize("page", ["/protect/", "/protect/retention/", "erasure", "restriction", "access"])
def test_the_officers_pages_name_the_law_of_this_country(page, country):
    client = client_of(world.petra())
    address = f"/protect/requests/{asked(page).pk}/" if page.isalpha() else page
    text = client.get(address).text.partition('id="documents"')[0]
    assert not foreign(text, country)


def test_so_does_what_a_member_is_given(country):
    request = asked("access")
    with everything():
        made = json.loads(packaging.make_package(request, form="json", by=world.petra()))
    grounds = [(one["basis"], one["kept_for"]) for one in made["kept"]]
    assert grounds
    assert not foreign(json.dumps(grounds, ensure_ascii=False), country)
