"""The caller's page: no account, one address, a cookie no script can read."""

import pytest
from django.test import Client

from firsthand.answer import actions, views
from firsthand.answer.models import Contact
from firsthand.voice.queries import CALLER_COOKIE
from tests import world
from tests.answer import room
from tests.answer.pages import LIVE, promise, says

pytestmark = pytest.mark.django_db(transaction=True)
GERMAN = {"language": "de", "topic": "", "name": "", "phone": ""}


def call(client, **more):
    return client.post("/call/", GERMAN | more, follow=True)


def the_contact() -> Contact:
    return Contact.objects.get()


def test_anybody_may_choose_a_language_each_in_its_own_words(client):
    page = says(client.get("/call/"))
    for language in ("Deutsch", "Français", "Italiano", "English"):
        assert language in page


def test_the_language_switches_the_page(client):
    assert '<html lang="fr"' in says(client.get("/call/?language=fr"))
    assert '<html lang="it"' in says(client.get("/call/?language=it"))
    assert '<html lang="de-ch"' in says(client.get("/call/?language=de"))


@pytest.mark.parametrize("language", ["rm", "xx", "'; --", "d" * 500])
def test_an_unknown_language_comes_back_to_the_choice(client, language):
    page = says(client.get("/call/", {"language": language}))
    assert "We do not answer in that language yet" in page
    assert "Deutsch" in page
    assert client.post("/call/", GERMAN | {"language": language}).status_code == 200
    assert not Contact.objects.exists()


def test_it_calls_without_a_word_about_oneself(client):
    response = call(client)
    assert response.redirect_chain == [("/call/", 302)]
    contact = the_contact()
    assert (contact.state, contact.language, contact.caller_name) == ("waiting", "de", "")
    assert "<caller-phone" in says(response)


def test_the_cookie_is_for_the_server_alone_and_says_nothing(client):
    call(client, name="Ruth Keller", phone="044 321 87 65", language="en")
    cookie = client.cookies[CALLER_COOKIE]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert "Keller" not in cookie.value
    assert the_contact().caller_phone == "+41443218765"


def test_the_cookie_is_secure_over_https(client, settings):
    settings.HTTPS = True
    call(client)
    assert client.cookies[CALLER_COOKIE]["secure"]


def test_a_number_that_is_none_is_refused_in_place(client):
    response = client.post("/call/", GERMAN | {"language": "en", "phone": "12", "name": "Ruth"})
    assert response.status_code == 422
    assert "cannot call this number" in says(response)
    assert 'value="Ruth"' in says(response)
    assert not Contact.objects.exists()


def test_a_reload_is_the_same_call(client):
    call(client)
    client.get("/call/")
    client.get("/call/?language=fr")
    call(client)
    assert Contact.objects.count() == 1


def test_it_says_how_many_are_before_and_is_honest_about_the_minutes(client):
    room.arrive("en")
    room.arrive("en")
    page = says(call(client, language="en"))
    assert "2 people are before you" in page
    assert "We cannot say yet how long it takes" in page


def test_it_says_the_minutes_when_there_is_something_to_go_by(client):
    ada = world.ada()
    for _ in range(6):
        contact = room.offered(ada, language="en")
        actions.take(contact, by=ada)
        room.forward(180, beating=[ada])
        actions.hang_up(contact, by=ada)
        actions.close(contact, solved=True, by=ada)
    room.talking(ada, language="en")
    page = says(call(client, language="en"))
    assert "You are next" in page
    assert "as far as we can tell" in page


def test_one_address_cannot_fill_the_queue(client, monkeypatch):
    monkeypatch.setattr("firsthand.answer.views.caller.CALLS", 2)
    for _ in range(2):
        client.cookies.clear()
        assert call(client).status_code == 200
    client.cookies.clear()
    assert call(client).status_code == 422
    assert Contact.objects.count() == 2


