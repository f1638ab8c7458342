"""One LISTEN for the process, on a real database."""

import asyncio
import time

import psycopg
import pytest
from asgiref.sync import sync_to_async
from django.db import connection, transaction
from django.utils import timezone

from firsthand.kernel import direct
from firsthand.live import bus, queries
from firsthand.live.hub import Hub
from firsthand.live.pure.mail import FULL
from tests.live.conftest import Reader, until

put = sync_to_async(bus.touch, thread_sensitive=True)
send = sync_to_async(bus.send, thread_sensitive=True)


async def test_a_nudge_reaches_the_pages_that_show_its_topic_and_no_other(hub):
    wall, desk = Reader(hub, "wall", "queue"), Reader(hub, "desk:7")
    await put("wall", "queue")
    assert await until(wall.touched) == ["wall", "queue"]
    assert desk.read() == []


async def test_a_message_is_carried_to_its_page_in_order(hub):
    phone = Reader(hub, "leg:1")
    for number in range(30):
        await send("leg:1", {"number": number})
    assert await until(lambda: len(phone.messages()) == 30)
    assert [message["number"] for message in phone.messages()] == list(range(30))


async def test_nothing_is_told_of_what_was_rolled_back(hub):
    wall = Reader(hub, "wall")

    @sync_to_async
    def fail() -> None:
        with transaction.atomic():
            bus.touch("wall")
            transaction.set_rollback(True)

    await fail()
    await put("other")
    await asyncio.sleep(0.2)
    assert wall.read() == []


async def test_a_row_that_was_written_early_and_committed_late_is_not_lost(hub):
    """Ids are given before commit: whoever reads on from the highest id never sees this one."""
    wall = Reader(hub, "early", "late", "leg:1")
    where = await sync_to_async(direct.address)()
    async with await psycopg.AsyncConnection.connect(**where) as slow:
        await slow.execute("INSERT INTO live_outbox (topic) VALUES ('early')")
        await slow.execute("INSERT INTO live_outbox (topic, message) VALUES ('leg:1', '{}')")
        await put("late")
        assert await until(wall.touched) == ["late"]
        await asyncio.sleep(0.2)
        assert wall.touched() == ["late"]
        await slow.commit()
        await put("other")
        assert await until(lambda: len(wall.touched()) == 2) is True
    await asyncio.sleep(0.2)
    assert wall.touched() == ["late", "early"]
    assert wall.messages() == [{}], "told once, not with every read"


async def test_a_ring_that_was_lost_costs_two_seconds(hub, monkeypatch):
    monkeypatch.setattr(bus, "_ring", lambda: None)
    wall = Reader(hub, "wall")
    await put("wall")
    assert await until(wall.touched, 3) == ["wall"]


async def test_many_changes_make_few_reads(hub, monkeypatch):
    reads = []
    read = hub._read

    async def counted(db):
        reads.append(time.monotonic())
        await read(db)

    monkeypatch.setattr(hub, "_read", counted)
    wall = Reader(hub, "wall")
    for _ in range(100):
        await put("wall")
    assert await until(wall.touched)
    await asyncio.sleep(0.2)
    assert all(after - before >= 0.04 for before, after in zip(reads, reads[1:], strict=False))


@sync_to_async
def cut_off() -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity"
            " WHERE application_name = 'firsthand live' AND datname = current_database()"
        )
        return cursor.fetchone()[0]


async def test_it_comes_back_after_its_connection_was_cut_and_nothing_is_lost(hub, monkeypatch):
    page = Reader(hub, "wall", "leg:1")
    connect, may_return = hub._connect, asyncio.Event()

    async def later():
        await may_return.wait()
        return await connect()

    monkeypatch.setattr(hub, "_connect", later)
    assert await cut_off() == 1
    assert await until(page.signs) == ["lost"]
    await send("leg:1", {"said": "meanwhile"})
    may_return.set()
    assert await until(lambda: "refresh" in page.signs())
    assert page.messages() == [{"said": "meanwhile"}]
    await put("wall")
    assert await until(page.touched) == ["wall"]


@pytest.mark.parametrize("trouble", [psycopg.OperationalError, OSError, RuntimeError, TimeoutError])
async def test_whatever_breaks_it_tries_again(outbox, monkeypatch, trouble):
    hub = Hub()
    connect, tries = hub._connect, []

    async def in_the_end():
        tries.append(1)
        if len(tries) < 3:
            raise trouble
        return await connect()

    monkeypatch.setattr(hub, "_connect", in_the_end)
    hub.start()
    page = Reader(hub, "wall")
    assert await until(page.signs) == ["refresh"]
    assert len(tries) == 3
    await hub.stop()


async def test_a_page_that_opens_while_the_database_is_lost_is_told(outbox, monkeypatch):
    hub = Hub()

    async def never():
        raise psycopg.OperationalError

    monkeypatch.setattr(hub, "_connect", never)
    hub.start()
    page = hub.open(["wall"])
    await asyncio.sleep(0.05)
    assert b'"lost":true' in hub.greeting(page, 0)
    await hub.stop()


async def test_the_greeting_tells_what_was_touched_since_the_page_was_asked_for(hub):
    other = Reader(hub, "wall")
    await put("wall")
    assert await until(other.touched)
    hub._since -= 30
    page = hub.open(["wall", "queue"])
    assert b'"touched":["wall"]' in hub.greeting(page, 5)
    await asyncio.sleep(0.1)
    assert b"touched" not in hub.greeting(page, 0.05)
    assert b"refresh" not in hub.greeting(page, 29)
    assert b'"refresh":true' in hub.greeting(page, 40), "older than this hub: it cannot know"


async def test_a_page_that_reads_nothing_costs_no_more_than_its_mailbox(hub):
    deaf, page = hub.open(["leg:1", "wall"]), Reader(hub, "leg:1")

    @sync_to_async
    def flood() -> None:
        with connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO live_outbox (topic, message) SELECT 'leg:1', '{}' FROM generate_series(1, 2000)"
            )

    await flood()
    await put("wall")
    assert await until(lambda: deaf.touched)
    assert len(deaf.messages) <= FULL
    assert "refresh" in deaf.signs
    assert "refresh" in page.signs()


async def test_a_closed_page_leaves_nothing_behind(hub):
    pages = [hub.open(["wall", f"desk:{number}"]) for number in range(10)]
    for page in pages:
        hub.close(page)
    assert not hub.pages
    assert not hub._listening


async def test_it_notes_that_the_web_serves(hub):
    since = await sync_to_async(queries.serving_since)()
    assert since is not None
    assert since <= timezone.now()


async def test_when_it_stops_every_page_looks_for_another(hub):
    page = Reader(hub, "wall")
    await hub.stop()
    assert page.signs() == ["again"]
    assert hub.leaving
