"""The stream, spoken to as a server speaks to it."""

import asyncio
import json
import signal
from contextlib import asynccontextmanager

import pytest
from asgiref.sync import sync_to_async
from django.conf import settings as house
from django.db import OperationalError
from django.test import Client

from firsthand.live import bus, queries, stream, topics
from tests.live.conftest import until

put = sync_to_async(bus.touch)
send = sync_to_async(bus.send)


class Browser:
    """One request: what was sent to it, and whether it went away."""

    def __init__(self, query: str, cookie: str = "", method: str = "GET", headers: tuple = ()) -> None:
        self.scope = {
            "type": "http", "method": method, "path": "/live/", "scheme": "http",
            "query_string": query.encode(),
            "headers": [(b"host", b"testserver"), (b"cookie", cookie.encode()), *headers],
        }  # fmt: skip
        self.gone = asyncio.Event()
        self.status = 0
        self.sent_headers: dict = {}
        self.frames: list[dict] = []
        self.ended = False
        self.stuck: asyncio.Event | None = None
        self._asked = False

    async def receive(self) -> dict:
        if not self._asked:
            self._asked = True
            return {"type": "http.request", "body": b"", "more_body": False}
        await self.gone.wait()
        return {"type": "http.disconnect"}

    async def send(self, message: dict) -> None:
        if message["type"] == "http.response.start":
            self.status, self.sent_headers = message["status"], dict(message["headers"])
            return
        if self.stuck:
            await self.stuck.wait()
        if message["body"]:
            self.frames.append(json.loads(message["body"].decode().removeprefix("data:")))
        self.ended = not message.get("more_body", False)

    def has(self, sign: str) -> list:
        return [frame[sign] for frame in self.frames if sign in frame]


@asynccontextmanager
async def opened(hub, *args, **more):
    browser = Browser(*args, **more)
    task = asyncio.create_task(stream.Stream(hub)(browser.scope, browser.receive, browser.send))
    try:
        assert await until(lambda: browser.frames or task.done())
        yield browser
    finally:
        browser.gone.set()
        await asyncio.wait_for(task, 5)
        assert browser not in hub.pages


def asked(*signed: str, age: float = 0, since: str = "") -> str:
    return f"topics={','.join(signed)}&age={age}" + (f"&since={since}" if since else "")


@pytest.fixture(autouse=True)
def _any_backend(settings):
    settings.AUTHENTICATION_BACKENDS = ["django.contrib.auth.backends.ModelBackend"]


async def test_it_carries_nudges_and_messages_as_server_sent_events(hub):
    async with opened(hub, asked(topics.sign("wall", "anyone"), topics.sign("leg:1", "anyone"))) as browser:
        assert browser.status == 200
        assert browser.sent_headers[b"content-type"].startswith(b"text/event-stream")
        assert browser.sent_headers[b"cache-control"] == b"no-store"
        assert browser.sent_headers[b"x-accel-buffering"] == b"no"
        await put("wall", "desk:1")
        await send("leg:1", {"sdp": "x"})
        assert await until(lambda: browser.has("touched") and browser.has("messages"))
        assert browser.has("touched") == [["wall"]]
        assert browser.has("messages")[0][0]["message"] == {"sdp": "x"}
    assert not hub.pages


async def test_a_topic_that_was_signed_for_somebody_else_is_refused(hub, ada):
    cookie, her = ada
    async with opened(hub, asked(topics.sign("desk:99", "99")), cookie) as browser:
        assert browser.frames == [{"cursor": "", "ended": True}]
    async with opened(hub, asked(topics.sign("wall", her), topics.sign("desk:99", "99")), cookie) as browser:
        await put("desk:99")
        await put("wall")
        assert await until(lambda: browser.has("touched")) == [["wall"]]


@pytest.mark.parametrize("token", ["wall", "wall~", "wall~forged", "~", "wall~a~b"])
async def test_a_forged_topic_is_refused(hub, token):
    async with opened(hub, asked(token)) as browser:
        assert browser.has("ended") == [True]
        assert await until(lambda: browser.ended)


async def test_a_topic_of_somebody_signed_in_needs_their_session(hub, ada):
    cookie, her = ada
    token = topics.sign("desk:7", her)
    async with opened(hub, asked(token)) as stranger:
        assert stranger.has("ended") == [True]
    async with opened(hub, asked(token), cookie) as own:
        await put("desk:7")
        assert await until(lambda: own.has("touched")) == [["desk:7"]]


async def test_signing_out_ends_the_stream_at_once_but_not_a_callers_page(hub, ada):
    cookie, her = ada
    async with (
        opened(hub, asked(topics.sign("wall", her)), cookie) as desk,
        opened(hub, asked(topics.sign("caller:1", "anyone")), cookie) as caller,
    ):
        client = Client()
        client.cookies[house.SESSION_COOKIE_NAME] = cookie.partition("=")[2]
        await sync_to_async(client.logout)()
        assert await until(lambda: desk.ended)
        assert desk.has("ended") == [True]
        assert not caller.ended
        await put("caller:1")
        assert await until(lambda: caller.has("touched")) == [["caller:1"]]


async def test_the_name_of_a_session_never_travels(hub, ada):
    cookie, her = ada
    key = cookie.partition("=")[2]
    assert key
    assert key not in topics.session(key)
    async with opened(hub, asked(topics.sign("wall", her)), cookie) as browser:
        await put(topics.session(key))
        assert await until(lambda: browser.ended)
        assert topics.session(key) not in json.dumps(browser.frames)


