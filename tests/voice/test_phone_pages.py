"""What a phone's page asks over HTTP: its own leg and nothing else, and no more than the mode allows."""

import json
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from firsthand.journal.models import Entry
from firsthand.live.models import Outbox
from firsthand.voice import actions, queries
from firsthand.voice.actions import signalling
from firsthand.voice.models import Call, Leg
from tests import world
from tests.voice.pure.test_sdp import offer
from tests.voice.test_calls import joined

pytestmark = pytest.mark.django_db
VERBS = {"topology": "get", "signal": "post", "beat": "post", "hangup": "post"}


@pytest.fixture
def pair() -> tuple[Call, Leg, Leg]:
    call, customer, helper = joined()
    actions.beat(customer, instance="c", audible=False)
    actions.beat(helper, instance="h", audible=False)
    return call, customer, helper


def as_person(person) -> Client:
    client = Client()
    client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def as_caller(key: str) -> Client:
    client = Client()
    client.cookies[queries.CALLER_COOKIE] = key
    return client


def ask(client: Client, leg: Leg | str, verb: str, data=None, **more):
    address = reverse(f"voice:{verb}", args=[getattr(leg, "pk", leg)])
    return getattr(client, VERBS[verb])(address, data, **more)


def signal(client: Client, leg: Leg, **more):
    said = {"to": "customer", "instance": "h", "for_instance": "c", "epoch": 99, **more}
    return ask(client, leg, "signal", json.dumps(said), content_type="application/json")


def say(client: Client, leg: Leg, direction: str, **more):
    return signal(client, leg, kind="sdp", sdp={"type": "offer", "sdp": offer(direction)}, **more)


@pytest.mark.parametrize("verb", VERBS)
def test_a_strangers_leg_does_not_exist(pair, verb):
    _, customer, helper = pair
    strangers = [Client(), as_person(world.eva()), as_person(world.otto()), as_caller("guess"), as_caller("")]
    for stranger in strangers:
        for leg in (customer, helper):
            assert ask(stranger, leg, verb).status_code == 404
    assert ask(as_person(world.ada()), str(uuid4()), verb).status_code == 404


def test_the_helper_is_not_the_caller_and_the_caller_not_the_helper(pair):
    _, customer, helper = pair
    assert ask(as_person(world.ada()), customer, "topology").status_code == 404
    assert ask(as_caller(customer.key), helper, "topology").status_code == 404
    # The key of a helper's leg is in nobody's hands, and would open nothing.
    assert ask(as_caller(helper.key), helper, "topology").status_code == 404


def test_each_page_is_told_whom_to_connect_to(pair):
    call, customer, helper = pair
    mine = ask(as_person(world.ada()), helper, "topology").json()
    theirs = ask(as_caller(customer.key), customer, "topology").json()
    assert [(line["role"], line["instance"], line["direction"]) for line in mine["lines"]] == [
        ("customer", "c", "sendrecv")
    ]
    assert [(line["role"], line["instance"], line["polite"]) for line in theirs["lines"]] == [
        ("helper", "h", False)
    ]
    assert mine["epoch"] == Call.objects.get(pk=call.pk).epoch
    assert customer.key not in json.dumps(theirs)


def test_the_answer_may_not_be_kept_by_the_browser(pair):
    _, _, helper = pair
    assert "no-store" in ask(as_person(world.ada()), helper, "topology")["Cache-Control"]


def test_a_closed_page_is_away_and_gets_no_line(pair):
    _, customer, helper = pair
    ask(as_caller(customer.key), customer, "beat", {"instance": "c", "leaving": "1"})
    said = ask(as_person(world.ada()), helper, "topology").json()
    assert (said["lines"], said["others"], said["away"]) == ([], ["customer"], ["customer"])


def test_a_page_that_has_not_come_yet_is_not_away(pair):
    """Else the caller would be told of a broken connection in the moment somebody answers."""
    call, customer, _ = pair
    actions.join(call, "helper", world.eva(), by=world.eva())
    said = ask(as_caller(customer.key), customer, "topology").json()
    assert (said["lines"], said["others"], said["away"]) == ([], ["helper"], [])