def test_it_is_called_back_and_keeps_its_place(client):
    call(client, language="en")
    before = the_contact().queued_at
    page = says(client.post("/call/back/", {"phone": "044 321 87 65"}, follow=True))
    assert "We call you on +41 44 321 87 65" in page
    contact = the_contact()
    assert (contact.state, contact.queued_at) == ("callback", before)
    assert contact.call.ended_at is not None


def test_a_callback_to_no_number_is_refused_and_the_call_goes_on(client):
    call(client, language="en")
    response = client.post("/call/back/", {"phone": "abc"})
    assert response.status_code == 422
    assert "cannot call this number" in says(response)
    assert "<caller-phone" in says(response)
    assert the_contact().state == "waiting"


def test_a_callback_that_is_no_longer_needed(client):
    call(client, language="en")
    client.post("/call/back/", {"phone": "044 321 87 65"})
    client.post("/call/give-up/")
    assert the_contact().state == "abandoned"


def test_the_caller_hears_a_first_name_and_no_more(client):
    call(client, language="en")
    room.ready(world.ada())
    actions.sweep()
    actions.take(the_contact(), by=world.ada())
    page = says(client.get("/call/"))
    assert "You are talking to Ada." in page
    assert "Lindner" not in page
    actions.hold(the_contact(), by=world.ada())
    assert "Ada looks something up for you" in says(client.get("/call/"))


def test_after_the_call_it_is_thanked_and_told_what_was_promised(client):
    call(client, language="en")
    room.ready(world.ada())
    actions.sweep()
    actions.take(the_contact(), by=world.ada())
    promise(the_contact(), "We send you the letter")
    actions.hang_up(the_contact(), by=world.ada())
    page = says(client.get("/call/"))
    assert "Thank you for your call" in page
    assert "We send you the letter" in page
    assert "<caller-phone" not in page


def test_calling_again_starts_anew(client):
    call(client, language="en")
    client.post("/call/again/")
    assert client.cookies[CALLER_COOKIE].value
    actions.give_up(the_contact())
    page = says(client.post("/call/again/", follow=True))
    assert "How can we help?" in page
    call(client, language="en")
    assert Contact.objects.count() == 2


def test_without_a_call_its_verbs_lead_to_the_choice(client):
    for verb in ("back", "give-up", "again"):
        assert client.post(f"/call/{verb}/").url == "/call/"
        assert client.get(f"/call/{verb}/").status_code == 405


def test_a_forged_cookie_is_nobodys_call(client):
    call(client)
    client.cookies[CALLER_COOKIE] = "x" * 32
    assert "Deutsch" in says(client.get("/call/"))


def test_the_live_part_holds_no_phone(client):
    call(client, language="en")
    contact = the_contact()
    part = client.get("/call/", {"scene": f"line-{contact.public_id}"}, headers=LIVE)
    assert "You are next" in says(part)
    assert "<caller-phone" not in says(part)
    for verb, scene in ((actions.ask_callback, "callback"), (actions.give_up, "ended")):
        verb(contact, *["044 321 87 65"] * (scene == "callback"))
        part = client.get("/call/", {"scene": f"{scene}-{contact.public_id}"}, headers=LIVE)
        assert part.status_code == 200
        assert "<html" not in says(part)
    answer = client.get("/call/", {"scene": f"line-{contact.public_id}"}, headers=LIVE)
    assert answer["HX-Retarget"] == "main"


def test_behind_a_proxy_each_caller_has_an_own_allowance(client, settings, monkeypatch):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    monkeypatch.setattr(views.caller, "CALLS", 1)
    for address in ("203.0.113.7", "203.0.113.8"):
        assert Client().post("/call/", GERMAN, headers={"X-Forwarded-For": address}).status_code == 302
    again = Client().post("/call/", GERMAN, headers={"X-Forwarded-For": "203.0.113.7"})
    assert again.status_code == 422
    assert Contact.objects.count() == 2