@pytest.mark.parametrize(
    ("query", "more", "status"),
    [
        ("", {}, 400),
        ("topics=", {}, 400),
        ("topics=" + ",".join(["wall~x"] * 61), {}, 400),
        ("topics=wall~x", {"method": "POST"}, 405),
        ("topics=wall~x", {"headers": ((b"sec-fetch-site", b"cross-site"),)}, 403),
    ],
)
async def test_it_refuses_what_is_no_page_of_ours(hub, query, more, status):
    async with opened(hub, query, **more) as browser:
        assert browser.status == status


async def test_it_refuses_a_foreign_host(hub):
    browser = Browser(asked(topics.sign("wall", "anyone")))
    browser.scope["headers"] = [(b"host", b"evil.example")]
    await stream.Stream(hub)(browser.scope, browser.receive, browser.send)
    assert browser.status == 400


async def test_a_page_that_comes_back_gets_the_messages_it_missed_and_no_others(hub):
    token = topics.sign("leg:1", "anyone")
    async with opened(hub, asked(token)) as browser:
        await send("leg:1", {"n": 1})
        assert await until(lambda: browser.has("messages"))
        await asyncio.sleep(0.1)
        cursor = browser.frames[-1]["cursor"]
    await send("leg:1", {"n": 2})
    await send("leg:2", {"n": 3})
    async with opened(hub, asked(token, since=cursor)) as browser:
        assert await until(lambda: browser.has("messages"))
        await asyncio.sleep(0.2)
        missed = {
            letter["id"]: letter["message"] for letters in browser.has("messages") for letter in letters
        }
        assert list(missed.values()) == [{"n": 2}]


@pytest.mark.parametrize("since", ["x", "9:1:", "1:1", "'; DROP TABLE live_outbox; --"])
async def test_a_cursor_that_is_none_is_ignored(hub, since):
    async with opened(hub, asked(topics.sign("wall", "anyone"), since=since)) as browser:
        assert browser.status == 200
        assert len(browser.frames) == 1


async def test_missed_messages_that_cannot_be_read_make_the_page_fetch_everything(hub, monkeypatch):
    def broken(*_):
        raise OperationalError

    monkeypatch.setattr(queries, "missed", broken)
    async with opened(hub, asked(topics.sign("wall", "anyone"), since="1:1:")) as browser:
        assert browser.frames[0]["refresh"] is True


async def test_while_the_database_is_lost_a_new_stream_is_told_to_come_later(hub, monkeypatch):
    def broken(_):
        raise OperationalError

    monkeypatch.setattr(stream, "_ask", broken)
    async with opened(hub, asked("wall~x")) as browser:
        assert browser.status == 503


async def test_a_reader_that_is_stuck_holds_up_nobody_and_is_forgotten_when_it_goes(hub):
    token = topics.sign("wall", "anyone")
    async with opened(hub, asked(token)) as stuck, opened(hub, asked(token)) as other:
        stuck.stuck = asyncio.Event()
        for number in range(5):
            await put("wall")
            assert await until(lambda number=number: len(other.has("touched")) > number)
        assert stuck.has("touched") == []
        stuck.stuck.set()
        assert await until(lambda: stuck.has("touched"))
    assert not hub.pages


async def test_its_heart_beats_while_nothing_happens(hub, monkeypatch):
    monkeypatch.setattr(stream, "HEARTBEAT", 0.05)
    async with opened(hub, asked(topics.sign("wall", "anyone"))) as browser:
        assert await until(lambda: len(browser.frames) > 3)
        assert set(browser.frames[-1]) == {"cursor"}


async def test_an_old_stream_asks_for_a_new_one_and_waits_for_it(hub, monkeypatch):
    monkeypatch.setattr(stream, "LIFETIME", 0.1)
    monkeypatch.setattr(stream, "HEARTBEAT", 0.05)
    monkeypatch.setattr(stream, "GRACE", 0.3)
    async with opened(hub, asked(topics.sign("wall", "anyone"))) as browser:
        assert await until(lambda: browser.has("again"))
        assert not browser.ended
        assert await until(lambda: browser.ended)


async def test_a_server_that_stops_sends_its_pages_on_at_once(hub):
    async with opened(hub, asked(topics.sign("wall", "anyone"))) as browser:
        await hub.stop()
        assert await until(lambda: browser.ended, 1)
        assert browser.has("again") == [True]


@pytest.fixture
def _own_signals():
    before = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)}
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


@pytest.mark.usefixtures("_own_signals")
async def test_the_hub_lives_as_long_as_the_server(outbox):
    said = asyncio.Queue()
    answers: list[str] = []
    app = stream.Stream(stream.Hub())

    async def answer(message: dict) -> None:
        answers.append(message["type"])

    task = asyncio.create_task(app({"type": "lifespan"}, said.get, answer))
    await said.put({"type": "lifespan.startup"})
    assert await until(lambda: app.hub.cursor and answers)
    await said.put({"type": "lifespan.shutdown"})
    await asyncio.wait_for(task, 5)
    assert answers == ["lifespan.startup.complete", "lifespan.shutdown.complete"]
    assert app.hub.leaving
