"""A page is found again among open tabs and in the browser's history by its title: it names the page, and nobody."""

import re
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.urls import reverse

import firsthand
from firsthand.plan import actions as plan
from firsthand.plan.models import FrontWeek, Post
from firsthand.protect import actions as protect
from tests import world
from tests.people.signing import client_of
from tests.protect import outreach

TITLE = re.compile(r"\{% block title %\}(.*?)\{% endblock %\}\n", re.DOTALL)
NAMES = re.compile(r"\{\{[^}]*?([\w.]*name)\b[^}]*\}\}|=([\w.]*\.name)\b")
THINGS = {"week.name", "mine.week.name", "room.name"}
TEMPLATES = sorted(Path(firsthand.__file__).parent.rglob("*.html"))


def titles(client, *pages: str) -> list[str]:
    found = [
        re.search("<title>(.*?)</title>", client.get(page).content.decode(), re.DOTALL) for page in pages
    ]
    return [one[1] for one in found if one]


def week(name: str, starts_on: date) -> FrontWeek:
    return FrontWeek.objects.create(name=name, starts_on=starts_on, ends_on=starts_on + timedelta(days=4))


@pytest.fixture
def weeks():
    monday = date.today() + timedelta(days=7)  # noqa: DTZ011
    return week("Autumn", monday), week("Winter", monday + timedelta(days=30))


def test_no_title_names_a_person():
    said = {
        name
        for template in TEMPLATES
        for title in TITLE.findall(template.read_text("utf-8"))
        for found in NAMES.findall(title)
        for name in found
        if name
    }
    assert said
    assert said <= THINGS


@pytest.mark.django_db
@pytest.mark.parametrize(
    "name", ["overview", "change", "days", "rules", "people", "roster", "hold", "what_if"]
)
def test_the_same_page_of_two_front_weeks_has_two_titles(weeks, name):
    one, other = titles(client_of(world.otto()), *(reverse(f"plan:{name}", args=[week.pk]) for week in weeks))
    assert one != other


@pytest.mark.django_db
def test_each_letter_of_a_front_week_has_its_title(weeks):
    pages = [reverse("plan:letters", args=[weeks[0].pk, kind]) for kind in Post.values]
    assert len(set(titles(client_of(world.otto()), *pages))) == len(pages) > 1


@pytest.mark.django_db
def test_my_front_weeks_have_titles_of_their_own(weeks):
    ada = world.ada()
    for one in weeks:
        plan.call_up(one, [ada], by=world.otto())
    pages = ["/shifts/", *(reverse("plan:my_week", args=[one.pk]) for one in weeks)]
    assert len(set(titles(client_of(ada), *pages))) == 3


@pytest.mark.django_db
def test_pages_of_two_people_have_two_titles_and_no_name(weeks):
    people, otto = [world.ada(), world.beat()], world.otto()
    plan.call_up(weeks[0], people, by=otto)
    for pages in (
        [reverse("people:person", args=[one.pk]) for one in people],
        [reverse("plan:person", args=[weeks[0].pk, one.pk]) for one in people],
    ):
        one, other = titles(client_of(otto), *pages)
        assert one != other
        assert not any(name in one + other for name in ("Ada", "Lindner", "Beat", "Aebi"))


@pytest.mark.django_db
def test_two_requests_have_two_titles():
    asked = [
        protect.take_down(kind, way="call", member=world.frau_keller(), identity="facts", by=world.ada())
        for kind in ("access", "correction")
    ]
    one, other = titles(client_of(world.petra()), *(reverse("protect:request", args=[a.pk]) for a in asked))
    assert one != other
    assert "Keller" not in one + other


@pytest.mark.django_db
def test_whom_one_may_call_has_another_title_than_where_one_looks():
    outreach.in_switzerland()
    of_member = reverse("protect:consents_of", args=[world.frau_keller().pk])
    one, other = titles(client_of(outreach.alma()), "/protect/consents/", of_member)
    assert one != other
    assert "Keller" not in other
