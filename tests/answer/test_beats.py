"""A desk says that it is there, as its page says it: without a session, many in one statement."""

import asyncio
import time

import pytest
import pytest_asyncio
from asgiref.sync import sync_to_async
from django.core import signing
from django.db import InterfaceError, OperationalError, connections

from firsthand.answer import actions, consumers, tokens
from firsthand.answer.models import Seat
from firsthand.people.models import Person
from tests import world
from tests.answer import room

pytestmark = pytest.mark.django_db(transaction=True)


@sync_to_async
def at_the_desk(make=world.ada) -> Seat:
    person = make()
    room.ready(person)
    return Seat.objects.select_related("person").get(person=person)


async def beat(beats, person=None, tab=room.TAB, token=None, method="POST") -> int:
    sent: list[dict] = []

    async def send(message):
        sent.append(message)

    token = tokens.sign(person.pk) if token is None else token
    headers = [(b"x-firsthand-tab", tab.encode()), (b"x-firsthand-seat", token.encode())]
    await beats({"method": method, "headers": headers}, None, send)
    return sent[0]["status"]


@pytest_asyncio.fixture
async def beats():
    yield consumers.Beats()
    await sync_to_async(connections.close_all)()  # the thread that asked has a connection of its own


async def test_a_beat_says_when_another_window_has_the_desk(beats):
    seat = await at_the_desk()
    assert await beat(beats, seat.person) == 204
    assert await beat(beats, seat.person, "tab-2") == 205


async def test_two_windows_at_once_are_told_apart(beats):
    ada = (await at_the_desk()).person
    said = [beat(beats, ada, "tab-2"), beat(beats, ada), beat(beats, ada, "tab-2")]
    assert await asyncio.gather(*said) == [205, 204, 205]


async def test_many_desks_are_one_statement(beats, monkeypatch):
    people = [(await at_the_desk(make)).person for make in (world.ada, world.carla, world.eva)]
    written = []
    real = actions.beats
    monkeypatch.setattr(actions, "beats", lambda there: written.append(len(there)) or real(there))
    assert await asyncio.gather(*(beat(beats, person) for person in people)) == [204, 204, 204]
    assert written == [3]


async def test_a_beat_moves_the_seat_forward(beats):
    before = await at_the_desk()
    await beat(beats, before.person)
    assert (await Seat.objects.aget()).seen_at > before.seen_at


# A signature holds the second: as an id it would differ between the processes that run the tests.
@pytest.mark.parametrize(
    "token", ["", "nonsense", pytest.param(signing.dumps(1, salt="other"), id="foreign")]
)
async def test_a_stranger_is_refused(beats, token):
    assert await beat(beats, token=token) == 403


async def test_a_name_that_is_no_tab_is_refused(beats):
    assert await beat(beats, token=tokens.sign(1), tab="a\r\nb") == 403


async def test_a_page_from_yesterday_has_to_come_again(beats, monkeypatch):
    yesterday = time.time() - tokens.DAY - 60
    with monkeypatch.context() as patched:
        patched.setattr(signing.time, "time", lambda: yesterday)
        token = tokens.sign(1)
    assert await beat(beats, token=token) == 403


async def test_only_a_post_is_a_beat(beats):
    assert await beat(beats, token=tokens.sign(1), method="GET") == 405


async def test_somebody_who_has_left_keeps_no_seat(beats):
    before = await at_the_desk()
    await Person.objects.filter(pk=before.person.pk).aupdate(is_active=False)
    await beat(beats, before.person)
    assert (await Seat.objects.aget()).seen_at == before.seen_at


@pytest.mark.parametrize("lost", [OperationalError, InterfaceError])
async def test_a_lost_database_is_said_and_the_next_beat_is_taken(beats, monkeypatch, lost):
    ada = (await at_the_desk()).person
    with monkeypatch.context() as broken:
        broken.setattr(actions, "beats", lambda there: (_ for _ in ()).throw(lost()))
        assert await beat(beats, ada) == 503
    assert await beat(beats, ada) == 204


async def test_somebody_who_answers_no_longer_keeps_no_seat(beats):
    before = await at_the_desk()
    await Person.objects.filter(pk=before.person.pk).aupdate(roles=["owner"])
    await beat(beats, before.person)
    assert (await Seat.objects.aget()).seen_at == before.seen_at
