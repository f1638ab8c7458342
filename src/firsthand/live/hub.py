"""One LISTEN for the whole web process, and a small mailbox for each open page."""

import asyncio
import logging
from collections import defaultdict
from collections.abc import Iterable
from typing import Any

import psycopg
from asgiref.sync import sync_to_async

from firsthand.kernel import direct, sql
from firsthand.live.pure.mail import Mail, News, frame, went_back

log = logging.getLogger(__name__)

# How long a hub waits after a ring before it reads: many changes make one read, and `bus.HUSH` counts on it.
COALESCE = 0.05
# How often it says that the web is serving; it reads then too, for a ring that was lost.
BEAT = 2.0
# A database that has not answered a read of a few rows for this long is lost.
PATIENCE = 8.0
# How far back a page may ask which of its topics were touched.
MEMORY = 60.0
# A network that swallows everything is noticed within half a minute.
OURS = {
    "application_name": "firsthand live",
    "connect_timeout": 5,
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": 20_000,
}


class Mailbox(Mail):
    """A page's mail and the bell that wakes whoever writes its stream."""

    __slots__ = ("bell", "topics")

    def __init__(self, topics: Iterable[str]) -> None:
        super().__init__()
        self.topics = frozenset(topics)
        self.bell = asyncio.Event()

    def say(self, sign: str) -> None:
        self.signs.add(sign)
        self.bell.set()

    async def wait(self, seconds: float) -> None:
        """Until there is mail, or time for a heartbeat."""
        try:
            async with asyncio.timeout(seconds):
                await self.bell.wait()
        except TimeoutError:
            return
        self.bell.clear()


class Hub:
    def __init__(self) -> None:
        self.cursor = ""  # the snapshot of the last read: what it contains has been delivered
        self.pages: set[Mailbox] = set()
        self.leaving = False
        self._listening: dict[str, set[Mailbox]] = defaultdict(set)
        self._touched: dict[str, float] = {}
        self._since: float | None = None  # listening without a gap since; None while the database is lost
        self._task: asyncio.Task[None] | None = None

    # Pages
    def open(self, topics: Iterable[str]) -> Mailbox:
        page = Mailbox(topics)
        self.pages.add(page)
        for topic in page.topics:
            self._listening[topic].add(page)
        return page

    def close(self, page: Mailbox) -> None:
        self.pages.discard(page)
        for topic in page.topics:
            self._listening[topic].discard(page)
            if not self._listening[topic]:
                del self._listening[topic]

    def greeting(self, page: Mailbox, age: float) -> bytes:
        """The first frame: what happened to the page's topics since it was asked for, `age` seconds ago."""
        now = asyncio.get_running_loop().time()
        if self._since is None:
            return frame(self.cursor, signs=["lost"])
        if age > min(MEMORY, now - self._since):
            return frame(self.cursor, signs=["refresh"])
        return frame(
            self.cursor, touched=[t for t in sorted(page.topics) if self._touched.get(t, -1) >= now - age]
        )

    # Life
    def start(self) -> None:
        if self._task is None or self._task.done():
            self.leaving = False
            self._task = asyncio.create_task(self._run())

    def leave(self) -> None:
        """Tell every page to look for another process; it finds the next one, or says that it is trying."""
        self.leaving = True
        for page in self.pages:
            page.say("again")

    async def stop(self) -> None:
        self.leave()
        if self._task:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    async def _run(self) -> None:
        pause = 0.2
        while True:
            try:
                await self._serve(await self._connect())
            except Exception as error:  # whatever it is, the pages of this process must hear again
                log.warning("the live connection broke; trying again", extra={"error": type(error).__name__})
            pause = 0.2 if self._lose() else min(pause * 2, 3.0)
            await asyncio.sleep(pause)

    async def _serve(self, db: psycopg.AsyncConnection[Any]) -> None:
        try:
            await self._return(db)
            await self._listen(db)
        finally:
            await db.close()  # without a word to a server that perhaps hears nothing any more

    async def _connect(self) -> psycopg.AsyncConnection[Any]:
        where = await sync_to_async(direct.address, thread_sensitive=False)(**OURS)
        return await psycopg.AsyncConnection.connect(**where, autocommit=True)

    async def _return(self, db: psycopg.AsyncConnection[Any]) -> None:
        """First listen, then see how far the world is: what is committed in between rings."""
        statements = sql.named("firsthand.live")
        async with asyncio.timeout(PATIENCE):
            await db.execute(statements["listen"])
            row = await (await db.execute(statements["now"])).fetchone()
        now: str = row[0] if row else ""
        if not self.cursor or went_back(self.cursor, now):
            self.cursor = now
        await self._read(db)
        self._since = asyncio.get_running_loop().time()
        for page in self.pages:
            page.say("refresh")

    def _lose(self) -> bool:
        """Whether we had been listening."""
        had, self._since = self._since is not None, None
        for page in self.pages if had else ():
            page.say("lost")
        return had

    async def _listen(self, db: psycopg.AsyncConnection[Any]) -> None:
        due = 0.0
        while True:
            now = asyncio.get_running_loop().time()
            if now >= due:
                await self._beat(db, now)
                due = now + BEAT
            rung = False
            async for _ in db.notifies(timeout=max(0.0, due - now), stop_after=1):
                rung = True
            if rung:
                await asyncio.sleep(COALESCE)
            await self._read(db)

    async def _beat(self, db: psycopg.AsyncConnection[Any], now: float) -> None:
        async with asyncio.timeout(PATIENCE):
            await db.execute(sql.named("firsthand.live")["beat"])
        self._touched = {topic: at for topic, at in self._touched.items() if at >= now - MEMORY}

    async def _read(self, db: psycopg.AsyncConnection[Any]) -> None:
        async with asyncio.timeout(PATIENCE):
            rows = await (
                await db.execute(sql.named("firsthand.live")["news"], {"since": self.cursor})
            ).fetchall()
        for _, id, topic, message in rows:
            if id is not None:
                self._deliver(News(id, topic, message))
        self.cursor = rows[0][0]

    def _deliver(self, news: News) -> None:
        if news.message is None:
            self._touched[news.topic] = asyncio.get_running_loop().time()
        for page in self._listening.get(news.topic, ()):
            page.put(news)
            page.bell.set()
