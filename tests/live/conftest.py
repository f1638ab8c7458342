import asyncio
import contextlib
import json
from collections.abc import AsyncIterator, Callable, Iterator
from typing import Any

import pytest
import pytest_asyncio
from asgiref.sync import sync_to_async
from django.conf import settings as house
from django.db import connections
from django.test import Client

from firsthand.live.hub import Hub, Mailbox
from firsthand.live.models import Outbox
from tests import world
from tests.committed import committed, empty

__all__ = ["committed"]


@pytest.fixture
def outbox(committed):
    Outbox.objects.all().delete()


@pytest.fixture
def ada(committed) -> Iterator[tuple[str, str]]:
    """Ada is signed in: her cookie and who she is to the stream."""
    client, ada = Client(), world.ada()
    client.force_login(ada, "django.contrib.auth.backends.ModelBackend")
    yield f"{house.SESSION_COOKIE_NAME}={client.cookies[house.SESSION_COOKIE_NAME].value}", str(ada.pk)
    empty()


async def until(true: Callable[[], Any], seconds: float = 5) -> Any:
    """Wait for it; what it was at last, for the assertion."""
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            while not true():
                await asyncio.sleep(0.005)
    return true()


@pytest_asyncio.fixture
async def hub(outbox) -> AsyncIterator[Hub]:
    made = Hub()
    made.start()
    assert await until(lambda: made._since is not None)
    yield made
    await made.stop()
    await sync_to_async(
        connections.close_all
    )()  # that of the thread in which async code may use the database


class Reader:
    """A page as the hub sees it: everything it was told, in order."""

    def __init__(self, hub: Hub, *topics: str) -> None:
        self.hub = hub
        self.page: Mailbox = hub.open(topics)
        self.frames: list[dict[str, Any]] = []

    def read(self) -> list[dict[str, Any]]:
        if self.page:
            self.frames.append(json.loads(self.page.take(self.hub.cursor).decode().removeprefix("data:")))
        return self.frames

    def touched(self) -> list[str]:
        return [topic for frame in self.read() for topic in frame.get("touched", [])]

    def messages(self) -> list[Any]:
        return [letter["message"] for frame in self.read() for letter in frame.get("messages", [])]

    def signs(self) -> list[str]:
        return [
            sign for frame in self.read() for sign in ("lost", "refresh", "again", "ended") if frame.get(sign)
        ]
