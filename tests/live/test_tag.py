"""What a template says to make a part live."""

import re

import pytest
from django.contrib.auth.models import AnonymousUser
from django.template import engines
from django.test import RequestFactory

from firsthand.live import topics
from firsthand.people.models import Person


def rendered(text: str, user=None, **context) -> dict[str, str]:
    request = RequestFactory().get("/room/?day=1")
    request.user = user or AnonymousUser()
    written = engines["django"].from_string(text).render(context, request)
    return dict(re.findall(r'([\w-]+)="([^"]*)"', written))


def test_a_part_fetches_its_own_page_and_hears_its_topic():
    part = rendered('{% live "wall" %}', Person(pk=7))
    assert part.keys() == {"data-live", "data-live-url"}
    assert part["data-live-url"] == "/room/?day=1"
    assert topics.opened(part["data-live"], "7") == ("wall", "7")
    assert topics.opened(part["data-live"], "8") is None


def test_several_words_make_one_topic_and_there_may_be_more():
    part = rendered(
        '{% live "desk" who also="queue,board" url="/x/" part="bar" throttle="1.5s" %}', Person(pk=7), who=7
    )
    assert [topics.opened(token, "7")[0] for token in part["data-live"].split()] == [
        "desk:7",
        "queue",
        "board",
    ]
    assert (part["data-live-url"], part["data-live-part"], part["data-live-throttle"]) == (
        "/x/",
        "bar",
        "1500",
    )


def test_the_throttle_may_hold_for_some_topics_only():
    part = rendered('{% live "caller" who slow="queue" throttle=3 %}', who=7)
    assert [topics.opened(token, "anyone")[0] for token in part["data-live"].split()] == ["caller:7", "queue"]
    assert (part["data-live-slow"], part["data-live-throttle"]) == ("queue", "3000")


def test_a_callers_page_outlives_a_sign_in_in_the_same_browser():
    part = rendered('{% live "leg" 5 anyone=True %}', Person(pk=7))
    assert topics.opened(part["data-live"], "somebody else") == ("leg:5", topics.ANYONE)


def test_without_a_sign_in_a_topic_is_for_anyone():
    assert topics.opened(rendered('x="{% live_topic "wall" %}"')["x"], "9") == ("wall", topics.ANYONE)


def test_a_name_in_a_topic_is_an_error_and_not_a_leak():
    with pytest.raises(ValueError, match="not a topic"):
        rendered('{% live "desk" who %}', who="Frau Keller")