def test_an_offer_that_the_mode_allows_reaches_the_other_page(pair):
    _, customer, helper = pair
    assert say(as_person(world.ada()), helper, "sendrecv").status_code == 204
    sent = Outbox.objects.filter(topic=f"leg:{customer.pk}", message__isnull=False).latest("id").message
    assert (sent["from"], sent["instance"], sent["for_instance"], sent["kind"]) == ("helper", "h", "c", "sdp")
    assert sent["sdp"]["type"] == "offer"


@pytest.mark.parametrize(
    ("mode", "direction"),
    [("hold", "sendrecv"), ("hold", "sendonly"), ("hold", "recvonly"), ("consult", "recvonly")],
)
def test_a_forged_offer_is_refused_and_written_down_without_its_words(pair, mode, direction):
    call, customer, helper = pair
    actions.set_mode(call, mode, by=world.ada())
    before = Outbox.objects.filter(message__isnull=False).count()
    answer = say(as_person(world.ada()), helper, direction)
    assert (answer.status_code, answer.json()["code"]) == (409, "direction")
    assert Outbox.objects.filter(message__isnull=False).count() == before
    entry = Entry.objects.filter(verb="offer_refused").latest("at")
    assert entry.details == {"leg": str(helper.pk), "role": "helper", "code": "direction"}
    assert entry.actor_id == world.ada().pk


@pytest.mark.parametrize("mode", ["listen", "whisper"])
def test_a_specialist_who_only_listens_cannot_speak_to_the_customer(pair, mode):
    call, customer, _ = pair
    specialist = actions.join(call, "specialist", world.carla(), by=world.ada())
    actions.beat(specialist, instance="s", audible=False)
    actions.set_mode(call, mode, by=world.ada())
    carla = as_person(world.carla())
    for direction in ("sendrecv", "sendonly"):
        assert say(carla, specialist, direction, instance="s").json()["code"] == "direction"
    assert say(carla, specialist, "recvonly", instance="s").status_code == 204


def test_a_specialist_without_a_mode_for_it_has_no_line_at_all(pair):
    call, _, _ = pair
    specialist = actions.join(call, "specialist", world.carla(), by=world.ada())
    actions.beat(specialist, instance="s", audible=False)
    answer = say(as_person(world.carla()), specialist, "recvonly", instance="s")
    assert (answer.status_code, answer.json()["code"]) == (409, "no_line")


def test_video_and_data_are_refused(pair):
    _, _, helper = pair
    for more in ("m=video 9 UDP/TLS/RTP/SAVPF 96", "m=application 9 UDP/DTLS/SCTP webrtc-datachannel"):
        sdp = {"type": "offer", "sdp": offer("sendrecv", more=more)}
        answer = signal(as_person(world.ada()), helper, kind="sdp", sdp=sdp)
        assert (answer.status_code, answer.json()["code"]) == (409, "not_one_sound")


def test_an_offer_from_before_a_change_is_stale_not_forged(pair):
    call, _, helper = pair
    call.refresh_from_db()
    before = call.epoch
    actions.set_mode(call, "hold", by=world.ada())
    assert say(as_person(world.ada()), helper, "sendrecv", epoch=before).json()["code"] == "stale"
    assert say(as_person(world.ada()), helper, "sendrecv", epoch=before + 1).json()["code"] == "direction"


def test_what_is_for_a_page_load_that_is_gone_is_stale(pair):
    _, _, helper = pair
    assert say(as_person(world.ada()), helper, "sendrecv", for_instance="old").json()["code"] == "stale"


def test_a_page_that_no_longer_has_the_call_cannot_speak_for_it(pair):
    _, _, helper = pair
    assert say(as_person(world.ada()), helper, "sendrecv", instance="old").json()["code"] == "elsewhere"


def test_nothing_passes_after_the_call_has_ended(pair):
    call, _, helper = pair
    actions.end(call, "customer", by=None)
    assert say(as_person(world.ada()), helper, "inactive").json()["code"] == "over"
    said = ask(as_person(world.ada()), helper, "topology").json()
    assert (said["over"], said["ended_by"], said["lines"]) == (True, "customer", [])


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"\xff", b'"x"', b"{" * 50_000, b"[" * 5_000])
def test_hostile_bodies_get_a_plain_no(pair, body):
    _, _, helper = pair
    client = as_person(world.ada())
    assert ask(client, helper, "signal", body, content_type="application/json").status_code == 400


@pytest.mark.parametrize("instance", ["", "\0", "x" * 41, "a b", "é", "a\n"])
def test_a_page_without_a_proper_name_is_not_heard(pair, instance):
    _, _, helper = pair
    assert ask(as_person(world.ada()), helper, "beat", {"instance": instance}).status_code == 400


