"""Page or part, and what the header names."""

import re

import pytest
from django.test import Client

from firsthand.ui import navigation
from tests import world
from tests.people.signing import client_of

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


@pytest.mark.parametrize(
    ("asked", "whole"),
    [
        ({}, True),
        (HTMX, False),
        ({**HTMX, "HX-Boosted": "true"}, True),
        ({**HTMX, "HX-History-Restore-Request": "true"}, True),
    ],
)
def test_htmx_gets_the_part_but_a_link_and_back_get_the_page(asked, whole):
    page = client_of(world.otto()).get("/people/", headers=asked).content.decode()
    assert ("<main" in page) is whole
    assert "Otto Wyss" in page


PEOPLE = [world.ada, world.carla, world.dario, world.eva, world.otto, world.petra]


@pytest.mark.parametrize("somebody", PEOPLE)
def test_the_header_names_only_what_opens(somebody):
    client = client_of(somebody())
    page = client.get("/people/me/").content.decode()
    links = re.findall(r'href="([^"]+)"', page.split('<nav id="nav"')[1].split("</nav>")[0])
    assert links
    for link in links:
        assert client.get(link, follow=True).status_code == 200, link


def test_the_header_marks_where_one_is():
    page = client_of(world.otto()).get("/people/").content.decode()
    assert re.search(r'href="/people/" aria-current="page"', page)
    assert page.count('aria-current="page"') == 1


@pytest.mark.parametrize(
    ("path", "marked"),
    [("/people/add/", ["/people/"]), ("/people/me/", []), ("/room/watch/", ["/room/watch/"])],
)
def test_a_page_below_is_marked_at_its_own(path, marked):
    page = client_of(world.otto()).get(path).content.decode()
    assert re.findall(r'href="([^"]+)" aria-current="page"', page) == marked


def test_the_header_does_not_name_what_a_role_may_not_open():
    page = client_of(world.ada()).get("/people/me/").content.decode()
    assert 'href="/people/"' not in page.split("</nav>")[0]


def test_what_does_not_fit_beside_the_others_stands_under_more():
    page = client_of(world.otto()).get("/board/").content.decode()
    line, more = page.split('<nav id="nav"')[1].split("</nav>")[0].split('<div id="more-pages"')
    assert 1 < line.count("<a ") <= navigation.LINE
    assert 1 < more.count("<a ") <= navigation.LINE
    assert 'aria-current="true">More</button>' in line
    assert re.findall(r'href="([^"]+)" aria-current="page"', more) == ["/board/"]
    page = client_of(world.ada()).get("/board/").content.decode()
    assert "more-pages" not in page


def test_the_frame_keeps_member_data_out_of_the_browsers_storage():
    page = client_of(world.ada()).get("/people/me/").content.decode()
    assert '"historyCacheSize": 0' in page
    assert '"allowEval": false' in page
    assert re.search(r"<main [^>]*hx-history-elt", page)


def test_a_caller_sees_no_navigation():
    page = Client().get("/accounts/login/").content.decode()
    assert "<nav" not in page
    assert 'action="/people/language/"' in page
