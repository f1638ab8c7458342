"""`GET /live/?topics=…`: the one stream of an open tab, beside Django's pages."""

import asyncio
import contextlib
import io
import logging
import random
import signal
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from asgiref.sync import sync_to_async
from django.conf import settings
from django.contrib.auth import get_user
from django.core.exceptions import DisallowedHost
from django.core.handlers.asgi import ASGIRequest
from django.db import DatabaseError, connections

from firsthand.live import queries, topics
from firsthand.live.hub import Hub, Mailbox
from firsthand.live.pure.mail import FULL, frame, is_cursor

log = logging.getLogger(__name__)

Scope = dict[str, Any]
Receive = Callable[[], Awaitable[dict[str, Any]]]
Send = Callable[[dict[str, Any]], Awaitable[None]]

# A proxy and the browser notice by its absence that we are gone.
HEARTBEAT = 10.0
# Then the page opens a new stream, and its session is looked up again.
LIFETIME = 600.0
# After a word that ends the stream the page has this long to open the next one.
GRACE = 10.0
MOST_TOPICS = 60
MOST_PAGES = 5000
HEADERS = [
    (b"content-type", b"text/event-stream; charset=utf-8"),
    (b"cache-control", b"no-store"),
    (b"x-accel-buffering", b"no"),
    (b"x-content-type-options", b"nosniff"),
]


class No(Exception):
    """The stream is refused, with this status."""

    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


@dataclass(frozen=True)
class Ask:
    """What a page asks for: the topics it may hear, how old it is, how far it has heard."""

    topics: frozenset[str]
    age: float
    since: str


class Stream:
    """A raw ASGI application: a Django view would cost three times the processor for each page."""

    def __init__(self, hub: Hub) -> None:
        self.hub = hub

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self.live(receive, send)
            return
        self.hub.start()
        try:
            ask = await self.admit(scope)
        except No as no:
            await _refuse(send, no.status)
            return
        await self.serve(ask, receive, send)

    async def live(self, receive: Receive, send: Send) -> None:
        """The hub works from the first moment, also while no page is open: sweepers count on its beat."""
        while True:
            message = await receive()
            if message["type"] == "lifespan.startup":
                self.hub.start()
                _at_the_end(self.hub.leave)
            else:
                await self.hub.stop()
            await send({"type": f"{message['type']}.complete"})
            if message["type"] == "lifespan.shutdown":
                return

    async def admit(self, scope: Scope) -> Ask:
        if scope["method"] != "GET":
            raise No(405)
        if len(self.hub.pages) >= MOST_PAGES:
            raise No(503)
        try:
            return await sync_to_async(_ask, thread_sensitive=False)(scope)
        except DatabaseError as error:
            raise No(503) from error

    async def serve(self, ask: Ask, receive: Receive, send: Send) -> None:
        # First the mailbox, then the past: what is committed in between comes twice and is dropped by its id.
        page = self.hub.open(ask.topics)
        gone = asyncio.create_task(_until_gone(receive))
        gone.add_done_callback(lambda _: page.bell.set())
        try:
            await send({"type": "http.response.start", "status": 200, "headers": HEADERS})
            if ask.since:
                await _write(send, await sync_to_async(_missed, thread_sensitive=False)(ask))
            await _write(send, self.hub.greeting(page, ask.age) if ask.topics else frame("", signs=["ended"]))
            if ask.topics:
                await self.carry(page, gone, send)
            await send({"type": "http.response.body", "body": b"", "more_body": False})
        finally:
            self.hub.close(page)
            gone.cancel()

    async def carry(self, page: Mailbox, gone: asyncio.Task[None], send: Send) -> None:
        clock = asyncio.get_running_loop().time
        ends = clock() + LIFETIME * random.uniform(0.8, 1.2)  # noqa: S311  so that pages do not come back all at once
        last: set[str] = set()
        while not gone.done() and not last:
            await page.wait(HEARTBEAT)
            if clock() >= ends:
                page.say("again")
            last = page.signs & {"again", "ended"}
            if not gone.done():
                await _write(send, page.take(self.hub.cursor))
        if last == {"again"} and not self.hub.leaving:
            await asyncio.wait([gone], timeout=GRACE)


def _at_the_end(leave: Callable[[], None]) -> None:
    """The server waits for its open streams before it says that it shuts down: we hear the signal ourselves.

    A handler of Python beside that of the loop, which still gets its own: both are woken.
    """
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        with contextlib.suppress(ValueError):  # not the main thread: then the server must cut the streams
            signal.signal(number, lambda *_: loop.call_soon_threadsafe(leave))


async def _until_gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


async def _write(send: Send, body: bytes) -> None:
    await send({"type": "http.response.body", "body": body, "more_body": True})


async def _refuse(send: Send, status: int) -> None:
    await send({"type": "http.response.start", "status": status, "headers": [(b"content-length", b"0")]})
    await send({"type": "http.response.body", "body": b""})


def _ask(scope: Scope) -> Ask:
    request = ASGIRequest(scope, io.BytesIO())
    try:
        request.get_host()
    except DisallowedHost as error:
        raise No(400) from error
    if request.headers.get("Sec-Fetch-Site", "same-origin") not in {"same-origin", "none"}:
        raise No(403)
    tokens = [token for token in request.GET.get("topics", "").split(",") if token]
    if not 0 < len(tokens) <= MOST_TOPICS:
        raise No(400)
    since = request.GET.get("since", "")
    try:
        allowed = frozenset(_allowed(request, tokens))
    finally:
        connections.close_all()
    return Ask(allowed, _seconds(request.GET.get("age", "")), since if is_cursor(since) else "")


def _allowed(request: ASGIRequest, tokens: list[str]) -> Iterator[str]:
    """Each topic that was signed for this reader. What was signed for a session ends with it."""
    session = import_module(settings.SESSION_ENGINE).SessionStore(
        request.COOKIES.get(settings.SESSION_COOKIE_NAME)
    )
    request.session = session
    request.user = get_user(request)
    opened = [found for token in tokens if (found := topics.opened(token, topics.reader(request)))]
    yield from (topic for topic, _ in opened)
    if any(who != topics.ANYONE for _, who in opened) and session.session_key:
        yield topics.session(session.session_key)


def _missed(ask: Ask) -> bytes:
    """The messages since the page last heard us. Too many, or none to be had: it fetches everything."""
    try:
        letters = queries.missed(ask.topics, ask.since)
        return frame(ask.since, messages=letters, signs=["refresh"] if len(letters) >= FULL else [])
    except DatabaseError:
        log.warning("a page's missed messages could not be read")
        return frame(ask.since, signs=["refresh"])
    finally:
        connections.close_all()


def _seconds(text: str) -> float:
    """How old the page says it is; without a word it fetches everything."""
    try:
        return min(max(float(text), 0.0), 1e6)
    except ValueError:
        return 1e6


application = Stream(Hub())
