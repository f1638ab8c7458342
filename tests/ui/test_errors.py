"""What is shown when something went wrong, also when the database is what went."""

import pytest
from django.test import Client, RequestFactory
from django.utils import translation

from firsthand.ui import errors

pytestmark = pytest.mark.urls("tests.ui.urls_for_tests")


@pytest.fixture
def client() -> Client:
    return Client(raise_request_exception=False)


@pytest.mark.parametrize(
    "page", [errors.missing, errors.forbidden, errors.malformed, errors.stale, errors.failed]
)
@pytest.mark.parametrize("language", ["de-ch", "fr", "it", "en"])
def test_no_error_page_needs_the_database(page, language):
    with translation.override(language):
        answer = page(RequestFactory().get("/somewhere/"))
    assert f'<html lang="{language}">' in answer.content.decode()
    assert answer.content.decode().count("<h1") == 1


def test_a_bug_is_a_500_that_tells_nothing(client: Client):
    answer = client.get("/breaks/")
    assert answer.status_code == 500
    assert "It was not your doing." in answer.content.decode()
    assert "a bug" not in answer.content.decode()


def test_a_lost_database_says_so_and_comes_back_by_itself(client: Client):
    answer = client.get("/lost/")
    assert answer.status_code == 503
    assert "The database cannot be reached" in answer.content.decode()
    assert '<meta http-equiv="refresh" content="5">' in answer.content.decode()
    assert answer["Retry-After"] == "5"


def test_a_form_that_met_a_lost_database_is_not_sent_again_by_the_page(client: Client):
    assert 'http-equiv="refresh"' not in client.post("/lost/").content.decode()


def test_a_lost_database_is_a_notice_on_an_open_page(client: Client):
    answer = client.get("/lost/", headers={"HX-Request": "true"})
    assert answer.status_code == 503
    assert answer["HX-Retarget"] == "#notices"
    assert "<main" not in answer.content.decode()


@pytest.mark.django_db
def test_a_missing_page_is_friendly(client: Client):
    answer = client.get("/nowhere/")
    assert answer.status_code == 404
    assert "This page does not exist" in answer.content.decode()


@pytest.mark.django_db
def test_a_form_of_another_sign_in_says_what_to_do():
    answer = Client(enforce_csrf_checks=True).post("/people/language/", {"language": "fr"})
    assert answer.status_code == 403
    assert "This page was too old" in answer.content.decode()
