"""What every answer carries."""

import pytest
from django.test import Client

from tests import world
from tests.people.signing import client_of

pytestmark = pytest.mark.django_db


def answers():
    return [
        Client().get("/accounts/login/"),
        Client().get("/nowhere/"),
        client_of(world.otto()).get("/people/"),
    ]


def test_the_content_policy_has_no_exception():
    for answer in answers():
        policy = answer["Content-Security-Policy"]
        rules = dict(rule.strip().split(" ", 1) for rule in policy.split(";"))
        assert rules["default-src"] == "'none'"
        assert rules["script-src"] == rules["style-src"] == rules["connect-src"] == "'self'"
        assert rules["frame-ancestors"] == rules["base-uri"] == "'none'"
        assert "unsafe" not in policy
        assert "http" not in policy


def test_no_page_is_kept_anywhere():
    for answer in answers():
        assert answer["Cache-Control"] == "no-store, private"


def test_a_browser_may_offer_the_microphone_and_nothing_else():
    for answer in answers():
        features = answer["Permissions-Policy"]
        assert "microphone=(self)" in features
        assert "camera=()" in features
        assert answer["Referrer-Policy"] == "same-origin"
        assert answer["Cross-Origin-Opener-Policy"] == "same-origin"
        assert answer["X-Frame-Options"] == "DENY"
        assert answer["X-Content-Type-Options"] == "nosniff"
