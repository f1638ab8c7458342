"""What is said aloud while the house works: wake-ups of PostgreSQL, and the stream of nudges to open pages."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlencode

from asgiref.sync import async_to_sync
from django.conf import settings
from django.test import Client

from firsthand.config import logins
from firsthand.config.attack import place
from firsthand.config.attack.findings import Leak
from firsthand.config.attack.sql.wire import Wire
from firsthand.config.attack.world import World
from firsthand.live import bus, topics
from firsthand.live.hub import Hub
from firsthand.live.stream import Stream

CHANNELS = ("firsthand_live", "firsthand_doctor", "procrastinate_any_job_v1", "procrastinate_any_job")
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
LISTENS = 0.6  # seconds


@contextmanager
def listening(world: World) -> Iterator[list[Leak]]:
    """Each login listens to what the others are told; what it may not know is in the list afterwards."""
    leaks: list[Leak] = []
    wires = {role: Wire(place.socket(), role, place.current()) for role in logins.SERVING}
    for wire in wires.values():
        wire.ask([f'LISTEN "{channel}"' for channel in CHANNELS])
    try:
        yield leaks
        for role, wire in wires.items():
            heard = b"".join(answer.raw for answer in wire.ask(["SELECT 1"]))
            if marks := world.marks.found(heard):
                leaks.append(Leak("logs", role, "a wake-up", f"LISTEN {CHANNELS[0]}", _told(marks)))
    finally:
        for wire in wires.values():
            wire.close()


def stream(world: World) -> list[Leak]:
    """The stream of an open page: topics nobody has signed, or signed for somebody else, say nothing."""
    helper, topic = world.helper, f"contact:{world.contacts['own'].public_id}"
    stranger, nobody = Client(), Client()
    stranger.force_login(world.people["stranger"], backend=BACKEND)
    asked = {
        "a topic as it is": topic,
        "a topic signed for another": topics.sign(topic, str(helper.pk)),
        "a topic with another's name": topics.sign(topic, str(helper.pk)).replace("~", "~~"),
    }
    leaks = []
    for who, client in (("stranger", stranger), ("nobody", nobody)):
        for way, token in asked.items():
            heard = async_to_sync(_hear)(client, token, topic)
            marks = world.marks.in_text(heard)
            if marks or topic.encode() in heard:
                leaks.append(
                    Leak("pages", who, f"the stream: {way}", "GET /live/", _told(marks) or "a topic")
                )
    return leaks


async def _hear(client: Client, token: str, topic: str) -> bytes:
    """What a page with this topic is sent while the topic is touched."""
    hub, said = Hub(), bytearray()
    cookie = (
        f"{settings.SESSION_COOKIE_NAME}={client.cookies.get(settings.SESSION_COOKIE_NAME, _Empty).value}"
    )
    scope = {
        "type": "http", "method": "GET", "path": "/live/", "query_string": urlencode({"topics": token}).encode(),
        "headers": [(b"host", b"localhost"), (b"cookie", cookie.encode())], "server": ("localhost", 80),
    }  # fmt: skip
    gone = asyncio.Event()

    async def receive() -> dict[str, Any]:
        await gone.wait()
        return {"type": "http.disconnect"}

    async def send(message: dict[str, Any]) -> None:
        said.extend(message.get("body", b""))

    open_ = asyncio.create_task(Stream(hub)(scope, receive, send))
    try:
        await asyncio.sleep(LISTENS / 2)
        await asyncio.to_thread(bus.touch, topic)
        await asyncio.sleep(LISTENS / 2)
        gone.set()
        await asyncio.wait_for(
            open_, timeout=5
        )  # a stream that failed has said nothing, and kept nothing either
    finally:
        await hub.stop()
    return bytes(said)


class _Empty:
    value = ""


def _told(marks: Any) -> str:
    return ", ".join(f"mark {mark}" for mark in sorted(marks, key=lambda one: one.number)[:3])
