import asyncio
import contextlib
import json
from collections.abc import AsyncIterator, Callable
from typing import Any

import pytest
import pytest_asyncio
from asgiref.sync import sync_to_async
from django.db import connections

from firsthand.live.hub import Hub, Mailbox
from firsthand.live.models import Outbox


@pytest.fixture
def outbox(transactional_db):
    Outbox.objects.all().delete()


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
