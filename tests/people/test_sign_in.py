"""Signing in: every page of it looks like the house, nobody registers, and nobody learns who works here."""

import re
from types import SimpleNamespace

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.core import mail
from django.test import Client
from django.urls import reverse

from firsthand.people import actions, adapters
from tests import world
from tests.people.signing import client_of

pytestmark = pytest.mark.django_db
PASSWORD = "Limmat und Aare fliessen"


@pytest.fixture
def ada():
    person = world.ada()
    person.set_password(PASSWORD)
    person.save()
    actions.vouch(person)
    return person


def is_ours(page: str) -> None:
    assert 'href="/static/ui/house.css"' in page
    assert page.count("<h1") == 1
    assert "<style" not in page
    assert not re.search(r"\sstyle=", page)
    assert not re.search(r"\son[a-z]+=", page)
    for tag in re.findall(r"<script\b[^>]*>", page):
        assert "src=" in tag or "application/json" in tag


STRANGERS_PAGES = [
    "account_login", "account_signup", "account_reset_password", "account_reset_password_done",
    "account_inactive", "account_reset_password_from_key_done", "socialaccount_login_cancelled",
    "socialaccount_login_error",
]  # fmt: skip
PERSONS_PAGES = [
    "account_logout", "account_change_password", "account_reauthenticate", "mfa_index", "mfa_list_webauthn",
    "mfa_add_webauthn", "mfa_activate_totp", "account_email", "socialaccount_connections",
]  # fmt: skip


@pytest.mark.parametrize("name", STRANGERS_PAGES)
def test_a_page_before_signing_in_is_ours(name):
    is_ours(Client().get(reverse(name), follow=True).content.decode())


@pytest.mark.parametrize("name", PERSONS_PAGES)
def test_a_page_after_signing_in_is_ours(ada, name):
    client = client_of(ada)
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    answer = client.get(reverse(name))
    assert answer.status_code in (200, 404)
    is_ours(answer.content.decode())


def test_a_broken_reset_link_says_what_to_do():
    page = Client().get("/accounts/password/reset/key/1-abc-def/", follow=True).content.decode()
    is_ours(page)
    assert "too old" in page


def test_nobody_registers():
    answer = Client().post("/accounts/signup/", {"email": "new@firnlicht.example"})
    assert "You need an invitation" in answer.content.decode()
    assert not world.Person.objects.filter(email="new@firnlicht.example").exists()


def test_the_password_signs_in(ada):
    client = Client()
    answer = client.post("/accounts/login/", {"login": "ADA@firnlicht.example", "password": PASSWORD})
    assert answer.status_code == 302
    assert client.get("/people/me/").status_code == 200


def said(answer) -> list[str]:
    return re.findall(r'<ul class="errorlist[^>]*>.*?</ul>', answer.content.decode(), flags=re.DOTALL)


def test_a_wrong_password_and_an_unknown_address_read_the_same(ada):
    wrong = Client().post("/accounts/login/", {"login": ada.email, "password": "something wrong here"})
    unknown = Client().post(
        "/accounts/login/", {"login": "nobody@firnlicht.example", "password": "something wrong here"}
    )
    assert said(wrong)
    assert said(wrong) == said(unknown)


def test_a_forgotten_password_tells_nobody_who_works_here(ada):
    known = Client().post("/accounts/password/reset/", {"email": ada.email}, follow=True)
    unknown = Client().post("/accounts/password/reset/", {"email": "nobody@firnlicht.example"}, follow=True)
    assert known.redirect_chain == unknown.redirect_chain
    assert [letter.to for letter in mail.outbox] == [[ada.email]]


def test_a_letter_leads_to_a_new_password(ada):
    client = Client()
    client.post("/accounts/password/reset/", {"email": ada.email})
    link = re.search(r"http://testserver(/\S+)", mail.outbox[0].body)
    assert link
    page = client.get(link[1], follow=True)
    is_ours(page.content.decode())
    new = "Reuss und Rhein auch noch"
    client.post(page.request["PATH_INFO"], {"password1": new, "password2": new})
    assert Client().post("/accounts/login/", {"login": ada.email, "password": new}).status_code == 302


def test_guessing_ends_after_ten_even_with_the_right_password(ada):
    for _ in range(10):
        Client().post("/accounts/login/", {"login": ada.email, "password": "a wrong guess"})
    client = Client()
    client.post("/accounts/login/", {"login": ada.email, "password": PASSWORD})
    assert client.get("/people/me/").status_code == 302


def test_who_left_cannot_sign_in(ada):
    actions.leave(ada, by=world.otto())
    client = Client()
    client.post("/accounts/login/", {"login": ada.email, "password": PASSWORD})
    assert client.get("/people/me/").status_code == 302


def test_with_a_passkey_the_password_alone_is_not_enough(ada):
    Authenticator.objects.create(user=ada, type="totp", data={"secret": "JBSWY3DPEHPK3PXP"})
    client = Client()
    answer = client.post("/accounts/login/", {"login": ada.email, "password": PASSWORD})
    assert answer["Location"].startswith("/accounts/2fa/authenticate/")
    is_ours(client.get(answer["Location"]).content.decode())
    assert client.get("/people/me/").status_code == 302


def test_a_browser_is_offered_a_challenge_for_its_passkey():
    answer = Client().get("/accounts/2fa/webauthn/login/", headers={"Accept": "application/json"})
    assert answer.json()["request_options"]["publicKey"]["userVerification"] == "required"


def from_provider(address: str, *, verified: bool) -> SimpleNamespace:
    return SimpleNamespace(email_addresses=[EmailAddress(email=address, verified=verified)])


def test_the_companys_sign_in_finds_only_who_was_invited(ada):
    provider = adapters.Provider()
    found = provider.authenticate_by_email(from_provider("Ada@Firnlicht.example", verified=True))
    assert found == (ada, "Ada@Firnlicht.example")
    assert provider.authenticate_by_email(from_provider(ada.email, verified=False)) is None
    assert provider.authenticate_by_email(from_provider("nobody@firnlicht.example", verified=True)) is None
    assert not provider.is_open_for_signup(None, None)


def test_the_companys_sign_in_comes_from_the_environment(monkeypatch):
    from firsthand.config import oidc

    assert oidc.providers() == {}
    monkeypatch.setenv("FIRSTHAND_OIDC_ISSUER", "https://id.insurer.example")
    monkeypatch.setenv("FIRSTHAND_OIDC_CLIENT_ID", "firsthand")
    app = oidc.providers()["openid_connect"]["APPS"][0]
    assert (app["settings"]["server_url"], app["client_id"]) == ("https://id.insurer.example", "firsthand")
    assert oidc.origins() == ["https://id.insurer.example"]


def test_passwords_are_kept_by_argon2():
    from firsthand.config import settings

    assert settings.PASSWORD_HASHERS == ["django.contrib.auth.hashers.Argon2PasswordHasher"]
