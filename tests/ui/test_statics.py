"""A static file is sent in one piece: nothing is read late, and nothing is said of it on the console."""

import asyncio

import pytest
from django.contrib.staticfiles import finders
from django.core.asgi import get_asgi_application
from django.test import Client

CSS = "/static/ui/house.css"


@pytest.fixture
def css() -> bytes:
    with open(finders.find("ui/house.css"), "rb") as file:
        return file.read()


def test_it_arrives_whole_with_its_type_and_length(css):
    response = Client().get(CSS)
    assert not response.streaming
    assert response.content == css
    assert response["Content-Type"].startswith("text/css")
    assert response["Content-Length"] == str(len(css))


def test_a_part_of_it_is_only_that_part(css):
    response = Client().get(CSS, headers={"Range": "bytes=10-19"})
    assert response.status_code == 206
    assert response.content == css[10:20]


def test_what_the_browser_has_is_not_sent_again():
    first = Client().get(CSS)
    again = Client().get(CSS, headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert "Content-Type" not in again


def test_nothing_but_reading_is_answered():
    refused = Client().post(CSS)
    assert (refused.status_code, refused["Allow"]) == (405, "GET, HEAD")


async def test_the_server_sends_it_without_a_warning(css):
    """Warnings are errors in tests; Django would warn of what is read while it is sent."""
    sent = []
    await get_asgi_application()(_asked(CSS), _received(), _into(sent))
    assert b"".join(message.get("body", b"") for message in sent) == css


def _asked(path):
    http = {"type": "http", "method": "GET", "http_version": "1.1", "scheme": "http", "query_string": b""}
    return http | {"path": path, "raw_path": path.encode(), "headers": [(b"host", b"localhost")]}


def _received():
    """The request, and then silence: the browser waits for its answer."""
    messages = asyncio.Queue()
    messages.put_nowait({"type": "http.request", "body": b"", "more_body": False})
    return messages.get


def _into(sent):
    async def send(message):
        sent.append(message)

    return send
