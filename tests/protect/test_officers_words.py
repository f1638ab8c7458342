"""What the officer writes about a request or a hold is a free text like any other."""

import re
from datetime import timedelta

import pytest

from firsthand.protect import actions
from tests import world
from tests.logins import everything

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _looking_on():
    with everything():
        yield


def ready(kind: str = "access"):
    petra = world.petra()
    request = actions.take_down(kind, way="letter", member=world.frau_keller(), identity="papers", by=petra)
    actions.start(request, by=petra)
    return request


GIVES_AWAY = "Frau Keller ist depressiv, AHV 756.9217.0769.85"


def test_what_the_officer_writes_about_a_request_is_screened_too():
    petra, request = world.petra(), ready()
    keller = request.member
    until = request.due_on + timedelta(days=10)
    actions.prolong(request, until, why=f"Viele Akten: {GIVES_AWAY}", by=petra)
    actions.decide(request, "partly", norm=f"Art. 26 Abs. 1 Bst. b DSG, {GIVES_AWAY}", by=petra)
    held = actions.hold(keller, reason=f"Beschwerde 2026/12: {GIVES_AWAY}", until=until, by=petra)
    kept = actions.restrict(keller, norm=f"Art. 18 DSGVO, {GIVES_AWAY}", request=request, by=petra)
    request.refresh_from_db()
    written = [request.prolonged_why, request.norm, held.reason, kept.norm]
    assert [any(one in text for one in ("Keller", "depressiv", "756")) for text in written] == [False] * 4
    assert ("Viele Akten" in written[0], "Beschwerde 2026/12" in written[2]) == (True, True)


@pytest.mark.parametrize(
    "norm",
    [
        "Art. 26 Abs. 1 Bst. b DSG",
        "Art. 17 Abs. 3 Bst. b DSGVO",
        "Art. 958f OR",
        "§ 304 SGB V, § 110a SGB IV",
        "art. 26 al. 1 let. b LPD",
        "Art. 12 (5) GDPR",
    ],
)
def test_a_norm_stays_as_it_was_written(norm):
    request = ready()
    actions.decide(request, "refused", norm=norm, by=world.petra())
    request.refresh_from_db()
    assert request.norm == norm


def test_a_reason_that_was_taken_out_says_so_in_the_readers_language(client):
    carla, petra, request = world.carla(), world.petra(), ready("erasure")
    actions.break_glass(request.member, kind="letter", branch="basic", reason="A letter about May", by=carla)
    actions.close_opened(by=carla)
    actions.decide(request, "granted", by=petra)
    actions.erase_asked(request, by=petra)
    for person, page in ((petra, "/protect/reviews/"), (carla, "/protect/open/")):
        client.force_login(person)
        text = client.get(page, headers={"Accept-Language": "de"}).text
        assert "[… gelöscht …]" in text
        assert "erased" not in text


def test_how_somebody_is_known_and_what_is_decided_is_never_chosen_beforehand(client):
    request = actions.take_down("access", way="letter", member=world.frau_keller(), by=world.petra())
    client.force_login(world.petra())
    page = f"/protect/requests/{request.pk}/"
    for name in ("how", "decision"):
        first = re.search(
            rf'<select name="{name}".*?<option value="([^"]*)"', client.get(page).text, re.DOTALL
        )
        assert first is not None
        assert first[1] == ""
    assert client.post(f"{page}identity/", {"how": ""}).status_code == 422
    request.refresh_from_db()
    assert request.identity == ""
