"""A no is shown where it happened."""

import pytest
from django.test import Client

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.ui.urls_for_tests")]
SENTENCE = "No seat is free. Your note was kept."


def test_it_is_a_page_of_its_own_for_a_plain_form(client: Client):
    answer = client.post("/refuses/")
    assert answer.status_code == 422
    assert SENTENCE in answer.content.decode()
    assert "<h1" in answer.content.decode()


def test_the_page_of_its_own_leads_back_to_where_the_form_stood(client: Client):
    came = {"Referer": "http://testserver/protect/looked/?member=7"}
    assert 'href="/protect/looked/?member=7"' in client.post("/refuses/", headers=came).text
    for elsewhere in (
        "https://evil.example/x",
        "http://testserver/refuses/",
        "http://testserver//evil.example/x",
        "",
    ):
        page = client.post("/refuses/", headers={"Referer": elsewhere}).text
        assert ">Back</a>" not in page
        assert "evil" not in page


def test_it_goes_into_the_notices_and_leaves_what_was_typed(client: Client):
    answer = client.post("/refuses/", headers={"HX-Request": "true", "HX-Target": "concern"})
    assert answer.status_code == 422
    assert SENTENCE in answer.content.decode()
    assert "<main" not in answer.content.decode()
    assert answer["HX-Retarget"] == "#notices"
    assert answer["HX-Reselect"] == ".notice"
    assert answer["HX-Push-Url"] == "false"


def test_it_links_to_where_it_can_be_mended_and_back(client: Client):
    headers = {"HX-Request": "true", "HX-Current-URL": "http://testserver/desk/?a=1"}
    page = client.post("/not-signed/", headers=headers).content.decode()
    assert '<a href="/people/secrecy/?next=/desk/%3Fa%3D1">Sign it now</a>' in page


def test_a_bug_is_no_refusal(client: Client):
    with pytest.raises(RuntimeError):
        client.get("/breaks/")
