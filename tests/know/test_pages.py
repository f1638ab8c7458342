import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from firsthand.know import actions, queries
from firsthand.know.models import Concern
from firsthand.know.topics import choices, label
from tests import world

pytestmark = pytest.mark.django_db

HTMX = {"HX-Request": "true"}


@pytest.fixture
def helper(client):
    actions.load_catalogue()
    client.force_login(world.dario())  # anybody who works here
    return client


def test_everything_stands_by_topic(helper):
    page = helper.get("/know/").text
    assert "34 concerns" in page
    for _slug, words in choices("CH"):
        assert str(words) in page


def test_it_finds_as_one_types(helper):
    part = helper.get("/know/?words=deductible", headers=HTMX).text
    assert "Which deductible is worth it?" in part
    assert "<main" not in part
    assert "Nothing found" in helper.get("/know/?words=qqqq", headers=HTMX).text


def test_a_topic_stands_in_the_address(helper):
    page = helper.get("/know/?topic=admin").text
    assert "1 concern<" in page
    assert "34 concerns" in helper.get("/know/?topic=nonsense").text


def test_a_card_says_what_is_true_and_where_from(helper):
    page = helper.get("/know/CH02/").text
    assert "By when must I cancel my basic insurance?" in page
    assert "2026: Monday, 30 November." in page
    assert "ktipp.ch" in page
    assert "Not confirmed" not in page


def test_an_unconfirmed_card_says_so(helper):
    page = helper.get("/know/CH14/").text
    assert "Not confirmed" in page
    assert "No source yet." in page


@pytest.mark.parametrize("code", ["CH99", "DE01", "x"])
def test_what_is_not_in_this_countrys_catalogue_is_not_there(helper, code):
    assert helper.get(f"/know/{code}/").status_code == 404


def test_another_country_has_its_own(helper, settings):
    settings.COUNTRY = "DE"
    assert "28 concerns" in helper.get("/know/").text
    assert helper.get("/know/DE01/").status_code == 200


def test_a_stranger_is_asked_to_sign_in(client):
    assert client.get("/know/").status_code == 302
    assert client.get("/know/CH02/").status_code == 302


def test_it_asks_few_questions_of_the_database(helper):
    helper.get("/know/")
    with CaptureQueriesContext(connection) as asked:
        helper.get("/know/?words=franchise")
    assert len(asked) <= 4


def test_a_concern_without_words_in_a_language_is_shown_in_german():
    concern = world.concern()
    assert queries.card(concern, "it").question == "«Warum zahle ich nächstes Jahr mehr?»"


def test_every_topic_has_a_label():
    actions.load_catalogue()
    for concern in Concern.objects.all():
        assert str(label(concern.topic, concern.country)) != concern.topic
    assert label("umzug") == label("familie") == "Moving, family, new job"