@pytest.mark.parametrize("key", ['"\\000"', "é", "x" * 5000])
def test_an_odd_cookie_is_nobodys(pair, key):
    assert (
        ask(Client(headers={"cookie": f"{queries.CALLER_COOKIE}={key}"}), pair[1], "topology").status_code
        == 404
    )


def test_a_flood_is_refused(pair, monkeypatch):
    monkeypatch.setattr(
        signalling, "SECONDS", 3600
    )  # on a busy machine ten seconds are over before the flood is
    _, _, helper = pair
    ada = as_person(world.ada())
    codes = [signal(ada, helper, kind="again").status_code for _ in range(signalling.SIGNALS + 1)]
    assert codes == [204] * signalling.SIGNALS + [429]


def test_a_page_of_another_site_can_do_nothing(pair):
    _, customer, helper = pair
    for leg, client in (
        (customer, Client(enforce_csrf_checks=True)),
        (helper, Client(enforce_csrf_checks=True)),
    ):
        client.cookies[queries.CALLER_COOKIE] = customer.key
        for verb in ("signal", "beat", "hangup"):
            assert ask(client, leg, verb).status_code == 403


def test_who_hangs_up_ends_the_call_for_all(pair):
    call, customer, _ = pair
    assert ask(as_caller(customer.key), customer, "hangup").status_code == 204
    assert ask(as_person(world.ada()), pair[2], "hangup").status_code == 204  # both at once is no mistake
    call.refresh_from_db()
    assert call.ended_by == "customer"


def test_when_the_specialist_hangs_up_the_call_goes_on(pair):
    call, _, _ = pair
    specialist = actions.join(call, "specialist", world.carla(), by=world.ada())
    ask(as_person(world.carla()), specialist, "hangup")
    call.refresh_from_db()
    assert call.ended_at is None
    assert not call.legs.open().filter(role="specialist").exists()


def test_mine_is_my_open_leg_or_nothing(pair):
    call, _, helper = pair
    address = reverse("voice:mine")
    found = as_person(world.ada()).get(address).json()["leg"]
    assert (found["id"], found["free"]) == (str(helper.pk), False)
    assert helper.key not in json.dumps(found)
    assert as_person(world.eva()).get(address).json() == {"leg": None}
    assert Client().get(address).status_code == 302
    actions.end(call, "customer", by=None)
    assert as_person(world.ada()).get(address).json() == {"leg": None}


def test_the_caller_is_known_again_by_the_cookie(pair, rf):
    _, customer, helper = pair
    request = rf.get("/")
    for key, found in ((customer.key, customer), (helper.key, None), ("", None), ("guess", None)):
        request.COOKIES[queries.CALLER_COOKIE] = key
        assert queries.caller_leg(request) == found


def test_with_a_relay_the_address_of_neither_is_shown_to_the_other(pair, settings):
    settings.TURN_URLS, settings.TURN_SECRET = ["turn:turn.firnlicht.example:3478"], "geheim"
    _, customer, helper = pair
    for client, leg in ((as_caller(customer.key), customer), (as_person(world.ada()), helper)):
        said = ask(client, leg, "topology")
        assert said.json()["ice"]["iceTransportPolicy"] == "relay"
        assert "geheim" not in said.content.decode()


def test_without_a_relay_no_stranger_is_asked(pair):
    _, _, helper = pair
    assert ask(as_person(world.ada()), helper, "topology").json()["ice"]["iceServers"] == []


def test_every_refusal_of_a_browser_has_its_own_sentence(client):
    page = client.get(reverse("voice:microphone")).content.decode()
    sentences = set()
    for reason in ("denied", "missing", "busy", "gone", "insecure", "other"):
        _, after = page.split(f'data-say="microphone-{reason}">')
        sentences.add(after.split("</template>")[0].strip())
    assert len(sentences) == 6
    assert any("firsthand certs" in sentence for sentence in sentences)


def test_a_cookie_is_kept_from_scripts_and_other_sites(pair):
    from django.http import HttpResponse

    from firsthand.voice import cookies

    morsel = cookies.give(HttpResponse(), pair[1]).cookies[queries.CALLER_COOKIE]
    assert morsel["httponly"]
    assert morsel["samesite"] == "Lax"
