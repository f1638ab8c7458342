"""`POST /desk/beat/`: a desk's page is there. Beside Django's pages: every open desk says so every 4 s.

A view would look up the session and the person each time, and write each seat by itself: for 200 desks half a
processor. Here the page's own token says who it is, and all beats of a moment are one statement.
"""

import asyncio
import logging
import re
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from asgiref.sync import sync_to_async
from django.db import DatabaseError, InterfaceError, connections

from firsthand.answer import actions, tokens

log = logging.getLogger(__name__)

Receive = Callable[[], Awaitable[dict[str, Any]]]
Send = Callable[[dict[str, Any]], Awaitable[None]]

MOMENT = 0.25
LOST = (DatabaseError, InterfaceError)
TAB = re.compile(r"[A-Za-z0-9-]{1,40}")
HAS_IT, ELSEWHERE, NOT_YOURS, WRONG, LATER = 204, 205, 403, 405, 503


class Beats:
    def __init__(self) -> None:
        self._there: dict[int, str] = {}
        self._answer: asyncio.Task[set[int]] | None = None

    async def __call__(self, scope: dict[str, Any], receive: Receive, send: Send) -> None:
        status = await self.status(scope)
        headers = [(b"cache-control", b"no-store"), (b"content-length", b"0")]
        await send({"type": "http.response.start", "status": status, "headers": headers})
        await send({"type": "http.response.body", "body": b""})

    async def status(self, scope: dict[str, Any]) -> int:
        if scope["method"] != "POST":
            return WRONG
        said = {name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]}
        tab, person = said.get("x-firsthand-tab", ""), tokens.person_of(said.get("x-firsthand-seat", ""))
        # Another site's page cannot send these headers; the browser would ask us first.
        if person is None or not TAB.fullmatch(tab):
            return NOT_YOURS
        try:
            return ELSEWHERE if person in await self.told(person, tab) else HAS_IT
        except LOST:
            return LATER

    async def told(self, person: int, tab: str) -> set[int]:
        """Wait for the moment to end. Two pages of one person do not share one: only one has the desk."""
        while self._answer and self._there.get(person, tab) != tab:
            await asyncio.wait([self._answer])
        self._there[person] = tab
        if self._answer is None:
            self._answer = asyncio.create_task(self._write())
        return await asyncio.shield(self._answer)

    async def _write(self) -> set[int]:
        await asyncio.sleep(MOMENT)
        there, self._there, self._answer = self._there, {}, None
        return await sync_to_async(_beats, thread_sensitive=False)(there)


def _beats(there: Mapping[int, str]) -> set[int]:
    try:
        return actions.beats(there)
    except LOST:
        log.warning("heartbeats could not be written", extra={"desks": len(there)})
        raise
    finally:
        connections.close_all()


application = Beats()
